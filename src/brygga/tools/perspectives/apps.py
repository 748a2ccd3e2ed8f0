from django.apps import AppConfig


class PerspectivesConfig(AppConfig):
    name = "brygga.tools.perspectives"
    label = "perspectives"
