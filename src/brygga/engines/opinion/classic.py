"""The reference method: the mathematics of Polis, made deterministic."""

import numpy as np

from brygga.engines.opinion.grouping import Grouping, find_groups
from brygga.engines.opinion.projection import Projection, project
from brygga.engines.opinion.result import (
    UNGROUPED,
    Group,
    OpinionMap,
    Participants,
    Shortage,
    Statements,
)
from brygga.engines.opinion.routing import priorities
from brygga.engines.opinion.selection import consensus, representative
from brygga.engines.opinion.statistics import (
    division,
    group_informed_consensus,
    group_statistics,
    support,
)
from brygga.engines.opinion.votes import Floats, Ints, Marks, Mask, VoteMatrix, count_votes

METHOD, VERSION = "classic", "1"
VOTES_NEEDED = 7  # by a participant to be grouped, or all statements if there are fewer
TOPPED_UP_TO = 15  # participants, with those who voted most, when fewer have voted enough
PARTICIPANTS_NEEDED = 7  # for groups to be formed at all


def classic_map(matrix: VoteMatrix, marks: Marks) -> OpinionMap:
    """Compute the map; the columns of marked statements count as a pass that everybody gave."""
    projection = project(matrix, marks.any)
    clustered = _clustered(matrix)
    grouping, shortage = _grouping(projection, clustered)
    labels = np.full(len(clustered), UNGROUPED)
    if grouping is not None:
        labels[clustered] = grouping.labels
    counts = count_votes(matrix, labels, 0 if grouping is None else len(grouping.centres))
    participants = Participants(
        matrix.participants,
        projection.participants,
        matrix.votes_per_participant,
        clustered,
        labels,
    )
    in_conversation = count_votes(matrix, np.where(clustered, 0, -1), 1)[0]
    statements = _statements(matrix, projection, marks, counts, in_conversation)
    return OpinionMap(
        METHOD,
        VERSION,
        participants,
        statements,
        _groups(statements, grouping, counts),
        counts,
        consensus(statements.ids, support(statements.totals), statements.eligible),
        projection.variance,
        {} if grouping is None else grouping.silhouettes,
        shortage,
    )


def _clustered(matrix: VoteMatrix) -> Mask:
    """Tell who has voted enough (P,); ties in the topping up go by the votes themselves."""
    cast = matrix.votes_per_participant
    enough = cast >= min(VOTES_NEEDED, int(matrix.voted.sum()))
    missing = TOPPED_UP_TO - int(np.count_nonzero(enough))
    if missing > 0:
        ends = np.cumsum(cast)

        def rank(row: int) -> tuple[int, list[int], list[int], int]:
            own = slice(ends[row] - cast[row], ends[row])
            return -int(cast[row]), matrix.columns[own].tolist(), matrix.values[own].tolist(), row

        enough[sorted(np.flatnonzero(~enough).tolist(), key=rank)[:missing]] = True
    return enough


def _grouping(projection: Projection, clustered: Mask) -> tuple[Grouping | None, Shortage | None]:
    found = int(np.count_nonzero(clustered))
    if found < PARTICIPANTS_NEEDED:
        return None, Shortage("participants", PARTICIPANTS_NEEDED - found)
    grouping = find_groups(projection.participants[clustered])
    return grouping, None if grouping else Shortage("differences", 1)


def _statements(
    matrix: VoteMatrix, projection: Projection, marks: Marks, counts: Ints, in_conversation: Ints
) -> Statements:
    extremity: Floats = np.hypot(projection.statements[:, 0], projection.statements[:, 1])
    unknown = np.full(len(matrix.statements), np.nan)
    return Statements(
        ids=matrix.statements,
        moderated_out=marks.moderated_out,
        meta=marks.meta,
        totals=matrix.totals,
        means=projection.means,
        axes=projection.axes,
        positions=projection.statements,
        extremity=extremity,
        priority=priorities(in_conversation, extremity, marks.meta),
        group_informed_consensus=group_informed_consensus(counts) if len(counts) else unknown,
        division=division(counts) if len(counts) else unknown,
    )


def _groups(statements: Statements, grouping: Grouping | None, counts: Ints) -> tuple[Group, ...]:
    if grouping is None:
        return ()
    sizes, statistics = np.bincount(grouping.labels), group_statistics(counts)
    return tuple(
        Group(
            label,
            int(sizes[label]),
            (float(x), float(y)),
            representative(statements.ids, statistics, label, statements.eligible),
        )
        for label, (x, y) in enumerate(grouping.centres)
    )
