"""Casting votes: the newest counts, every one is kept, and the same one twice changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from brygga.dialogues.models import Participant
from brygga.dialogues.operations.participants import ensure_identified
from brygga.tools.perspectives.enums import VoteValue
from brygga.tools.perspectives.models import Statement, StatementRound
from brygga.tools.perspectives.rules import is_open

# One statement to the database, so that the log and the current vote cannot part. A vote that
# changes nothing gives no row to `changed`, and hence none to the log.
CHANGED = """
    changed AS (
        INSERT INTO perspectives_currentvote AS kept
            (round_id, statement_id, participant_id, value, is_important, at)
        SELECT %(round)s, statement_id, participant_id, value, is_important, %(at)s FROM sent
        ON CONFLICT (participant_id, statement_id) DO UPDATE
            SET value = excluded.value, is_important = excluded.is_important, at = excluded.at
            WHERE (kept.value, kept.is_important) IS DISTINCT FROM
                (excluded.value, excluded.is_important)
        RETURNING statement_id, participant_id, value, is_important, at
    )
"""
LOGGED = """
    INSERT INTO perspectives_voteevent (statement_id, participant_id, value, is_important, at)
    SELECT statement_id, participant_id, value, is_important, at FROM changed
"""
CAST = f"""
    WITH sent AS (
        SELECT * FROM unnest(
            %(statements)s::bigint[], %(people)s::bigint[],
            %(answers)s::smallint[], %(important)s::boolean[]
        ) AS row (statement_id, participant_id, value, is_important)
    ), {CHANGED} {LOGGED}
"""  # noqa: S608 - constants of ours


@dataclass(frozen=True)
class Row:
    """One answer, by the keys of the statement and of the participant."""

    statement: int
    participant: int
    value: VoteValue
    is_important: bool


class RoundIsClosedError(Exception):
    """The round does not take votes or statements now."""


class NotInThisRoundError(Exception):
    """The statement cannot be voted on here: it is foreign, waits for review or is hidden."""


@transaction.atomic
def cast_vote(
    *,
    statement: Statement,
    participant: Participant,
    value: VoteValue,
    is_important: bool,
    at: datetime,
) -> bool:
    """Cast or change a vote; tells whether anything changed."""
    ensure_open(statement.round, participant, at)
    ensure_identified(participant)
    if not Statement.objects.visible().filter(pk=statement.pk).exists():
        raise NotInThisRoundError
    row = Row(statement.pk, participant.pk, value, is_important)
    return bool(store(statement.round_id, [row], at=at))


def store(round_pk: int, rows: Sequence[Row], *, at: datetime) -> int:
    """Store answers to visible statements of an open round, each pair of keys once.

    Tells how many changed anything.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            CAST,
            {
                "round": round_pk,
                "statements": [row.statement for row in rows],
                "people": [row.participant for row in rows],
                "answers": [int(row.value) for row in rows],
                "important": [row.is_important for row in rows],
                "at": at,
            },
        )
        return int(cursor.rowcount)


def ensure_open(statement_round: StatementRound, participant: Participant, at: datetime) -> None:
    if participant.dialogue_id != statement_round.dialogue_id:
        raise NotInThisRoundError
    if not is_open(statement_round, at):
        raise RoundIsClosedError
