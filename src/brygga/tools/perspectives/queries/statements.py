"""Statements as the team sees them."""

from django.db.models import Count, QuerySet
from django.http import Http404

from brygga.dialogues.models import Dialogue
from brygga.tools.perspectives.models import Statement, StatementRound


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
