"""What waits to be read before others see it, and for whom."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, QuerySet
from django.http import Http404

from brygga.dialogues.models import Dialogue
from brygga.dialogues.queries import dialogues_for
from brygga.tools.perspectives.enums import StatementState
from brygga.tools.perspectives.models import Statement, StatementRound

TOLD_FROM = 5  # answers, from which an author is told how many there are


def queue(dialogue: Dialogue) -> QuerySet[Statement]:
    """List what waits in a dialogue, the oldest first."""
    return (
        Statement.objects.filter(round__dialogue=dialogue, state=StatementState.WAITING)
        .select_related("round", "contribution")
        .order_by("created_at", "pk")
    )


def waiting_for(user: AbstractBaseUser, *, at: datetime) -> list[tuple[Dialogue, int]]:
    """Give the dialogues in this person's workspace where something waits, and how much."""
    counts = dict(
        Statement.objects.filter(
            state=StatementState.WAITING, round__dialogue__in=dialogues_for(user, at=at)
        )
        .values_list("round__dialogue")
        .annotate(waiting=Count("pk"))
        .order_by("round__dialogue")
    )
    found = Dialogue.objects.in_bulk(counts)
    return [(found[key], counts[key]) for key in sorted(counts)]


def get_statement_of(dialogue: Dialogue, public_id: str) -> Statement:
    """Give any statement of a dialogue to its team; Http404 for all others."""
    found = (
        Statement.objects.filter(round__dialogue=dialogue, public_id=public_id)
        .select_related("round", "contribution")
        .first()
    )
    if found is None:
        raise Http404
    return found


def statements_of(statement_round: StatementRound) -> QuerySet[Statement]:
    """List all statements of a round with how many have answered each."""
    return (
        Statement.objects.filter(round=statement_round)
        .select_related("contribution")
        .annotate(answers=Count("votes"))
        .order_by("number")
    )
