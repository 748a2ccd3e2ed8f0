from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "brygga.core.jobs"
    label = "jobs"
