from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from brygga.core.mail.kinds import name_kind


class RegisterConfig(AppConfig):
    name = "brygga.tools.register"
    label = "register"

    def ready(self) -> None:
        from brygga.core.jobs.kinds import Kind, offer_kind  # noqa: PLC0415 - needs the models
        from brygga.core.registry import PersonArea  # noqa: PLC0415 - needs the models
        from brygga.core.registry import registry as core  # noqa: PLC0415 - needs the models
        from brygga.dialogues.registry import registry  # noqa: PLC0415 - needs the models
        from brygga.tools.register.operations.making import KIND  # noqa: PLC0415 - as above
        from brygga.tools.register.operations.requests import (  # noqa: PLC0415 - as above
            erase_person,
        )
        from brygga.tools.register.queries.deliveries import (  # noqa: PLC0415 - as above
            may_follow_job,
        )
        from brygga.tools.register.queries.requests import export_person  # noqa: PLC0415 - as above
        from brygga.tools.register.rules import JOB  # noqa: PLC0415 - as above
        from brygga.tools.register.tool import TOOL  # noqa: PLC0415 - as above

        registry.add(TOOL)
        offer_kind(Kind(JOB, may_see=may_follow_job))
        core.offer_person("register", offer=PersonArea(export_person, erase_person))
        name_kind(KIND, _("Letters to registrars"))
