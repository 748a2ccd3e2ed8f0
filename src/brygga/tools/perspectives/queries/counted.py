"""Which votes count for which statement, when some statements say the same and are merged.

A vote on a statement that was merged counts for the one that stands for it, unless the person has
answered that one too: one's answer to the words themselves goes first, then the latest to words
merged into them. The log of votes is never touched, so separating undoes it all.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from brygga.dialogues.models import ContributionMerge, Dialogue, Participant
from brygga.tools.perspectives.models import CurrentVote, Statement, StatementRound

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

Counted = tuple[int, int, int, datetime]  # participant, statement, value, when
SAME_ROUND = Q(kept__statement__round=F("merged__statement__round"))
IN_FORCE = ContributionMerge.objects.filter(SAME_ROUND, undone_at=None)
STANDS_IN = Subquery(
    IN_FORCE.filter(merged__statement=OuterRef("statement")).values("kept__statement")[:1]
)


class CountsFor(TypedDict):
    counts_for: int
    is_lent: int


def counted_votes(statement_round: StatementRound) -> Iterator[Counted]:
    """Give every participant's vote on each statement, by its number, once."""
    stands_in = _stands_in(statement_round)
    rows = CurrentVote.objects.filter(round=statement_round).values_list(
        "participant", "statement__number", "value", "at"
    )
    if not stands_in:
        yield from rows.iterator(chunk_size=20_000)
        return
    touched = {*stands_in, *stands_in.values()}
    yield from rows.exclude(statement__number__in=touched).iterator(chunk_size=20_000)
    yield from _of_merged(
        rows.filter(statement__number__in=touched).order_by("at", "pk"), stands_in
    )


def answers_to(statements: Sequence[Statement]) -> dict[int, Counter[int]]:
    """Count the answers to some statements, by the key of each and by value."""
    keys = [statement.pk for statement in statements]
    merges = IN_FORCE.filter(Q(kept__statement__in=keys) | Q(merged__statement__in=keys))
    stands_in = dict(merges.values_list("merged__statement", "kept__statement"))
    touched = {*stands_in, *stands_in.values()}
    counts: dict[int, Counter[int]] = {key: Counter() for key in keys}
    plain = CurrentVote.objects.filter(statement__in=set(keys) - touched)
    for key, value, count in plain.values_list("statement", "value").annotate(count=Count("pk")):
        counts[key][value] = count
    if touched:
        rows = CurrentVote.objects.filter(statement__in=touched).order_by("at", "pk")
        for _, key, value, _ in _of_merged(
            rows.values_list("participant", "statement", "value", "at"), stands_in
        ):
            if key in counts:
                counts[key][value] += 1
    return counts


def votes_that_count(
    participant: Participant | None,
) -> "QuerySet[WithAnnotations[CurrentVote, CountsFor]]":
    """List one person's votes with the key of the statement that each counts for.

    Where several count for the same, the first of them is the one that does: see the order.
    """
    return (
        CurrentVote.objects.filter(participant=participant)
        .annotate(
            counts_for=Coalesce(STANDS_IN, "statement_id", output_field=IntegerField()),
        )
        .annotate(
            is_lent=Case(
                When(counts_for=F("statement_id"), then=0), default=1, output_field=IntegerField()
            )
        )
        .order_by("is_lent", "-at", "-pk")
    )


def answered_twice(dialogue: Dialogue) -> int:
    """Count the votes of a dialogue that do not count, as another by the same person does."""
    stands_in = dict(
        IN_FORCE.filter(merged__dialogue=dialogue).values_list(
            "merged__statement", "kept__statement"
        )
    )
    if not stands_in:
        return 0
    touched = {*stands_in, *stands_in.values()}
    rows = list(
        CurrentVote.objects.filter(statement__in=touched)
        .order_by("at", "pk")
        .values_list("participant", "statement", "value", "at")
    )
    return len(rows) - sum(1 for _ in _of_merged(rows, stands_in))


def answers_go_on_counting(merged: Statement) -> bool:
    """Tell whether votes on a merged statement count for a statement in its stead, if any are."""
    stands = IN_FORCE.filter(merged__statement=merged).exists()
    return stands or not CurrentVote.objects.filter(statement=merged).exists()


def _of_merged(rows: Iterable[Counted], stands_in: dict[int, int]) -> Iterator[Counted]:
    own: dict[tuple[int, int], Counted] = {}
    lent: dict[tuple[int, int], Counted] = {}
    for person, number, value, at in rows:
        kept = stands_in.get(number, number)
        (own if kept == number else lent)[(person, kept)] = (person, kept, value, at)
    yield from sorted((lent | own).values())


def _stands_in(statement_round: StatementRound) -> dict[int, int]:
    """Give the numbers of merged statements, each with that of the one that stands for it."""
    merges = IN_FORCE.filter(merged__statement__round=statement_round)
    return dict(merges.values_list("merged__statement__number", "kept__statement__number"))
