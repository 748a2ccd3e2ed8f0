from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "brygga.tools.outcomes"
    label = "outcomes"

    def ready(self) -> None:
        from brygga.core.mail.kinds import name_kind  # noqa: PLC0415 - models are not ready before
        from brygga.dialogues.registry import registry  # noqa: PLC0415 - models are not ready before
        from brygga.tools.outcomes.operations.letters import (  # noqa: PLC0415 - as above
            KIND,
            KIND_LABEL,
        )
        from brygga.tools.outcomes.tool import TOOL  # noqa: PLC0415 - models are not ready before

        registry.add(TOOL)
        name_kind(KIND, KIND_LABEL)
