from django.apps import AppConfig


class PerspectivesConfig(AppConfig):
    name = "brygga.tools.perspectives"
    label = "perspectives"

    def ready(self) -> None:
        from brygga.core.jobs.kinds import Kind, offer_kind  # noqa: PLC0415 – apps must be loaded
        from brygga.dialogues.registry import registry  # noqa: PLC0415 – apps must be loaded
        from brygga.tools.perspectives.operations.jobs import (  # noqa: PLC0415 – see above
            IMPORT_JOB,
            MAP_JOB,
        )
        from brygga.tools.perspectives.queries.rounds import (  # noqa: PLC0415 – see above
            may_follow_job,
        )
        from brygga.tools.perspectives.tool import TOOL_OFFER  # noqa: PLC0415 – apps must be loaded

        registry.add(TOOL_OFFER)
        offer_kind(Kind(MAP_JOB, may_see=may_follow_job, can_be_cancelled=True))
        offer_kind(Kind(IMPORT_JOB, may_see=may_follow_job, can_be_cancelled=True))
