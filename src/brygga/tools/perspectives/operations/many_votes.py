"""Casting the votes of many people at once, as from paper slips gathered in a room."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.dialogues.models import Participant
from brygga.dialogues.operations.participants import ensure_identified
from brygga.tools.perspectives.enums import VoteValue
from brygga.tools.perspectives.models import CurrentVote, Statement, StatementRound, VoteEvent
from brygga.tools.perspectives.operations.imports import BATCH, DERIVE
from brygga.tools.perspectives.operations.votes import NotInThisRoundError, ensure_open


@dataclass(frozen=True)
class Slip:
    """What somebody answered to one statement, and when."""

    participant: Participant
    statement: Statement
    value: VoteValue
    is_important: bool
    at: datetime


@transaction.atomic
def cast_many(
    *, statement_round: StatementRound, slips: Collection[Slip], by: User, at: datetime
) -> int:
    """Cast votes as `cast_vote` does, all or none; tells how many of them changed anything."""
    StatementRound.objects.select_for_update().get(pk=statement_round.pk)
    visible = set(
        Statement.objects.visible().filter(round=statement_round).values_list("pk", flat=True)
    )
    unknown = next((each.participant for each in slips if not each.participant.person_mark), None)
    if unknown is not None:
        ensure_identified(unknown)
    counted = _current(statement_round)
    events = []
    for slip in sorted(slips, key=lambda slip: slip.at):
        ensure_open(statement_round, slip.participant, slip.at)
        if slip.statement.pk not in visible:
            raise NotInThisRoundError
        pair, answer = (slip.participant.pk, slip.statement.pk), (slip.value, slip.is_important)
        if counted.get(pair) != answer:
            counted[pair] = answer
            events.append(_event(slip))
    VoteEvent.objects.bulk_create(events, batch_size=BATCH)
    with connection.cursor() as cursor:
        cursor.execute(DERIVE, [statement_round.pk])
    record(action="perspectives.many_votes_cast", subject=statement_round, by=by, at=at)
    return len(events)


def _current(statement_round: StatementRound) -> dict[tuple[int, int], tuple[int, bool]]:
    rows = CurrentVote.objects.filter(round=statement_round).values_list(
        "participant", "statement", "value", "is_important"
    )
    return {(person, statement): (value, important) for person, statement, value, important in rows}


def _event(slip: Slip) -> VoteEvent:
    return VoteEvent(
        statement=slip.statement,
        participant=slip.participant,
        value=slip.value,
        is_important=slip.is_important,
        at=slip.at,
    )
