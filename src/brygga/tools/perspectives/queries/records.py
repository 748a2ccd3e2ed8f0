"""What statements and maps give the register."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from brygga.core.registry.records import RecordEntry, RecordHeading, RecordPart
from brygga.dialogues.enums import ContributionState
from brygga.dialogues.models import Dialogue
from brygga.tools.perspectives.enums import VoteValue
from brygga.tools.perspectives.models import OpinionMap, Statement
from brygga.tools.perspectives.queries.counted import answers_to

MERGED = ContributionState.MERGED


def parts_of(dialogue: Dialogue, _at: datetime) -> Iterator[RecordPart]:
    statements = tuple(_statements(dialogue))
    if statements:
        yield RecordPart("statements", _("Statements and answers"), True, statements)
    maps = tuple(_maps(dialogue))
    if maps:
        yield RecordPart("maps", _("Opinion maps"), False, maps)


def headings_of(dialogue: Dialogue) -> Iterator[RecordHeading]:
    yield RecordHeading("statements", _("Statements and answers"), (_said(dialogue),))
    yield RecordHeading("maps", _("Opinion maps"), (_published(dialogue),))


def _said(dialogue: Dialogue) -> QuerySet[Statement]:
    return Statement.objects.filter(round__dialogue=dialogue)


def _published(dialogue: Dialogue) -> QuerySet[OpinionMap]:
    return OpinionMap.objects.filter(round__dialogue=dialogue, result__isnull=False)


def _statements(dialogue: Dialogue) -> Iterator[RecordEntry]:
    """Give each statement with its answers in figures: nobody's own answer."""
    rows = _said(dialogue).select_related("round", "contribution")
    statements = list(rows.order_by("round", "number"))
    answers = answers_to(statements)
    for statement in statements:
        given = answers[statement.pk]
        counts = ", ".join(f"{kind.label}: {given[kind.value]}" for kind in VoteValue)
        is_merged = statement.contribution and statement.contribution.state == MERGED
        yield RecordEntry(
            on=statement.created_at,
            number=statement.public_id,
            kind=_("Statement by a resident") if statement.contribution_id else _("Statement"),
            text=f"{statement.text}\n{counts}",
            heading=statement.round.question,
            state=str(MERGED.label if is_merged else statement.get_state_display()),
            reason=statement.state_reason,
            language=statement.language,
        )


def _maps(dialogue: Dialogue) -> Iterator[RecordEntry]:
    maps = _published(dialogue)
    for each in maps.select_related("round", "result").order_by("computed_at", "pk"):
        yield RecordEntry(
            on=localdate(each.computed_at),
            number=each.public_id,
            kind=_("Opinion map"),
            text=_("%(votes)s answers from %(people)s people.")
            % {"votes": each.votes, "people": each.participants},
            heading=each.result.title if each.result else each.round.question,
        )
