"""What lies between two islands: bridges that unite them, straits that divide."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from brygga.core.ui.charts.chart_data import Crossing
from brygga.core.ui.charts.numbers import px, share_text
from brygga.core.ui.charts.sea import Island, Sea
from brygga.core.ui.charts.spans import Span, find_span, shore

BESIDE = 42  # pixels between two bridges that join the same islands
WAVE = "q6 -6 12 0t12 0 12 0 12 0 12 0 12 0 12 0 12 0"
BADGE_PLACES = (0.5, 0.36, 0.64, 0.27, 0.73)
BADGE_ROOM = 30  # pixels between the middles of two numbers


def draw_bridges(sea: Sea, bridges: Sequence[Crossing], first: int) -> SafeString:
    """Draw the decks first and the numbers above them all, since bridges may cross."""
    taken: list[tuple[float, float]] = []
    decks, signs = [], []
    for a, b, crossing, offset, number in _between(sea, bridges, first):
        span = find_span(sea, a, b, offset)
        places = [span.at(part) for part in BADGE_PLACES]
        badge = next((place for place in places if _is_free(place, taken)), places[0])
        taken.append(badge)
        decks.append(_deck(span))
        signs.append(_sign(span, _shares(a, crossing), badge, offset, number))
    return SafeString("".join([*decks, *signs]))


def _is_free(place: tuple[float, float], taken: Sequence[tuple[float, float]]) -> bool:
    return all(math.dist(place, other) >= BADGE_ROOM for other in taken)


def _shares(a: Island, crossing: Crossing) -> tuple[int, int]:
    """The two shares, the first one for island `a`."""
    shares = (crossing.share_a, crossing.share_b)
    return shares if a.letter == crossing.a else (shares[1], shares[0])


def draw_straits(sea: Sea, straits: Sequence[Crossing], first: int) -> SafeString:
    drawn = [
        _strait(a, b, crossing, offset, number)
        for a, b, crossing, offset, number in _between(sea, straits, first)
    ]
    return SafeString("".join(drawn))


def _between(
    sea: Sea, crossings: Sequence[Crossing], first: int
) -> Iterator[tuple[Island, Island, Crossing, float, int]]:
    """Give each crossing its islands, its number and its place beside the others."""
    pairs: dict[frozenset[str], list[int]] = defaultdict(list)
    for index, crossing in enumerate(crossings):
        pairs[frozenset((crossing.a, crossing.b))].append(index)
    for index, crossing in enumerate(crossings):
        a, b = sea.island(crossing.a), sea.island(crossing.b)
        if a is None or b is None or a is b:
            continue
        same = pairs[frozenset((crossing.a, crossing.b))]
        offset = (same.index(index) - (len(same) - 1) / 2) * BESIDE
        yield a, b, crossing, offset, first + index


def _deck(span: Span) -> SafeString:
    return format_html(
        '<g class="bridge"><path class="bridge-edge" d="{0}"/><path class="bridge-gap" d="{0}"/>'
        '<path class="bridge-deck" d="{0}"/></g>',
        span.path,
    )


def _sign(
    span: Span, shares: tuple[int, int], badge: tuple[float, float], offset: float, number: int
) -> SafeString:
    x, y = badge
    return format_html(
        '<g class="bridge">{}{}<circle cx="{}" cy="{}" r="12"/><text x="{}" y="{}">{}</text></g>',
        _share(span, 0.2, offset, shares[0]),
        _share(span, 0.8, offset, shares[1]),
        px(x),
        px(y),
        px(x),
        px(y + 5),
        number,
    )


def _share(span: Span, part: float, offset: float, share: int) -> SafeString:
    """Write a share on the side away from the neighbouring bridge, else above or to the right."""
    x, y = span.at(part)
    dx, dy = span.end[0] - span.start[0], span.end[1] - span.start[1]
    length = math.hypot(dx, dy) or 1.0
    aside_x, aside_y = -dy / length, dx / length
    is_below = aside_y > 0.5 or (abs(aside_y) <= 0.5 and aside_x < 0)
    if offset < 0 or (offset == 0 and is_below):
        aside_x, aside_y = -aside_x, -aside_y
    return format_html(
        '<text class="share" x="{}" y="{}">{}</text>',
        px(x + aside_x * (18 + 8 * abs(aside_x))),
        px(y + aside_y * 16 + 5),
        share_text(share),
    )


def _strait(a: Island, b: Island, crossing: Crossing, offset: float, number: int) -> SafeString:
    bearing = math.atan2(b.y - a.y, b.x - a.x)
    start, end = shore(a, bearing, offset, 0), shore(b, bearing + math.pi, -offset, 0)
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    share_a, share_b = _shares(a, crossing)
    turn = math.degrees(bearing) + 90
    beside = (11 + math.dist(start, end) / 2) / 2  # between the number and the coast
    return format_html(
        '<g class="strait"><g transform="translate({0} {1}) rotate({2})">'
        '<path d="M-48 -8{3}M-48 0{3}M-48 8{3}"/></g>'
        '<text class="share" x="{4}" y="{5}">{6}</text>'
        '<text class="share" x="{7}" y="{8}">{9}</text>'
        '<rect x="{10}" y="{11}" width="22" height="22"/>'
        '<text x="{0}" y="{12}">{13}</text></g>',
        px(x),
        px(y),
        px(turn),
        WAVE,
        px(x - beside * math.cos(bearing)),
        px(y - beside * math.sin(bearing) + 5),
        share_text(share_a),
        px(x + beside * math.cos(bearing)),
        px(y + beside * math.sin(bearing) + 5),
        share_text(share_b),
        px(x - 11),
        px(y - 11),
        px(y + 5),
        number,
    )
