"""Which votes count for which statement, when some statements say the same and are merged."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from brygga.dialogues.models import ContributionMerge
from brygga.tools.perspectives.models import CurrentVote, StatementRound

Counted = tuple[int, int, int, datetime]  # participant, statement number, value, when


def counted_votes(statement_round: StatementRound) -> Iterator[Counted]:
    """Give every participant's vote on each statement, once.

    A vote on a statement that was merged counts for the one that stands for it, unless the person
    has answered that one too: one's answer to the words themselves goes first, then the latest to
    words merged into them. The log of votes is never touched, so separating undoes it all.
    """
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


def _of_merged(rows: Iterable[Counted], stands_in: dict[int, int]) -> Iterator[Counted]:
    own: dict[tuple[int, int], Counted] = {}
    lent: dict[tuple[int, int], Counted] = {}
    for person, number, value, at in rows:
        kept = stands_in.get(number, number)
        (own if kept == number else lent)[(person, kept)] = (person, kept, value, at)
    yield from sorted((lent | own).values())


def _stands_in(statement_round: StatementRound) -> dict[int, int]:
    """Give the numbers of merged statements, each with that of the one that stands for it."""
    merges = ContributionMerge.objects.filter(
        undone_at=None,
        merged__statement__round=statement_round,
        kept__statement__round=statement_round,
    )
    return dict(merges.values_list("merged__statement__number", "kept__statement__number"))
