from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "brygga.core.mail"
    label = "mail"

    def ready(self) -> None:
        from brygga.core.mail.operations.people import erase_person  # noqa: PLC0415 - needs models
        from brygga.core.mail.queries import (  # noqa: PLC0415 - needs the models
            export_person,
            today_items,
        )
        from brygga.core.registry import PersonArea, registry  # noqa: PLC0415 - needs the models

        registry.offer_today("mail", today_items)
        registry.offer_person("mail", offer=PersonArea(export_person, erase_person))
