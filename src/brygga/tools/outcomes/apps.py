from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "brygga.tools.outcomes"
    label = "outcomes"
