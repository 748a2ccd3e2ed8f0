"""What statements and maps give the register."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from brygga.core.registry.records import RecordEntry, RecordPart
from brygga.dialogues.models import Dialogue
from brygga.tools.perspectives.enums import VoteValue
from brygga.tools.perspectives.models import OpinionMap, Statement


def parts_of(dialogue: Dialogue, _at: datetime) -> Iterator[RecordPart]:
    statements = tuple(_statements(dialogue))
    if statements:
        yield RecordPart("statements", _("Statements and answers"), True, statements)
    maps = tuple(_maps(dialogue))
    if maps:
        yield RecordPart("maps", _("Opinion maps"), False, maps)


def _statements(dialogue: Dialogue) -> Iterator[RecordEntry]:
    """Give each statement with its answers in figures: nobody's own answer."""
    kinds = {
        kind.name.lower(): Count("votes", filter=Q(votes__value=kind.value)) for kind in VoteValue
    }
    rows = Statement.objects.filter(round__dialogue=dialogue).select_related("round")
    for statement in rows.annotate(**kinds).order_by("round", "number"):
        counts = ", ".join(
            f"{kind.label}: {getattr(statement, kind.name.lower())}" for kind in VoteValue
        )
        yield RecordEntry(
            on=statement.created_at,
            number=statement.public_id,
            kind=_("Statement by a resident") if statement.contribution_id else _("Statement"),
            text=f"{statement.text}\n{counts}",
            heading=statement.round.question,
            state=str(statement.get_state_display()),
            reason=statement.state_reason,
            language=statement.language,
        )


def _maps(dialogue: Dialogue) -> Iterator[RecordEntry]:
    maps = OpinionMap.objects.filter(round__dialogue=dialogue, result__isnull=False)
    for each in maps.select_related("round", "result").order_by("computed_at", "pk"):
        yield RecordEntry(
            on=localdate(each.computed_at),
            number=each.public_id,
            kind=_("Opinion map"),
            text=_("%(votes)s answers from %(people)s people.")
            % {"votes": each.votes, "people": each.participants},
            heading=each.result.title if each.result else each.round.question,
        )
