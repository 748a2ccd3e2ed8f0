"""Outlines cut into shared borders, so that neighbours stay neighbours when borders lose detail."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import dist

Point = tuple[float, float]
Border = tuple[Point, ...]


@dataclass(frozen=True)
class Topology:
    """Borders, and per code its rings of border numbers; `~n` is border n walked backwards."""

    borders: list[Border]
    rings: dict[str, list[list[int]]]

    def walk(self, ring: list[int]) -> list[Point]:
        """Put a ring together again, its first point not repeated."""
        return [
            point
            for number in ring
            for point in (self.borders[number] if number >= 0 else self.borders[~number][::-1])[:-1]
        ]

    def owners(self) -> dict[int, set[str]]:
        """Tell whose border each one is: two codes inland, one along the coast."""
        owners: dict[int, set[str]] = defaultdict(set)
        for code, rings in self.rings.items():
            for number in (number for ring in rings for number in ring):
                owners[max(number, ~number)].add(code)
        return owners


def build_topology(outlines: dict[str, list[list[Point]]]) -> Topology:
    """Cut closed rings (first point not repeated) where three borders meet."""
    meeting = _meeting_points(ring for rings in outlines.values() for ring in rings)
    numbers: dict[Border, int] = {}
    rings = {
        code: [[_number(border, numbers) for border in _cut(ring, meeting)] for ring in outline]
        for code, outline in outlines.items()
    }
    return Topology(list(numbers), rings)


def _meeting_points(rings: Iterable[list[Point]]) -> set[Point]:
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for here, there in pairwise([*ring, ring[0]]):
            neighbours[here].add(there)
            neighbours[there].add(here)
    return {point for point, others in neighbours.items() if len(others) > 2}


def _cut(ring: list[Point], meeting: set[Point]) -> Iterator[Border]:
    """Give the borders of one ring; one without a meeting point begins at its smallest point."""
    cuts = [place for place, point in enumerate(ring) if point in meeting]
    start = cuts[0] if cuts else ring.index(min(ring))
    turned = (*ring[start:], *ring[:start], ring[start])
    places = [place for place, point in enumerate(turned) if point in meeting]
    for begin, end in pairwise(places or [0, len(ring)]):
        yield turned[begin : end + 1]


def _number(border: Border, numbers: dict[Border, int]) -> int:
    if border[::-1] in numbers:
        return ~numbers[border[::-1]]
    return numbers.setdefault(border, len(numbers))


def simplify(border: Border, least: float) -> list[int]:
    """Tell which points to keep: those whose triangle is at least `least`, and three of a
    closed one.

    M. Visvalingam and J. D. Whyatt, Line generalisation by repeated elimination of points (1993).
    """
    before = list(range(-1, len(border) - 1))
    after = list(range(1, len(border) + 1))
    keep = set(range(len(border)))
    fewest = 4 if border[0] == border[-1] else 2

    def weight(place: int) -> float:
        return abs(area([border[before[place]], border[place], border[after[place]]]))

    current = {place: weight(place) for place in range(1, len(border) - 1)}
    queue = [(size, place) for place, size in current.items()]
    heapq.heapify(queue)
    while queue and queue[0][0] < least and len(keep) > fewest:
        size, place = heapq.heappop(queue)
        if place not in keep or size != current[place]:
            continue
        keep.remove(place)
        after[before[place]], before[after[place]] = after[place], before[place]
        for neighbour in {before[place], after[place]} & current.keys():
            current[neighbour] = max(size, weight(neighbour))
            heapq.heappush(queue, (current[neighbour], neighbour))
    return sorted(keep)


def dissolve(topology: Topology, codes: Iterable[str]) -> list[list[int]]:
    """Join outlines: link into rings the borders that only one of `codes` has."""
    walks = [number for code in codes for ring in topology.rings[code] for number in ring]
    uses = Counter(max(number, ~number) for number in walks)
    starts: dict[Point, list[int]] = defaultdict(list)
    for number in sorted(walks, reverse=True):
        if uses[max(number, ~number)] == 1:
            starts[_start(topology, number)].append(number)
    return list(_loops(topology, starts))


def _loops(topology: Topology, starts: dict[Point, list[int]]) -> Iterator[list[int]]:
    """Walk the borders; a ring is closed as soon as a point is met again."""
    path: list[int] = []
    visited: list[Point] = []
    while starts:
        here = _start(topology, ~path[-1]) if path else min(starts)
        visited.append(here)
        path.append(starts[here].pop())
        if not starts[here]:
            del starts[here]
        end = _start(topology, ~path[-1])
        if end in visited:
            begin = visited.index(end)
            yield path[begin:]
            del path[begin:], visited[begin:]


def _start(topology: Topology, number: int) -> Point:
    return topology.borders[number][0] if number >= 0 else topology.borders[~number][-1]


def close_gap(topology: Topology, gap: list[int]) -> None:
    """Give the hole inside the ring `gap` to the owner of its longest border.

    Where the hole is a hairline, that border runs along all the others.
    """
    owners = topology.owners()
    beside = [min(owners[max(number, ~number)]) for number in gap]
    single = [place for place, code in enumerate(beside) if beside.count(code) == 1]
    place = max(single, key=lambda at: _length(topology.borders[max(gap[at], ~gap[at])]))
    around = [~number for number in reversed(gap[place + 1 :] + gap[:place])]
    detour = {gap[place]: around, ~gap[place]: [~number for number in reversed(around)]}
    for ring in topology.rings[beside[place]]:
        ring[:] = [step for number in ring for step in detour.get(number, [number])]


def _length(border: Border) -> float:
    return sum(dist(*leg) for leg in pairwise(border))


def area(ring: Iterable[Point]) -> float:
    """Signed area by the shoelace formula, positive against the clock in a right-handed system."""
    points = list(ring)
    return sum(x * v - u * y for (x, y), (u, v) in pairwise([*points, points[0]])) / 2


def crossings(ring: list[Point]) -> list[tuple[int, int]]:
    """List the pairs of sides of a closed ring that cross each other; touching is fine."""
    sides = list(pairwise([*ring, ring[0]]))
    return [
        (first, second)
        for first in range(len(sides))
        for second in range(first + 2, len(sides))
        if _cross(*sides[first], *sides[second])
    ]


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    return area([a, b, c]) * area([a, b, d]) < 0 and area([c, d, a]) * area([c, d, b]) < 0
