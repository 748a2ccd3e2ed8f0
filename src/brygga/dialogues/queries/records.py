"""What the dialogue itself gives the register: what came in, and what was established."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from brygga.core.registry.records import RecordEntry, RecordHeading, RecordPart
from brygga.dialogues.enums import ContributionState, InsightState
from brygga.dialogues.models import Contribution, Dialogue, Insight, ProcessLogEntry
from brygga.dialogues.queries.mandates import get_mandate, mandate_paper
from brygga.dialogues.queries.start_check import check_day, start_check

NEVER_PUBLIC = (ContributionState.HIDDEN, ContributionState.WITHDRAWN)


def parts_of(dialogue: Dialogue, at: datetime) -> Iterator[RecordPart]:
    yield RecordPart("voices", _("Contributions"), True, tuple(_voices(dialogue)))
    yield RecordPart("mandate", _("Mandate and start check"), False, tuple(_mandate(dialogue, at)))
    yield RecordPart("results", _("Published results"), False, tuple(_results(dialogue)))
    yield RecordPart("insights", _("Insights"), False, tuple(_insights(dialogue)))
    yield RecordPart("moderation", _("Moderation in figures"), False, tuple(_figures(dialogue, at)))
    yield RecordPart("diary", _("Process diary"), False, tuple(_diary(dialogue)))


def headings_of(dialogue: Dialogue) -> Iterator[RecordHeading]:
    """Name the same parts without reading them."""
    diary = ProcessLogEntry.objects.filter(dialogue=dialogue)
    yield RecordHeading("voices", _("Contributions"), (dialogue.contributions.all(),))
    yield RecordHeading("mandate", _("Mandate and start check"))
    yield RecordHeading("results", _("Published results"), (dialogue.results.all(),))
    yield RecordHeading("insights", _("Insights"), (_said(dialogue),))
    yield RecordHeading("moderation", _("Moderation in figures"))
    yield RecordHeading("diary", _("Process diary"), (diary,))


def _said(dialogue: Dialogue) -> QuerySet[Insight]:
    return dialogue.insights.exclude(state=InsightState.DRAFT)


def _voices(dialogue: Dialogue) -> Iterator[RecordEntry]:
    """Give every voice with its original words, also hidden and masked: they are records too."""
    voices = Contribution.objects.filter(dialogue=dialogue).select_related("original")
    for voice in voices.order_by("received_at", "pk").iterator(2_000):
        original = getattr(voice, "original", None)
        yield RecordEntry(
            on=voice.received_at,
            number=voice.public_id,
            kind=_kind(voice, is_masked=original is not None),
            text=original.text if original else voice.text,
            heading=voice.place,
            channel=str(voice.get_channel_display()),
            state=str(voice.get_state_display()),
            reason=voice.state_reason,
            language=voice.language,
        )


def _kind(voice: Contribution, *, is_masked: bool) -> str:
    if voice.state in NEVER_PUBLIC:
        return _("Hidden contribution, original")
    return _("Contribution with masked words, original") if is_masked else _("Contribution")


def _mandate(dialogue: Dialogue, at: datetime) -> Iterator[RecordEntry]:
    mandate = get_mandate(dialogue)
    today = localdate(at)
    number = f"{dialogue.public_id}-{mandate.version}"
    for row in mandate_paper(dialogue, on=today).rows:
        yield RecordEntry(today, number, _("Mandate"), row.text, heading=row.term)
    day = check_day(dialogue, today)
    for point in start_check(dialogue, mandate, on=day).points:
        said = " ".join(str(text) for text in point.missing) or _("Holds")
        yield RecordEntry(today, number, _("Start check"), said, heading=str(point.question))


def _results(dialogue: Dialogue) -> Iterator[RecordEntry]:
    for result in dialogue.results.order_by("published_at", "pk"):
        numbers = result.numbers if isinstance(result.numbers, dict) else {}
        said = "\n".join(
            f"{name}: {value}"
            for name, value in sorted(numbers.items())
            if isinstance(value, str | int | float)
        )
        yield RecordEntry(
            on=result.published_at,
            number=result.public_id,
            kind=_("Published result"),
            text=f"{result.method} {result.method_version}\n{said}".strip(),
            heading=result.title,
        )


def _insights(dialogue: Dialogue) -> Iterator[RecordEntry]:
    for insight in _said(dialogue).order_by("published_at", "pk"):
        kind = _("Insight, minority view") if insight.is_minority_view else _("Insight")
        yield RecordEntry(
            on=insight.published_at or insight.created_at,
            number=insight.public_id,
            kind=kind,
            text=insight.explanation,
            heading=insight.text,
            state=str(insight.get_state_display()),
            reason=insight.state_reason,
            language=dialogue.language,
        )


def _figures(dialogue: Dialogue, at: datetime) -> Iterator[RecordEntry]:
    counts = dict(
        dialogue.contributions.values_list("state").annotate(count=Count("pk")).order_by("state")
    )
    for state in ContributionState:
        if counts.get(state):
            yield RecordEntry(
                on=localdate(at),
                number=f"{dialogue.public_id}-{state.value}",
                kind=_("Figure"),
                text=str(counts[state]),
                heading=str(state.label),
            )


def _diary(dialogue: Dialogue) -> Iterator[RecordEntry]:
    rows = ProcessLogEntry.objects.filter(dialogue=dialogue).order_by("at", "pk")
    for row in rows.select_related("by"):
        yield RecordEntry(
            on=row.at,
            number=f"{dialogue.public_id}-{row.pk}",
            kind=str(row.get_kind_display()),
            text=row.reason,
            heading=row.text,
            reason=str(row.by) if row.by else "",
        )
