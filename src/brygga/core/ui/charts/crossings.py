"""What lies between two islands: bridges that unite them, straits that divide."""

import math
from collections import defaultdict
from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from brygga.core.ui.charts.lanes import Lane, find_shores
from brygga.core.ui.charts.numbers import px, share_text
from brygga.core.ui.charts.sea import Sea
from brygga.core.ui.charts.spans import Span, find_span

BADGE_PLACES = (0.5, 0.36, 0.64, 0.27, 0.73)
BADGE_ROOM = 30  # pixels between the middles of two numbers


def draw_bridges(sea: Sea, lanes: Sequence[Lane]) -> SafeString:
    """Draw the decks first and the numbers above them all, since bridges may cross."""
    taken: list[tuple[float, float]] = []
    decks, signs = [], []
    for lane in lanes:
        span = find_span(sea, lane.a, lane.b, lane.offset)
        places = [span.at(part) for part in BADGE_PLACES]
        badge = next((place for place in places if _is_free(place, taken)), places[0])
        taken.append(badge)
        decks.append(_deck(span))
        signs.append(_sign(span, lane, badge))
    return SafeString("".join([*decks, *signs]))


def _is_free(place: tuple[float, float], taken: Sequence[tuple[float, float]]) -> bool:
    return all(math.dist(place, other) >= BADGE_ROOM for other in taken)


def draw_straits(lanes: Sequence[Lane]) -> SafeString:
    """Draw one running water for all straits of a pair, and their numbers upon it."""
    pairs: dict[frozenset[str], list[Lane]] = defaultdict(list)
    for lane in lanes:
        pairs[frozenset((lane.a.letter, lane.b.letter))].append(lane)
    waters = [_water(together) for together in pairs.values()]
    return SafeString("".join([*waters, *(_strait(lane) for lane in lanes)]))


def _deck(span: Span) -> SafeString:
    return format_html(
        '<g class="bridge"><path class="bridge-edge" d="{0}"/><path class="bridge-gap" d="{0}"/>'
        '<path class="bridge-deck" d="{0}"/></g>',
        span.path,
    )


def _sign(span: Span, lane: Lane, badge: tuple[float, float]) -> SafeString:
    x, y = badge
    return format_html(
        '<g class="bridge">{}{}<circle cx="{}" cy="{}" r="12"/><text x="{}" y="{}">{}</text></g>',
        _share(span, 0.2, lane.offset, lane.crossing.share_a),
        _share(span, 0.8, lane.offset, lane.crossing.share_b),
        px(x),
        px(y),
        px(x),
        px(y + 5),
        lane.number,
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


def _middle(lane: Lane) -> tuple[float, float]:
    start, end, _ = find_shores(lane)
    return (start[0] + end[0]) / 2, (start[1] + end[1]) / 2


def _water(lanes: Sequence[Lane]) -> SafeString:
    """Three lines of running water, from before the first number to after the last."""
    (x0, y0), (x1, y1) = _middle(lanes[0]), _middle(lanes[-1])
    across = find_shores(lanes[0])[2] + math.pi / 2
    turn = math.atan2(y1 - y0, x1 - x0) if len(lanes) > 1 else across
    beyond = 42 if lanes[0].is_alone or len(lanes) > 1 else 26
    waves = max(2, round((math.hypot(x1 - x0, y1 - y0) + 2 * beyond) / 12))
    line = "q6 -6 12 0" + "t12 0" * (waves - 1)
    return format_html(
        '<g class="strait" transform="translate({} {}) rotate({})"><path d="{}"/></g>',
        px((x0 + x1) / 2),
        px((y0 + y1) / 2),
        px(math.degrees(turn)),
        "".join(f"M{-6 * waves} {y}{line}" for y in (-8, 0, 8)),
    )


def _strait(lane: Lane) -> SafeString:
    start, end, bearing = find_shores(lane)
    x, y = _middle(lane)
    beside = (11 + math.dist(start, end) / 2) / 2  # between the number and the coast
    return format_html(
        '<g class="strait"><text class="share" x="{}" y="{}">{}</text>'
        '<text class="share" x="{}" y="{}">{}</text>'
        '<rect x="{}" y="{}" width="22" height="22"/><text x="{}" y="{}">{}</text></g>',
        px(x - beside * math.cos(bearing)),
        px(y - beside * math.sin(bearing) + 5),
        share_text(lane.crossing.share_a),
        px(x + beside * math.cos(bearing)),
        px(y + beside * math.sin(bearing) + 5),
        share_text(lane.crossing.share_b),
        px(x - 11),
        px(y - 11),
        px(x),
        px(y + 5),
        lane.number,
    )
