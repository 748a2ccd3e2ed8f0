from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "brygga.core.mail"
    label = "mail"

    def ready(self) -> None:
        from brygga.core.mail.queries import today_items  # noqa: PLC0415 - needs the models
        from brygga.core.registry import registry  # noqa: PLC0415 - needs the models

        registry.offer_today("mail", today_items)
