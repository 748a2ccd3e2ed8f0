"""Casting what many people send at the same moment: one commit for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404

from brygga.dialogues.queries.participants import hash_of, secret_in
from brygga.dialogues.rules import Permission
from brygga.tools.perspectives import rules
from brygga.tools.perspectives.enums import VoteValue
from brygga.tools.perspectives.models import StatementRound
from brygga.tools.perspectives.operations.votes import CHANGED, LOGGED
from brygga.tools.perspectives.queries.rounds import get_round_for_reader


@dataclass(frozen=True)
class Ballot:
    """An answer as it came in from somebody without an account who takes part already."""

    round_id: str
    statement_id: str
    cookies: Mapping[str, str]
    value: VoteValue
    is_important: bool


# Rights and opening hours were found by reading these rows. As long as none of them has another
# version, they hold; so they are looked up again when something has changed, and not before.
VERSION = """
    SELECT concat_ws(' ', round.xmin, dialogue.xmin, step.id, step.xmin)
    FROM perspectives_statementround round
    JOIN dialogues_dialogue dialogue ON dialogue.id = round.dialogue_id
    LEFT JOIN dialogues_step step ON step.dialogue_id = dialogue.id AND step.state = 'current'
    WHERE round.public_id = %(round_id)s
"""
# One statement, and so one transaction, for a batch. It locks in the order of the keys, so that
# no two batches wait for each other.
CAST = f"""
    WITH slips AS (
        SELECT * FROM unnest(
            %(numbers)s::int[], %(secrets)s::text[], %(statements)s::text[],
            %(answers)s::smallint[], %(important)s::boolean[]
        ) AS row (number, secret, statement, value, is_important)
    ), now AS MATERIALIZED (
        SELECT ({VERSION}) IS NOT DISTINCT FROM %(version)s AS is_as_known
    ), sent AS MATERIALIZED (
        SELECT DISTINCT ON (person.id, statement.id)
            slips.number, person.id AS participant_id, statement.id AS statement_id,
            slips.value, slips.is_important
        FROM slips
        JOIN dialogues_participant person
            ON person.secret_hash = slips.secret AND person.dialogue_id = %(dialogue)s
        JOIN perspectives_statement statement
            ON statement.public_id = slips.statement AND statement.round_id = %(round)s
        LEFT JOIN dialogues_contribution voice ON voice.id = statement.contribution_id
        WHERE statement.state = 'published' AND (voice.id IS NULL OR voice.state = 'published')
            AND (SELECT is_as_known FROM now)
            AND (person.person_mark <> '' OR NOT EXISTS (
                SELECT FROM dialogues_identitydemand demand
                WHERE demand.dialogue_id = person.dialogue_id AND demand.is_on
            ))
        ORDER BY person.id, statement.id, slips.number
    ), {CHANGED}, logged AS ({LOGGED})
    SELECT (SELECT is_as_known FROM now), ARRAY(SELECT number FROM sent)
"""  # noqa: S608 - constants of ours
MOST_KNOWN = 100


@dataclass(frozen=True)
class _Known:
    """A round in which one may speak, and the version of the rows that say so."""

    round: StatementRound
    version: str


_known: dict[str, _Known] = {}  # by public id, in this process


def cast_together(*, ballots: Sequence[Ballot], at: datetime) -> list[bool]:
    """Cast each as `cast_vote` does, or leave it; tells which of them were cast.

    Left is whatever needs more than that: a closed round, a hidden statement, somebody unknown or
    not identified where that is demanded, a second answer to the same statement. The ordinary page
    treats those, one by one. Each round's ballots are stored and logged together or not at all.
    """
    numbers: dict[str, list[int]] = {}
    for number, ballot in enumerate(ballots):
        numbers.setdefault(ballot.round_id, []).append(number)
    cast = [False] * len(ballots)
    for round_id in sorted(numbers):
        own = [(number, ballots[number]) for number in numbers[round_id]]
        for number in _cast_in(round_id, own, at):
            cast[number] = True
    return cast


def _cast_in(round_id: str, ballots: Sequence[tuple[int, Ballot]], at: datetime) -> list[int]:
    known = _known.get(round_id)
    if known is not None:
        numbers = _store(known, ballots, at)
        if numbers is not None:
            return numbers
    known = _look_up(round_id)
    return (_store(known, ballots, at) or []) if known else []


def _look_up(round_id: str) -> _Known | None:
    """Ask for rights anew; the version is read first, so that what changes meanwhile is noticed."""
    _known.pop(round_id, None)
    with connection.cursor() as cursor:
        cursor.execute(VERSION, {"round_id": round_id})
        row = cursor.fetchone()
    try:
        found = get_round_for_reader(round_id, AnonymousUser(), Permission.SPEAK)
    except (Http404, PermissionDenied):
        return None
    if row is None:
        return None
    if len(_known) >= MOST_KNOWN:
        _known.clear()
    _known[round_id] = _Known(found, row[0])
    return _known[round_id]


def _store(known: _Known, ballots: Sequence[tuple[int, Ballot]], at: datetime) -> list[int] | None:
    """Store and log what can be; None where what we know of the round no longer holds."""
    dialogue = known.round.dialogue
    sent = [
        (number, hash_of(secret), ballot)
        for number, ballot in ballots
        if (secret := secret_in(dialogue, ballot.cookies))
    ]
    if not sent:
        return []
    if not rules.is_open(known.round, at):
        return None
    facts: dict[str, Any] = {
        "round_id": known.round.public_id,
        "version": known.version,
        "dialogue": dialogue.pk,
        "round": known.round.pk,
        "at": at,
        "numbers": [number for number, _, _ in sent],
        "secrets": [secret for _, secret, _ in sent],
        "statements": [ballot.statement_id for _, _, ballot in sent],
        "answers": [int(ballot.value) for _, _, ballot in sent],
        "important": [ballot.is_important for _, _, ballot in sent],
    }
    with connection.cursor() as cursor:
        cursor.execute(CAST, facts)
        is_as_known, numbers = cursor.fetchone()
    return list(numbers) if is_as_known else None
