"""Casting what many people send at the same moment: one commit for all of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404

from brygga.dialogues.models import Participant
from brygga.dialogues.queries.participants import hash_of, secret_in
from brygga.dialogues.rules import Permission
from brygga.tools.perspectives import rules
from brygga.tools.perspectives.enums import VoteValue
from brygga.tools.perspectives.models import Statement, StatementRound
from brygga.tools.perspectives.operations.votes import Row, store
from brygga.tools.perspectives.queries.rounds import get_round_for_reader


@dataclass(frozen=True)
class Ballot:
    """An answer as it came in from somebody without an account who takes part already."""

    round_id: str
    statement_id: str
    cookies: Mapping[str, str]
    value: VoteValue
    is_important: bool


@transaction.atomic
def cast_together(*, ballots: Sequence[Ballot], at: datetime) -> list[bool]:
    """Cast each as `cast_vote` does, or leave it; tells which of them were cast.

    Left is whatever needs more than that: a closed round, a hidden statement, somebody unknown, a
    second answer to the same statement. The ordinary page treats those, one by one.
    """
    numbers: dict[str, list[int]] = {}
    for number, ballot in enumerate(ballots):
        numbers.setdefault(ballot.round_id, []).append(number)
    cast = [False] * len(ballots)
    for round_id in sorted(numbers):
        statement_round = _open_round(round_id, at)
        if statement_round is not None:
            own = [(number, ballots[number]) for number in numbers[round_id]]
            for number in _cast_in(statement_round, own, at):
                cast[number] = True
    return cast


def _open_round(round_id: str, at: datetime) -> StatementRound | None:
    try:
        found = get_round_for_reader(round_id, AnonymousUser(), Permission.SPEAK)
    except (Http404, PermissionDenied):
        return None
    return found if rules.is_open(found, at) else None


def _cast_in(
    statement_round: StatementRound, ballots: Iterable[tuple[int, Ballot]], at: datetime
) -> list[int]:
    dialogue = statement_round.dialogue
    sent = [
        (number, hash_of(secret), ballot)
        for number, ballot in ballots
        if (secret := secret_in(dialogue, ballot.cookies))
    ]
    people = dict(
        Participant.objects.filter(
            dialogue=dialogue, secret_hash__in={secret for _, secret, _ in sent}
        ).values_list("secret_hash", "pk")
    )
    statements = dict(
        Statement.objects.visible()
        .filter(round=statement_round, public_id__in={ballot.statement_id for _, _, ballot in sent})
        .values_list("public_id", "pk")
    )
    rows: dict[tuple[int, int], tuple[int, Row]] = {}
    for number, secret, ballot in sent:
        person, statement = people.get(secret), statements.get(ballot.statement_id)
        if person and statement:
            row = Row(statement, person, ballot.value, ballot.is_important)
            rows.setdefault((person, statement), (number, row))
    # Everybody locks in the same order, so that no two batches wait for each other.
    in_order = [rows[pair] for pair in sorted(rows)]
    store(statement_round.pk, [row for _, row in in_order], at=at)
    return [number for number, _ in in_order]
