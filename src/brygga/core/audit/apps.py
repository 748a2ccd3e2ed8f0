from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "brygga.core.audit"
    label = "audit"
