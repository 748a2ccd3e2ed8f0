from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "brygga.core.mail"
    label = "mail"
