from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "brygga.core.files"
    label = "files"
