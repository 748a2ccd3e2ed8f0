from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "brygga.portal"
    label = "portal"
