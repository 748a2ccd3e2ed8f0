"""Which crossings lie side by side between the same two islands, and how far to the side."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from brygga.core.ui.charts.chart_data import Crossing
from brygga.core.ui.charts.sea import Island, Sea

BRIDGE = 42.0  # pixels of coast that a bridge takes, with its numbers
STRAIT = 48.0
COAST = 1.7  # how much of an island's half width can be crossed from


@dataclass(frozen=True)
class Lane:
    a: Island
    b: Island
    crossing: Crossing
    number: int
    is_bridge: bool
    offset: float = 0.0
    is_alone: bool = True

    @property
    def width(self) -> float:
        return BRIDGE if self.is_bridge else STRAIT


def assign_lanes(
    sea: Sea, bridges: Sequence[Crossing], straits: Sequence[Crossing]
) -> tuple[list[Lane], list[Lane]]:
    """Number all crossings and place those that fit; what does not fit is only listed."""
    numbered = [
        (crossing, number, number <= len(bridges))
        for number, crossing in enumerate([*bridges, *straits], 1)
    ]
    between: dict[frozenset[str], list[Lane]] = defaultdict(list)
    for crossing, number, is_bridge in numbered:
        a, b = sea.island(crossing.a), sea.island(crossing.b)
        if a is not None and b is not None and a is not b:
            between[frozenset((a.letter, b.letter))].append(Lane(a, b, crossing, number, is_bridge))
    placed = [lane for lanes in between.values() for lane in _side_by_side(lanes)]
    placed.sort(key=lambda lane: lane.number)
    return (
        [lane for lane in placed if lane.is_bridge],
        [lane for lane in placed if not lane.is_bridge],
    )


def _side_by_side(lanes: Sequence[Lane]) -> list[Lane]:
    kept = _those_that_fit(lanes)
    edge = -sum(lane.width for lane in kept) / 2
    placed = []
    for lane in sorted(kept, key=lambda lane: lane.number):
        # Whoever is named first, the sides of the pair stay the same.
        turn = 1 if lane.a.number <= lane.b.number else -1
        offset = turn * (edge + lane.width / 2)
        placed.append(
            Lane(lane.a, lane.b, lane.crossing, lane.number, lane.is_bridge, offset, len(kept) == 1)
        )
        edge += lane.width
    return placed


def _those_that_fit(lanes: Sequence[Lane]) -> list[Lane]:
    """Take bridges and straits by turns, so that neither crowds the other out."""
    bridges = [lane for lane in lanes if lane.is_bridge]
    straits = [lane for lane in lanes if not lane.is_bridge]
    by_turns = [lane for pair in zip_longest(bridges, straits) for lane in pair if lane is not None]
    a, b = lanes[0].a, lanes[0].b
    bearing = math.atan2(b.y - a.y, b.x - a.x)
    room = COAST * min(a.reach(bearing), b.reach(bearing + math.pi))
    kept: list[Lane] = []
    for lane in by_turns:
        if not kept or sum(one.width for one in kept) + lane.width <= room:
            kept.append(lane)
    return kept
