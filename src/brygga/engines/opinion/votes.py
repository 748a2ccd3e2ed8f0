"""Votes as a sparse matrix in one canonical order, so that the order they came in never matters."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

AGREE, PASS, DISAGREE = 1, 0, -1
KINDS = ("agree", "disagree", "pass")  # the last axis of every array of counts


@dataclass(frozen=True, eq=False)
class VoteMatrix:
    """P participants by S statements; one entry per pair that has a vote, by row and then column.

    participants (P,) and statements (S,) hold ascending ids. rows, columns and values (n,) are the
    entries; a value is 1 agree, 0 pass or -1 disagree. Every row has an entry, a column may have
    none.
    """

    participants: Ints
    statements: Ints
    rows: Ints
    columns: Ints
    values: Ints

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.participants), len(self.statements)

    @cached_property
    def kinds(self) -> Ints:
        """Return the index into KINDS of each entry (n,)."""
        kinds: Ints = np.array([2, 0, 1])[self.values]
        return kinds

    @cached_property
    def votes_per_participant(self) -> Ints:
        return np.bincount(self.rows, minlength=len(self.participants))

    @cached_property
    def totals(self) -> Ints:
        """Return the votes of every participant, counted per statement and kind (S, 3)."""
        everybody = np.zeros(len(self.participants), dtype=np.int64)
        totals: Ints = count_votes(self, everybody, 1)[0]
        return totals

    @cached_property
    def voted(self) -> Mask:
        """Tell which statements have any vote (S,)."""
        voted: Mask = self.totals.sum(axis=1) > 0
        return voted


@dataclass(frozen=True, eq=False)
class Marks:
    """Which statements shape nothing and are never singled out: (S,) each."""

    moderated_out: Mask
    meta: Mask

    @property
    def any(self) -> Mask:
        return self.moderated_out | self.meta


def vote_matrix(
    participants: ArrayLike,
    statements: ArrayLike,
    votes: ArrayLike,
    *,
    moments: ArrayLike | None = None,
    known_statements: Iterable[int] = (),
) -> VoteMatrix:
    """Order votes canonically, keeping the last one per participant and statement.

    The arrays (n,) are integers. moments (n,) says which vote is the last; without it the order of
    the arrays does. Contradicting votes of one moment give the most reserved one: pass, before
    disagree, before agree. known_statements get a column even if nobody voted on them. Raises
    ValueError for arrays of unequal length and for votes other than -1, 0 and 1.
    """
    people, topics, values = _whole(participants), _whole(statements), _whole(votes)
    if not len(people) == len(topics) == len(values):
        raise ValueError("participants, statements and votes must be equally long")
    if len(values) and (values.min() < DISAGREE or values.max() > AGREE):
        raise ValueError("a vote is -1, 0 or 1")
    known = np.array(sorted(known_statements), dtype=np.int64)
    participant_ids, rows = _codes(people)
    statement_ids, columns = _codes(np.concatenate((topics, known)))
    columns = columns[: len(topics)]
    pairs = rows * len(statement_ids) + columns
    order = _last_per_pair(pairs, values, None if moments is None else _whole(moments))
    return VoteMatrix(participant_ids, statement_ids, rows[order], columns[order], values[order])


def count_votes(matrix: VoteMatrix, labels: Ints, groups: int) -> Ints:
    """Count votes per group, statement and kind (groups, S, 3); labels (P,) below 0 are left out.

    Counts of disjoint parts of the participants add up to the counts of all of them.
    """
    _, width = matrix.shape
    label = labels[matrix.rows]
    inside = label >= 0
    cells = (label * width + matrix.columns) * len(KINDS) + matrix.kinds
    counts = np.bincount(cells[inside], minlength=groups * width * len(KINDS))
    return counts.reshape(groups, width, len(KINDS))


def _whole(numbers: ArrayLike) -> Ints:
    array = np.asarray(numbers)
    if array.size and array.dtype.kind not in "iu":
        raise ValueError("ids, votes and moments are whole numbers")
    return array.astype(np.int64, copy=False)


def _codes(ids: Ints) -> tuple[Ints, Ints]:
    """Return the distinct ids in ascending order, and each id's place among them."""
    if not len(ids):
        return ids, ids
    lowest = int(ids.min())
    span = int(ids.max()) - lowest + 1
    if span > 4 * len(ids) + 65_536:
        unique, codes = np.unique(ids, return_inverse=True)
        return unique, codes
    seen = np.zeros(span, dtype=bool)  # a table is many times faster than sorting
    seen[ids - lowest] = True
    places = np.cumsum(seen) - 1
    return np.flatnonzero(seen) + lowest, places[ids - lowest]


def _last_per_pair(pairs: Ints, values: Ints, moments: Ints | None) -> Ints:
    """Return where the last vote of each pair stands, in the order of the pairs."""
    order = np.argsort(pairs, kind="stable")
    ordered = pairs[order]
    again = ordered[1:] == ordered[:-1]
    if not again.any():
        return order
    if moments is not None:
        reserve = np.array([2, 0, 1])[values]  # pass 2, disagree 1, agree 0
        order = np.lexsort((reserve, moments, pairs))
    last: Ints = order[np.append(~again, True)]
    return last
