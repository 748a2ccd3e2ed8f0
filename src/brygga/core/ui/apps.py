from django.apps import AppConfig


class UIConfig(AppConfig):
    name = "brygga.core.ui"
    label = "ui"
