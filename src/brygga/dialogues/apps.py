from django.apps import AppConfig


class DialoguesConfig(AppConfig):
    name = "brygga.dialogues"
    label = "dialogues"
