"""Statements as the team sees them."""

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import Http404

from brygga.dialogues.models import Dialogue
from brygga.tools.perspectives.models import Statement, StatementRound
from brygga.tools.perspectives.queries.counted import answers_to


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
    return (
        Statement.objects.filter(round=statement_round)
        .select_related("contribution")
        .order_by("number")
    )


def with_answers(page: Page[Statement]) -> Page[Statement]:
    """Tell each statement of a page how many answers count for it."""
    statements = page.object_list = list(page.object_list)
    counts = answers_to(statements)
    for statement in statements:
        statement.answers = counts[statement.pk].total()
    return page
