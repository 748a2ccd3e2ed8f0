"""The opinion map as a value: all that is shown, and the counts it can be checked against."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from brygga.engines.opinion.selection import Consensus, Finding
from brygga.engines.opinion.votes import Floats, Ints, Mask

UNGROUPED = -1


@dataclass(frozen=True, eq=False)
class Participants:
    """Everybody who voted, by id: positions (P, 2), votes cast (P,), group (P,) or UNGROUPED.

    clustered (P,) are those with votes enough to be grouped.
    """

    ids: Ints
    positions: Floats
    votes: Ints
    clustered: Mask
    groups: Ints


@dataclass(frozen=True, eq=False)
class Statements:
    """Every statement, by id; one row per statement, whether anybody voted on it or not.

    totals (S, 3) count all participants' votes: agree, disagree, pass. means, extremity (distance
    from the origin), priority (for the next draw), group_informed_consensus and division are (S,),
    axes and positions (S, 2). Without groups the last two are NaN.
    """

    ids: Ints
    moderated_out: Mask
    meta: Mask
    totals: Ints
    means: Floats
    axes: Floats
    positions: Floats
    extremity: Floats
    priority: Floats
    group_informed_consensus: Floats
    division: Floats

    @property
    def eligible(self) -> Mask:
        """Tell which statements may be singled out: voted on, not moderated out and not meta."""
        eligible: Mask = (self.totals.sum(axis=1) > 0) & ~self.moderated_out & ~self.meta
        return eligible

    def priorities(self) -> dict[int, float]:
        return dict(zip(self.ids.tolist(), self.priority.tolist(), strict=True))


@dataclass(frozen=True, eq=False)
class Group:
    """One group: its label, size, centre and the statements that tell it from the others."""

    label: int
    size: int
    centre: tuple[float, float]
    representative: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Shortage:
    """Why there are no groups, and how many more participants it takes at least.

    reason is "participants" if too few took part, or "differences" if all answered alike.
    """

    reason: str
    more_participants: int


@dataclass(frozen=True, eq=False)
class OpinionMap:
    """A map by a named method and version; groups is empty exactly when shortage is set.

    counts (k, S, 3) are the votes of each group per statement: agree, disagree, pass. variance (2,)
    is each axis's share; silhouettes tells how well every tried number of groups fits.
    """

    method: str
    version: str
    participants: Participants
    statements: Statements
    groups: tuple[Group, ...]
    counts: Ints
    consensus: Consensus
    variance: Floats
    silhouettes: Mapping[int, float]
    shortage: Shortage | None

    def bridging(self, most: int = 10) -> list[int]:
        """Return the statements that all groups agree on, most first (ties: lower id)."""
        return self._top(self.statements.group_informed_consensus, most)

    def dividing(self, most: int = 10) -> list[int]:
        """Return the statements that set two groups most apart (ties: lower id)."""
        return self._top(self.statements.division, most)

    def _top(self, score: Floats, most: int) -> list[int]:
        places = np.flatnonzero(self.statements.eligible) if self.groups else np.array([], int)
        first = places[np.argsort(-score[places], kind="stable")][:most]
        ids: list[int] = self.statements.ids[first].tolist()
        return ids
