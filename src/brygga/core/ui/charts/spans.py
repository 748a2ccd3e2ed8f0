"""The way across the water, from one coast to another."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from brygga.core.ui.charts.sea import Island, Sea

ARCHES = (8.0, -8.0, 50.0, -50.0, 100.0, -100.0, 160.0, -160.0, 220.0, -220.0)
CLEAR = 12.0  # pixels between a bridge and the islands that it passes


@dataclass(frozen=True)
class Span:
    """A curve from one coast to another: start, handle and end of a quadratic Bézier."""

    start: tuple[float, float]
    handle: tuple[float, float]
    end: tuple[float, float]

    def at(self, part: float) -> tuple[float, float]:
        rest = 1 - part
        first, second, third = rest * rest, 2 * rest * part, part * part
        return (
            first * self.start[0] + second * self.handle[0] + third * self.end[0],
            first * self.start[1] + second * self.handle[1] + third * self.end[1],
        )

    @property
    def path(self) -> str:
        (x0, y0), (x1, y1), (x2, y2) = self.start, self.handle, self.end
        return f"M{x0:.1f} {y0:.1f}Q{x1:.1f} {y1:.1f} {x2:.1f} {y2:.1f}"


def shore(island: Island, bearing: float, offset: float, outside: float) -> tuple[float, float]:
    """The point on the coast that lies `offset` to the side of the way to the other island."""
    turn = math.asin(max(-0.9, min(0.9, offset / island.reach(bearing))))
    reach = island.reach(bearing + turn) + outside
    return island.x + reach * math.cos(bearing + turn), island.y + reach * math.sin(bearing + turn)


def find_span(sea: Sea, a: Island, b: Island, offset: float) -> Span:
    bearing = math.atan2(b.y - a.y, b.x - a.x)
    start = shore(a, bearing, offset, -5)
    end = shore(b, bearing + math.pi, -offset, -5)
    aside = (-math.sin(bearing), math.cos(bearing))
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    spans = [
        Span(start, (middle[0] + arch * aside[0], middle[1] + arch * aside[1]), end)
        for arch in ARCHES
    ]
    others = [island for island in sea.islands if island not in (a, b)]
    return next((span for span in spans if _is_clear(span, others)), spans[0])


def _is_clear(span: Span, islands: Sequence[Island]) -> bool:
    for step in range(1, 20):
        x, y = span.at(step / 20)
        for island in islands:
            dx, dy = x - island.x, y - island.y
            if math.hypot(dx, dy) < island.reach(math.atan2(dy, dx)) + CLEAR:
                return False
    return True
