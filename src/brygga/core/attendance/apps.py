from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "brygga.core.attendance"
    label = "attendance"
