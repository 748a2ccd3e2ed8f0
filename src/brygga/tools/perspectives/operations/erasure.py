"""Answers leave the log by a decided rule or a person's right, and in no other way."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from brygga.core.audit.operations import record
from brygga.dialogues.models import Dialogue, Participant
from brygga.tools.perspectives.enums import PackageAccess
from brygga.tools.perspectives.models import (
    CurrentVote,
    ImportedVoter,
    OpinionMap,
    PackageGrant,
    Statement,
    StatementRound,
    VoteEvent,
)
from brygga.tools.perspectives.operations.maps import request_map

NOBODY = "–"
ERASED = "[…]"  # in any language: something stood here


@transaction.atomic
def withdraw_votes(*, participant: Participant) -> int:
    """Let a participant's answers count no more; the log keeps them as records."""
    rounds = set(
        StatementRound.objects.filter(votes__participant=participant).values_list("pk", flat=True)
    )
    count, _ = CurrentVote.objects.filter(participant=participant).delete()
    for statement_round in StatementRound.objects.filter(pk__in=rounds):
        request_map(statement_round=statement_round)
    return count


@transaction.atomic
def erase_votes(*, participant: Participant, at: datetime) -> int:
    """Remove a participant's votes, words and place on the maps; tell how many were current."""
    with erasing():
        VoteEvent.objects.filter(participant=participant).delete()
    count, _ = CurrentVote.objects.filter(participant=participant).delete()
    ImportedVoter.objects.filter(participant=participant).delete()
    _empty(Statement.objects.filter(contribution__participant=participant))
    for opinion_map in OpinionMap.objects.filter(
        round__dialogue=participant.dialogue_id, positions__contains=[[participant.pk]]
    ):
        opinion_map.positions = [row for row in opinion_map.positions if row[0] != participant.pk]
        opinion_map.save(update_fields=["positions"])
    record(action="perspectives.votes_erased", subject=participant, by=None, at=at)
    return count


def dispose(dialogue: Dialogue, at: datetime, most: int) -> dict[str, int]:
    """Dispose of up to `most` rows of each kind in the caller's transaction.

    What a published result says stays, with the wording of its statements.
    """
    events = VoteEvent.objects.filter(statement__round__dialogue=dialogue)
    with erasing():
        gone = {"vote_events": _delete(events, most)}
    gone["votes"] = _delete(CurrentVote.objects.filter(round__dialogue=dialogue), most)
    gone["imported_voters"] = _delete(ImportedVoter.objects.filter(round__dialogue=dialogue), most)
    gone["statements"] = _empty(_unpublished_voices(dialogue)[:most])
    maps = OpinionMap.objects.filter(round__dialogue=dialogue).exclude(positions=[])
    gone["positions"] = maps.update(positions=[])
    gone["grants"] = _end_grants(dialogue, at)
    return gone


def to_dispose(dialogue: Dialogue) -> dict[str, QuerySet[Any]]:
    rounds = StatementRound.objects.filter(dialogue=dialogue)
    return {
        "votes": CurrentVote.objects.filter(round__in=rounds),
        "vote_events": VoteEvent.objects.filter(statement__round__in=rounds),
        "statements": _unpublished_voices(dialogue),
    }


def _unpublished_voices(dialogue: Dialogue) -> QuerySet[Statement]:
    voices = Statement.objects.filter(round__dialogue=dialogue, contribution__isnull=False)
    return voices.exclude(round__maps__result__isnull=False).exclude(text=ERASED)


def _end_grants(dialogue: Dialogue, at: datetime) -> int:
    grants = PackageGrant.objects.filter(
        round__dialogue=dialogue, access=PackageAccess.REVIEWER
    ).exclude(reviewer_name=NOBODY)
    grants.filter(revoked_at=None).update(revoked_at=at)
    return grants.update(reviewer_name=NOBODY, secret_hash=NOBODY)


def _delete(rows: QuerySet[Any], most: int) -> int:
    some = list(rows.order_by("pk").values_list("pk", flat=True)[:most])
    return rows.filter(pk__in=some).delete()[0]


def _empty(statements: QuerySet[Statement]) -> int:
    some = list(statements.values_list("pk", flat=True))
    return Statement.objects.filter(pk__in=some).update(text=ERASED, state_reason="")


@contextmanager
def erasing() -> Iterator[None]:
    """Open the log of votes to removal, in this transaction and for this block only."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL brygga.erasing = 'on'")
        yield
        cursor.execute("SET LOCAL brygga.erasing = 'off'")
