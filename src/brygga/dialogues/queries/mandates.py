"""The mandate as it stands, and as a paper of one page (uppdragsbeskrivning)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from brygga.core.documents import compile_pdf
from brygga.dialogues.models import Dialogue, Mandate
from brygga.dialogues.queries.people import team_of
from brygga.dialogues.registry import registry

TEMPLATE = Path(__file__).parent.parent / "papers" / "mandate.typ"

# What those who take part are promised; it is given when the dialogue is published.
PROMISED = frozenset({"feedback_promise", "feedback_on", "feedback_owner"})


@dataclass(frozen=True)
class Row:
    term: str
    text: str


@dataclass(frozen=True)
class Paper:
    """What stands on the page, in the reader's language."""

    title: str
    kicker: str
    summary: str
    rows: tuple[Row, ...]
    footer: str


def get_mandate(dialogue: Dialogue) -> Mandate:
    """Read the mandate as it stands now, whatever the dialogue in hand remembers."""
    return Mandate.objects.select_related("feeds_body", "start_body", "feedback_owner").get(
        dialogue=dialogue
    )


def mandate_paper(dialogue: Dialogue, *, on: date) -> Paper:
    mandate = get_mandate(dialogue)
    team = ", ".join(
        f"{member.user} ({member.get_role_display()})" for member in team_of(dialogue, on=on)
    )
    rows = (*_who(dialogue, mandate, team), *_frame(mandate), *_promises(mandate))
    return Paper(
        title=dialogue.title,
        kicker=f"{_('Mandate')} · {dialogue.organisation.name}",
        summary=dialogue.summary,
        rows=tuple(Row(term, text or "–") for term, text in rows),
        footer=_("Version %(number)s of the mandate, printed %(day)s")
        % {"number": mandate.version, "day": date_format(on, "DATE_FORMAT")},
    )


def mandate_pdf(dialogue: Dialogue, *, at: datetime) -> bytes:
    paper = mandate_paper(dialogue, on=localdate(at))
    numbers = [fact for fact in registry.facts(dialogue, localdate(at)) if fact.is_printed]
    rows = [
        *((fact.label, fact.value) for fact in numbers),
        *((r.term, r.text) for r in paper.rows),
    ]
    data = {
        "title": paper.title,
        "owner": dialogue.organisation.name,
        "language": get_language() or "sv",
        "kicker": paper.kicker,
        "summary": paper.summary,
        "characters": sum(len(text) for _term, text in rows),
        "rows": [[term, text.split("\n")] for term, text in rows],
        "footer": paper.footer,
    }
    return compile_pdf(TEMPLATE, data, at=at)


Rows = Iterable[tuple[str, str]]


def _who(dialogue: Dialogue, mandate: Mandate, team: str) -> Rows:
    yield _("Form"), dialogue.get_form_display()
    yield _("Commissioner"), mandate.commissioner
    yield _("Steering group"), mandate.steering_group
    yield _("Team"), team


def _frame(mandate: Mandate) -> Rows:
    yield _("Open to influence"), mandate.open_to_influence
    yield _("Level of participation"), _label(mandate, "ladder_level")
    yield _("Settled by law"), mandate.fixed_by_law
    yield _("Settled by money"), mandate.fixed_by_money
    yield _("Settled by earlier decisions"), mandate.fixed_by_decisions
    yield _("Resources"), mandate.resources


def _promises(mandate: Mandate) -> Rows:
    feeds = (mandate.feeds_what, mandate.feeds_body, mandate.feeds_manager, _day(mandate.feeds_on))
    yield _("The answers are used for"), _joined(*feeds)
    promise = (mandate.feedback_promise, mandate.feedback_owner, _day(mandate.feedback_on))
    yield _("Feedback promise"), _joined(*promise)
    start = (mandate.start_body, mandate.start_dnr, _day(mandate.start_on))
    yield _("Decision to start"), _joined(*start)
    yield _("Children"), _children(mandate)
    data = (
        _label(mandate, "legal_ground"),
        _label(mandate, "retention_class"),
        mandate.assessment_reference,
        mandate.no_assessment_reason,
    )
    yield _("Personal data"), _joined(*data)


def _joined(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def _label(mandate: Mandate, name: str) -> str:
    label: Any = getattr(mandate, f"get_{name}_display")()
    return str(label or "")


def _children(mandate: Mandate) -> str:
    if mandate.children_concerned is None:
        return ""
    return mandate.children_heard if mandate.children_concerned else _("Not concerned")
