"""What would be copied into a new draft, shown before it is done."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from brygga.core.richtext import plain
from brygga.dialogues.models import Dialogue, InvitationText
from brygga.dialogues.queries.content import mandate_texts, step_texts
from brygga.dialogues.registry import registry


@dataclass(frozen=True)
class Part:
    """A part of a dialogue that can be copied, and what it holds now."""

    name: str
    label: str
    lines: tuple[str, ...]


def parts_to_copy(dialogue: Dialogue) -> list[Part]:
    return [
        Part(copier.name, str(copier.label), tuple(copier.preview(dialogue)))
        for copier in registry.copiers.values()
    ]


def preview_texts(dialogue: Dialogue) -> list[str]:
    return [text for text in (dialogue.summary, plain(dialogue.background)[:300]) if text]


def preview_mandate(dialogue: Dialogue) -> list[str]:
    told = mandate_texts(dialogue.mandate).values()
    number = sum(answer not in ("", None) for answer in told)
    return [
        ngettext("%(number)s answer", "%(number)s answers", number) % {"number": number},
        _("Without people, dates and register numbers."),
    ]


def preview_steps(dialogue: Dialogue) -> list[str]:
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


def preview_kit(dialogue: Dialogue) -> list[str]:
    number = InvitationText.objects.filter(dialogue=dialogue).count()
    return [
        ngettext("%(number)s text of your own", "%(number)s texts of your own", number)
        % {"number": number}
    ]
