"""Which crossings lie side by side between the same two islands, and how far to the side."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from brygga.core.ui.charts.chart_data import Crossing
from brygga.core.ui.charts.sea import Island, Sea
from brygga.core.ui.charts.spans import shore

BRIDGE = 42.0  # pixels of coast that a bridge takes, with its numbers
STRAIT = 48.0
CLEAR = 20.0  # pixels from a strait's number to the next island
ASIDE = (0.0, 24.0, -24.0, 48.0, -48.0, 72.0, -72.0)  # the nearest that serves is taken
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
    placed = [lane for lanes in between.values() for lane in _side_by_side(lanes, sea)]
    placed.sort(key=lambda lane: lane.number)
    return (
        [lane for lane in placed if lane.is_bridge],
        [lane for lane in placed if not lane.is_bridge],
    )


def _side_by_side(lanes: Sequence[Lane], sea: Sea) -> list[Lane]:
    """Place a pair's lanes where most of them lie in open water, turned or moved if need be.

    A bridge can swing around an island in its way; a strait cannot, and is then only listed.
    """
    kept = sorted(_those_that_fit(lanes), key=lambda lane: lane.number)
    others = [island for island in sea.islands if island not in (lanes[0].a, lanes[0].b)]
    ways = [_in_order(order, aside) for aside in ASIDE for order in (kept, kept[::-1])]
    best = min(ways, key=lambda way: _lost(way, others))
    return [lane for lane in best if lane.is_bridge or not _is_on_land(lane, others)]


def _lost(way: Sequence[Lane], islands: Sequence[Island]) -> tuple[int, int]:
    """How many straits, and then how many bridges, would lie on somebody else's land."""
    on_land = [lane.is_bridge for lane in way if _is_on_land(lane, islands)]
    return on_land.count(False), on_land.count(True)


def _in_order(kept: Sequence[Lane], aside: float) -> list[Lane]:
    edge = aside - sum(lane.width for lane in kept) / 2
    placed = []
    for lane in kept:
        # Whoever is named first, the sides of the pair stay the same.
        turn = 1 if lane.a.number <= lane.b.number else -1
        offset = turn * (edge + lane.width / 2)
        placed.append(replace(lane, offset=offset, is_alone=len(kept) == 1))
        edge += lane.width
    return placed


def _is_on_land(lane: Lane, islands: Sequence[Island]) -> bool:
    (x0, y0), (x1, y1), _ = find_shores(lane)
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return any(
        math.hypot(x - island.x, y - island.y)
        < island.reach(math.atan2(y - island.y, x - island.x)) + CLEAR
        for island in islands
    )


def find_shores(lane: Lane) -> tuple[tuple[float, float], tuple[float, float], float]:
    """Give the two ends of a lane, and the bearing from the one to the other (radians)."""
    bearing = math.atan2(lane.b.y - lane.a.y, lane.b.x - lane.a.x)
    start = shore(lane.a, bearing, lane.offset, 0)
    end = shore(lane.b, bearing + math.pi, -lane.offset, 0)
    return start, end, bearing


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
