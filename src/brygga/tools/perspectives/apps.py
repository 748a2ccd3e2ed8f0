from django.apps import AppConfig


class PerspectivesConfig(AppConfig):
    name = "brygga.tools.perspectives"
    label = "perspectives"

    def ready(self) -> None:
        from brygga.dialogues.registry import registry  # noqa: PLC0415 – apps must be loaded
        from brygga.tools.perspectives.tool import TOOL_OFFER  # noqa: PLC0415 – apps must be loaded

        registry.add(TOOL_OFFER)
