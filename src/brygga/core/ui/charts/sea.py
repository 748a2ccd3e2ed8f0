"""Where the islands lie: in the order of the map, far enough apart for what crosses between."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from brygga.core.ui.charts.chart_data import Crossing, Group
from brygga.core.ui.charts.coast import ANGLES, coast_radii
from brygga.core.ui.charts.pebbles import Fit, fit, spread, thin_out

Points = NDArray[np.float64]
PEBBLES = 420  # at most, in the whole picture
EDGE = 34  # pixels kept free around the islands, for their shallows
ROUNDS = 150
ROOMY = 500  # a picture at least this wide has large letters and long bridges
WIDE_LETTER = (25.0, 30.0)  # half axes of the clearing for the letter and the count
NARROW_LETTER = (18.0, 22.0)


@dataclass
class Island:
    number: int
    letter: str
    size: int
    pebbles: Points
    origins: Points  # the pebbles' places in the map's own plane
    radii: NDArray[np.float64]
    to_local: Fit
    x: float = 0.0
    y: float = 0.0

    def coast(self, outside: float) -> Points:
        reach = self.radii + outside
        return np.column_stack([self.x + reach * np.cos(ANGLES), self.y + reach * np.sin(ANGLES)])

    def reach(self, bearing: float) -> float:
        """The distance from the centre to the coast in one direction (radians)."""
        return float(
            np.interp(bearing % (2 * math.pi), [*ANGLES, 2 * math.pi], [*self.radii, self.radii[0]])
        )

    def placed_pebbles(self) -> Points:
        placed: Points = self.pebbles + np.array([self.x, self.y])
        return placed

    def find_pebble(self, x: float, y: float) -> tuple[float, float] | None:
        """Where the pebble lies that stands for a place in the map's own plane."""
        if not len(self.origins):
            return None
        nearest = int(np.argmin(np.hypot(*(self.origins - np.array([x, y])).T)))
        return self.x + float(self.pebbles[nearest, 0]), self.y + float(self.pebbles[nearest, 1])


@dataclass(frozen=True)
class Sea:
    width: int
    height: int
    islands: list[Island]
    people_per_pebble: int

    @property
    def is_roomy(self) -> bool:
        return self.width > ROOMY

    def island(self, letter: str) -> Island | None:
        return next((island for island in self.islands if island.letter == letter), None)

    def pebble_radius(self, island: Island) -> float:
        return pebble_radius(len(island.pebbles), island.to_local.radius)


def pebble_radius(count: int, radius: float) -> float:
    return min(5.0, max(1.6, 0.55 * radius / math.sqrt(max(count, 1))))


def lay_out(groups: Sequence[Group], crossings: Sequence[Crossing], width: int) -> Sea:
    """Place every island in a sea of the given width and whatever height that takes."""
    frozen = tuple(
        Group(group.letter, group.size, tuple((float(x), float(y)) for x, y in group.points))
        for group in groups
    )
    linked = frozenset(frozenset((crossing.a, crossing.b)) for crossing in crossings)
    return _lay_out(frozen, linked, width)


@lru_cache(maxsize=32)  # the same map is shown to many; nothing writes to a sea once it is laid
def _lay_out(groups: tuple[Group, ...], linked: frozenset[frozenset[str]], width: int) -> Sea:
    people = sum(group.size for group in groups) or 1
    per_pebble = max(1, math.ceil(people / PEBBLES))
    clearing = WIDE_LETTER if width > ROOMY else NARROW_LETTER
    islands = [
        _raise_island(
            number, group, _radius(group, people, len(groups), width), per_pebble, clearing
        )
        for number, group in enumerate(groups, 1)
    ]
    middles = _start(groups, islands, width)
    height = _push_apart(islands, middles, linked, width)
    return Sea(width, height, islands, per_pebble)


def _radius(group: Group, people: int, count: int, width: int) -> float:
    """The area follows the number of people, within what can be drawn and read."""
    whole = min(width * 0.27, 215) if count > 1 else min(width * 0.33, 190)
    return max(52.0 if width > ROOMY else 46.0, whole * math.sqrt(group.size / people))


def _raise_island(
    number: int, group: Group, radius: float, per_pebble: int, clearing: tuple[float, float]
) -> Island:
    points = np.array(group.points, dtype=np.float64).reshape(-1, 2)
    to_local = fit(points, radius)
    kept = thin_out(points, max(1, round(group.size / per_pebble)))
    size = pebble_radius(len(kept), radius)
    pebbles = spread(to_local(kept), size, radius, clearing) if len(kept) else kept
    radii = coast_radii(
        pebbles, size + 8, max(clearing[1] + 12, 0.62 * radius), f"{group.letter}{group.size}"
    )
    return Island((number - 1) % 6 + 1, group.letter, group.size, pebbles, kept, radii, to_local)


def _start(groups: Sequence[Group], islands: list[Island], width: int) -> Points:
    """The groups' own places, turned to lie along the longer side and scaled to the picture."""
    middles = np.array([island.to_local.centre for island in islands])
    middles -= middles.mean(axis=0)
    extent = np.ptp(middles, axis=0)
    wide = width > ROOMY
    if (extent[0] < extent[1]) == wide:
        middles = middles[:, ::-1]
        extent = extent[::-1]
    if len(groups) > 1 and not extent.any():
        turn = np.arange(len(groups)) * 2 * math.pi / len(groups)
        middles, extent = np.column_stack([np.cos(turn), np.sin(turn)]), np.array([2.0, 2.0])
    room = width - 2 * (max(float(island.radii.max()) for island in islands) + EDGE)
    longest = float(extent.max()) or 1.0
    return middles * ((room if wide else room * 2.2) / longest)


def _push_apart(
    islands: list[Island], middles: Points, linked: frozenset[frozenset[str]], width: int
) -> int:
    for island, (x, y) in zip(islands, middles, strict=True):
        island.x, island.y = width / 2 + float(x), float(y)
    for _ in range(ROUNDS):
        for first in range(len(islands)):
            for second in range(first + 1, len(islands)):
                _keep_distance(islands[first], islands[second], linked, width)
        for island in islands:
            low, high = _side_limits(island, width)
            island.x = min(max(island.x, low), high) if low < high else width / 2
    top = min(island.y + float((island.radii * np.sin(ANGLES)).min()) for island in islands)
    bottom = max(island.y + float((island.radii * np.sin(ANGLES)).max()) for island in islands)
    for island in islands:
        island.y += EDGE - top
    return math.ceil(bottom - top + 2 * EDGE)


def _side_limits(island: Island, width: int) -> tuple[float, float]:
    sideways = island.radii * np.cos(ANGLES)
    return EDGE - float(sideways.min()), width - EDGE - float(sideways.max())


def _keep_distance(a: Island, b: Island, linked: frozenset[frozenset[str]], width: int) -> None:
    """Push two islands apart that lie too near, and draw them together that lie far apart."""
    dx, dy = b.x - a.x, b.y - a.y
    distance = math.hypot(dx, dy) or 1.0
    if distance <= 1.0:
        dx, dy = 1.0, 0.0
    bearing = math.atan2(dy, dx)
    gap = (118 if width > ROOMY else 92) if frozenset((a.letter, b.letter)) in linked else 44
    need = a.reach(bearing) + b.reach(bearing + math.pi) + gap
    spare = need * 1.12 if gap > 44 else math.inf
    move = need - distance if distance < need else 0.04 * min(0.0, spare - distance)
    share = 0.5 * move / distance
    a.x, a.y = a.x - dx * share, a.y - dy * share
    b.x, b.y = b.x + dx * share, b.y + dy * share
