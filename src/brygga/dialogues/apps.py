from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from brygga.core.mail.kinds import name_kind


class DialoguesConfig(AppConfig):
    name = "brygga.dialogues"
    label = "dialogues"

    def ready(self) -> None:
        self._offer_people_and_files()
        from brygga.core.registry import registry as core  # noqa: PLC0415 - needs the models
        from brygga.core.undo.offers import offer_undo  # noqa: PLC0415 - apps are loaded now
        from brygga.dialogues.operations import undoing  # noqa: PLC0415 - needs the models
        from brygga.dialogues.operations.copying import COPIERS  # noqa: PLC0415 - needs the models
        from brygga.dialogues.operations.followers import FOLLOW_MAIL  # noqa: PLC0415 - as above
        from brygga.dialogues.operations.handovers import KIND  # noqa: PLC0415 - as above
        from brygga.dialogues.operations.leaving import leave_teams  # noqa: PLC0415 - as above
        from brygga.dialogues.queries import (  # noqa: PLC0415 - needs the models
            joint,
            leading,
            moderation_today,
            periods,
        )
        from brygga.dialogues.queries.plan_today import (  # noqa: PLC0415 - needs the models
            plan_items,
        )
        from brygga.dialogues.queries.today import today_items  # noqa: PLC0415 - needs the models
        from brygga.dialogues.registry import registry  # noqa: PLC0415 - needs the models

        for copier in COPIERS:
            registry.add_copier(copier)
        core.offer_today("dialogues", today_items)
        core.offer_today("moderation", moderation_today.today_items)
        core.offer_today("leading", leading.today_items)
        core.offer_today("joint", joint.today_items)
        core.offer_today("periods", periods.today_items)
        core.hear_of_leaving("dialogues", leave_teams)
        name_kind(KIND, _("Who leads a dialogue, and on whose mandate"))
        core.offer_today("dialogues.plan", plan_items)
        core.offer_today("tools", registry.today_items)
        offer_undo(undoing.UNLINKED, undoing.link_again)
        offer_undo(undoing.ENDED, undoing.add_again)
        offer_undo(undoing.UNPLANNED, undoing.plan_again)
        name_kind(FOLLOW_MAIL, _("Letters about a dialogue to those who follow it"))

    def _offer_people_and_files(self) -> None:
        from brygga.core.registry import PersonArea, registry  # noqa: PLC0415 - apps are loaded now
        from brygga.dialogues.models.document import OWNER_KIND  # noqa: PLC0415 - apps are loaded
        from brygga.dialogues.operations.erasure import erase_person  # noqa: PLC0415 - needs models
        from brygga.dialogues.queries.documents import (  # noqa: PLC0415 - needs the models
            may_read_document,
        )
        from brygga.dialogues.queries.persons import export_person  # noqa: PLC0415 - needs models

        registry.offer_person("dialogues", offer=PersonArea(export_person, erase_person))
        registry.offer_file_rights(OWNER_KIND, may_read_document)
