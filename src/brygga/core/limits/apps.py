from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "brygga.core.limits"
    label = "limits"
