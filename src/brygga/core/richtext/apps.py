from django.apps import AppConfig


class RichTextConfig(AppConfig):
    name = "brygga.core.richtext"
    label = "richtext"
