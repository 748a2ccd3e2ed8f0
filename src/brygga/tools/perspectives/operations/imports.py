"""Reading in a Pol.is export: all of it or nothing, and never twice."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.core.jobs.operations import Report, told_to_nobody
from brygga.core.text import clean
from brygga.dialogues.enums import Channel, ContributionState
from brygga.dialogues.models import Contribution, Participant
from brygga.engines.opinion.polis import PolisExport, PolisStatement, read_export
from brygga.tools.perspectives.enums import StatementState
from brygga.tools.perspectives.models import (
    ImportedVoter,
    Statement,
    StatementRound,
    VoteEvent,
    VoteImport,
)
from brygga.tools.perspectives.operations.statements import TOOL

LONGEST = 1_200
BATCH = 5_000
STAGES = 5
MODERATED_OUT = "Moderated out where it was gathered"

# The current vote is derived anew from the log for the whole round.
DERIVE = """
    INSERT INTO perspectives_currentvote
        (round_id, statement_id, participant_id, value, is_important, at)
    SELECT DISTINCT ON (event.participant_id, event.statement_id)
        statement.round_id, event.statement_id, event.participant_id,
        event.value, event.is_important, event.at
    FROM perspectives_voteevent AS event
    JOIN perspectives_statement AS statement ON statement.id = event.statement_id
    WHERE statement.round_id = %s
    ORDER BY event.participant_id, event.statement_id, event.at DESC, event.id DESC
    ON CONFLICT (participant_id, statement_id) DO UPDATE
        SET value = excluded.value, is_important = excluded.is_important, at = excluded.at
"""


def import_polis(
    *,
    statement_round: StatementRound,
    votes: Path,
    statements: Path,
    by: User | None,
    at: datetime,
    report: Report = told_to_nobody,
) -> VoteImport:
    """Read an export into a round; the same files again give the same import and add nothing.

    A later export of the same conversation adds what is new. Raises PolisError, which names file,
    line and fault, before anything is written.
    """
    report(0, STAGES, gettext("The files are read."))
    export = read_export(votes, statements)
    fingerprint = hashlib.sha256(votes.read_bytes() + statements.read_bytes()).hexdigest()
    with transaction.atomic():
        StatementRound.objects.select_for_update().get(pk=statement_round.pk)
        done = VoteImport.objects.filter(round=statement_round, fingerprint=fingerprint).first()
        if done:
            return done
        report(1, STAGES, gettext("Those who took part are added, without names."))
        people = _participants(statement_round, export, at)
        report(2, STAGES, gettext("The statements are added."))
        numbered = _statements(statement_round, export, people, at)
        report(3, STAGES, gettext("The answers are added."))
        added = _events(export, people, numbered, at)
        report(4, STAGES, gettext("The latest answer of each is found."))
        with connection.cursor() as cursor:
            cursor.execute(DERIVE, [statement_round.pk])
        record(action="perspectives.imported", subject=statement_round, by=by, at=at)
        return VoteImport.objects.create(
            round=statement_round,
            fingerprint=fingerprint,
            imported_at=at,
            statements=len(numbered),
            participants=len(people),
            votes=added,
        )


def _participants(
    statement_round: StatementRound, export: PolisExport, at: datetime
) -> dict[int, Participant]:
    """Give a participant per voter and author, made in the order of their ids where missing."""
    known = {
        int(voter.voter_id): voter.participant
        for voter in statement_round.imported_voters.select_related("participant")
    }
    authors = {s.author for s in export.statements if s.author is not None}
    missing = sorted(({int(v) for v in export.votes.participants} | authors) - known.keys())
    made = Participant.objects.bulk_create(
        [
            Participant(
                dialogue_id=statement_round.dialogue_id,
                # No secret has this hash, so nobody can come back as an imported voter.
                secret_hash=f"imported {statement_round.public_id} {voter}",
                joined_at=at,
                language=statement_round.language,
            )
            for voter in missing
        ],
        batch_size=BATCH,
    )
    ImportedVoter.objects.bulk_create(
        [
            ImportedVoter(round=statement_round, voter_id=str(voter), participant=participant)
            for voter, participant in zip(missing, made, strict=True)
        ],
        batch_size=BATCH,
    )
    return known | dict(zip(missing, made, strict=True))


def _statements(
    statement_round: StatementRound,
    export: PolisExport,
    people: dict[int, Participant],
    at: datetime,
) -> dict[int, Statement]:
    numbered = {statement.number: statement for statement in statement_round.statements.all()}
    fresh = [statement for statement in export.statements if statement.id not in numbered]
    voices = Contribution.objects.bulk_create(
        [_voice(statement_round, statement, people, at) for statement in fresh], batch_size=BATCH
    )
    made = Statement.objects.bulk_create(
        [
            Statement(
                round=statement_round,
                number=statement.id,
                text=voice.text,
                language=statement_round.language,
                contribution=voice,
                state=StatementState(voice.state),
                state_reason=voice.state_reason,
                created_at=voice.received_at,
            )
            for statement, voice in zip(fresh, voices, strict=True)
        ],
        batch_size=BATCH,
    )
    return numbered | {statement.number: statement for statement in made}


def _voice(
    statement_round: StatementRound,
    statement: PolisStatement,
    people: dict[int, Participant],
    at: datetime,
) -> Contribution:
    is_out = statement.moderated == -1
    return Contribution(
        dialogue_id=statement_round.dialogue_id,
        participant=people[statement.author] if statement.author is not None else None,
        channel=Channel.IMPORT,
        tool=TOOL,
        language=statement_round.language,
        text=clean(statement.text, limit=LONGEST).strip(),
        state=ContributionState.HIDDEN if is_out else ContributionState.PUBLISHED,
        state_reason=MODERATED_OUT if is_out else "",
        received_at=_moment(statement.created, at),
    )


def _events(
    export: PolisExport,
    people: dict[int, Participant],
    numbered: dict[int, Statement],
    at: datetime,
) -> int:
    """Add the votes that the log does not hold yet, in the order in which they were cast."""
    cast = export.votes
    rows = zip(
        cast.moments.tolist(),
        cast.participants.tolist(),
        cast.statements.tolist(),
        cast.votes.tolist(),
        strict=True,
    )
    wanted = [
        (people[voter].pk, numbered[statement].pk, value, _moment(moment, at))
        for moment, voter, statement, value in sorted(rows, key=lambda row: row[:3])
    ]
    held = set(
        VoteEvent.objects.filter(statement__in=numbered.values()).values_list(
            "participant", "statement", "value", "at"
        )
    )
    events = [
        VoteEvent(participant_id=participant, statement_id=statement, value=value, at=moment)
        for participant, statement, value, moment in wanted
        if (participant, statement, value, moment) not in held
    ]
    VoteEvent.objects.bulk_create(events, batch_size=BATCH)
    return len(events)


def _moment(milliseconds: int | None, otherwise: datetime) -> datetime:
    if not milliseconds:
        return otherwise
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
