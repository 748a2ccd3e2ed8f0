"""Casting votes: the newest counts, every one is kept, and the same one twice changes nothing."""

from datetime import datetime

from django.db import connection, transaction

from brygga.dialogues.models import Participant
from brygga.tools.perspectives.enums import VoteValue
from brygga.tools.perspectives.models import Statement, StatementRound
from brygga.tools.perspectives.rules import is_open

# One statement to the database, so that the log and the current vote cannot part. A vote that
# changes nothing gives no row to `changed`, and hence none to the log.
CAST = """
    WITH changed AS (
        INSERT INTO perspectives_currentvote AS kept
            (round_id, statement_id, participant_id, value, is_important, at)
        VALUES (%(round)s, %(statement)s, %(participant)s, %(value)s, %(is_important)s, %(at)s)
        ON CONFLICT (participant_id, statement_id) DO UPDATE
            SET value = excluded.value, is_important = excluded.is_important, at = excluded.at
            WHERE (kept.value, kept.is_important) IS DISTINCT FROM
                (excluded.value, excluded.is_important)
        RETURNING statement_id, participant_id, value, is_important, at
    )
    INSERT INTO perspectives_voteevent (statement_id, participant_id, value, is_important, at)
    SELECT statement_id, participant_id, value, is_important, at FROM changed
"""


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
    if not Statement.objects.visible().filter(pk=statement.pk).exists():
        raise NotInThisRoundError
    with connection.cursor() as cursor:
        cursor.execute(
            CAST,
            {
                "round": statement.round_id,
                "statement": statement.pk,
                "participant": participant.pk,
                "value": int(value),
                "is_important": is_important,
                "at": at,
            },
        )
        return bool(cursor.rowcount)


def ensure_open(statement_round: StatementRound, participant: Participant, at: datetime) -> None:
    if participant.dialogue_id != statement_round.dialogue_id:
        raise NotInThisRoundError
    if not is_open(statement_round, at):
        raise RoundIsClosedError
