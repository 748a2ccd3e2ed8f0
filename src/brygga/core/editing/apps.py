from django.apps import AppConfig


class EditingConfig(AppConfig):
    name = "brygga.core.editing"
    label = "editing"
