"""The process diary: what was chosen and why, with its corrections, on screen and on paper."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from brygga.core.documents import compile_pdf
from brygga.dialogues.models import Dialogue, ProcessLogEntry
from brygga.dialogues.registry import Subject

TEMPLATE = Path(__file__).parent.parent / "papers" / "diary.typ"


def diary_of(
    dialogue: Dialogue,
    *,
    words: str = "",
    kind: str = "",
    step: int | None = None,
    only_public: bool = False,
) -> QuerySet[ProcessLogEntry]:
    """List the diary, the latest entry first, each with what corrects it."""
    entries = ProcessLogEntry.objects.filter(dialogue=dialogue)
    for word in words.split():
        entries = entries.filter(
            Q(text__icontains=word)
            | Q(reason__icontains=word)
            | Q(actor__name__icontains=word)
            | Q(activity__title__icontains=word)
        )
    if kind:
        entries = entries.filter(kind=kind)
    if step is not None:
        entries = entries.filter(step=step)
    if only_public:
        entries = entries.filter(is_public=True)
    corrections = Prefetch("corrections", ProcessLogEntry.objects.order_by("at", "pk"))
    return (
        entries.select_related("by", "step", "actor", "activity", "corrects")
        .prefetch_related(corrections)
        .order_by("-at", "-pk")
    )


def public_diary_of(dialogue: Dialogue) -> QuerySet[ProcessLogEntry]:
    """List what everybody may read, from the beginning, each entry with what corrects it."""
    corrections = Prefetch(
        "corrections", ProcessLogEntry.objects.filter(is_public=True).order_by("at", "pk")
    )
    return (
        ProcessLogEntry.objects.filter(dialogue=dialogue, is_public=True, corrects=None)
        .prefetch_related(corrections)
        .order_by("at", "pk")
    )


def get_entry_in(dialogue: Dialogue, number: int) -> ProcessLogEntry:
    entry = diary_of(dialogue).filter(pk=number).first()
    if entry is None:
        raise Http404
    return entry


def diary_pdf(
    dialogue: Dialogue,
    entries: Iterable[ProcessLogEntry],
    subjects: Mapping[str, Subject],
    *,
    at: datetime,
) -> bytes:
    """Set the diary on paper, the first entry first."""
    data: dict[str, Any] = {
        "title": f"{_('Process diary')}: {dialogue.title}",
        "owner": dialogue.organisation.name,
        "language": (get_language() or "sv").partition("-")[0],
        "kicker": f"{_('Process diary')} · {dialogue.organisation.name}",
        "heading": dialogue.title,
        "rows": [_row(entry, subjects) for entry in entries],
        "footer": _("Printed %(day)s") % {"day": date_format(localtime(at), "DATE_FORMAT")},
    }
    return compile_pdf(TEMPLATE, data, at=at)


def _row(entry: ProcessLogEntry, subjects: Mapping[str, Subject]) -> dict[str, Any]:
    about = (entry.step and entry.step.get_kind_display(), entry.actor, entry.activity)
    names = [str(thing) for thing in about if thing]
    if entry.tool_subject in subjects:
        names.append(subjects[entry.tool_subject].title)
    if entry.corrects:
        names.append(_("Corrects: %(text)s") % {"text": entry.corrects.text})
    return {
        "day": date_format(localtime(entry.at), "SHORT_DATETIME_FORMAT"),
        "kind": entry.get_kind_display(),
        "text": entry.text,
        "reason": entry.reason.split("\n") if entry.reason else [],
        "about": " · ".join(names),
        "by": str(entry.by or "–"),
    }
