from django.apps import AppConfig


class UndoConfig(AppConfig):
    name = "brygga.core.undo"
    label = "undo"
