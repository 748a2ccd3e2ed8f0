"""Filling a new draft with what an earlier dialogue or a template holds."""

from typing import Any

from brygga.dialogues.enums import KitText
from brygga.dialogues.models import Dialogue, InvitationText, Mandate, Step
from brygga.dialogues.queries.content import MANDATE_TEXTS, STEP_TEXTS, content_of
from brygga.dialogues.registry import Copying


def copy_texts(copying: Copying) -> None:
    fill_texts(copying.draft, content_of(copying.source)["texts"])


def copy_mandate(copying: Copying) -> None:
    fill_mandate(copying.draft, content_of(copying.source)["mandate"])


def copy_steps(copying: Copying) -> None:
    fill_steps(copying.draft, content_of(copying.source)["steps"])


def copy_kit(copying: Copying) -> None:
    """Take the team's own words along, but not the short texts, which hold the old address."""
    for text in InvitationText.objects.filter(dialogue=copying.source).exclude(kind=KitText.SHORT):
        InvitationText.objects.create(
            dialogue=copying.draft,
            kind=text.kind,
            language=text.language,
            heading=text.heading,
            text=text.text,
            written_at=copying.at,
            written_by=copying.by,
        )


def fill_texts(draft: Dialogue, texts: dict[str, Any]) -> None:
    draft.background = texts.get("background", "")
    draft.save(update_fields=["background"])


def fill_mandate(draft: Dialogue, told: dict[str, Any]) -> None:
    known = {name: told[name] for name in MANDATE_TEXTS if name in told}
    Mandate.objects.filter(dialogue=draft).update(**known)


def fill_steps(draft: Dialogue, told: dict[str, dict[str, Any]]) -> None:
    """Describe each step of the draft that the content knows; a level above the mandate's waits."""
    allowed = Mandate.objects.get(dialogue=draft).ladder_level
    for step in Step.objects.filter(dialogue=draft, kind__in=told):
        for name in STEP_TEXTS:
            if name in told[step.kind]:
                setattr(step, name, told[step.kind][name])
        if step.ladder_level and allowed and step.ladder_level > allowed:
            step.ladder_level = None
        step.save(update_fields=STEP_TEXTS)
