"""What would be copied into a new draft, shown before it is done."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from brygga.accounts.models import Organisation
from brygga.core.richtext import plain
from brygga.dialogues.models import Dialogue, InvitationText
from brygga.dialogues.queries.content import mandate_texts, step_texts
from brygga.dialogues.registry import registry
from brygga.dialogues.rules import Permission


@dataclass(frozen=True)
class Part:
    """A part of a dialogue that can be copied, and what it holds now."""

    name: str
    label: str
    lines: tuple[str, ...]
    needs_first_day: bool = False
    along_with: str = ""
    is_personal: bool = False


def parts_to_copy(
    dialogue: Dialogue, permissions: Collection[Permission], *, on: date
) -> list[Part]:
    """Give what there is to copy, of what somebody with these rights may see."""
    parts = [
        Part(
            name=copier.name,
            label=str(copier.label),
            lines=tuple(copier.preview(dialogue, on)),
            needs_first_day=copier.needs_first_day,
            along_with=copier.along_with,
            is_personal=copier.is_personal,
        )
        for copier in registry.copiers.values()
        if copier.needs in permissions
    ]
    return [part for part in parts if part.lines]


def owns(organisation: Organisation, dialogue: Dialogue) -> bool:
    """Tell whether an organisation is among those that own a dialogue."""
    return (
        organisation.pk == dialogue.organisation_id
        or dialogue.bodies.filter(organisation=organisation).exists()
    )


def preview_texts(dialogue: Dialogue, _on: date) -> list[str]:
    return [text for text in (dialogue.summary, plain(dialogue.background)[:300]) if text]


def preview_mandate(dialogue: Dialogue, _on: date) -> list[str]:
    told = mandate_texts(dialogue.mandate).values()
    number = sum(answer not in ("", None) for answer in told)
    return [
        ngettext("%(number)s answer", "%(number)s answers", number) % {"number": number},
        _("Without people, dates and register numbers."),
    ]


def preview_steps(dialogue: Dialogue, _on: date) -> list[str]:
    steps = step_texts(dialogue).values()
    number = sum(bool(step["public_text"] or step["exit_criteria"]) for step in steps)
    return [
        ngettext(
            "%(number)s step with a text or criteria",
            "%(number)s steps with texts or criteria",
            number,
        )
        % {"number": number}
    ]


def preview_kit(dialogue: Dialogue, _on: date) -> list[str]:
    number = InvitationText.objects.filter(dialogue=dialogue).count()
    return [
        ngettext("%(number)s text of your own", "%(number)s texts of your own", number)
        % {"number": number}
    ]
