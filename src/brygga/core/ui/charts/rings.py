"""Who stands how near an issue, drawn as rings on water around it.

The nearer the middle, the more affected. The shape tells what kind of actor it is; a filled shape
has been reached, an outlined one has not. Each carries its number in the table beside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import cos, hypot, pi, radians, sin

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from brygga.core.ui.charts.numbers import px

LARGEST, SMALLEST, SMALLEST_WITH_NUMBER = 30.0, 12.0, 18.0
ROOM_FOR_NAME = 128.0  # pixels of a ring's length that each name needs
LINE = 19  # letters in a line of a name
LINES = 2


class Shape(StrEnum):
    SQUARE = "square"
    TRIANGLE = "triangle"
    CIRCLE = "circle"


@dataclass(frozen=True)
class Spot:
    """An actor: its number in the table, its name, how far out it stands, and its shape."""

    number: int
    name: str
    ring: int
    shape: Shape
    is_filled: bool


@dataclass(frozen=True)
class _Water:
    kind: str
    width: int
    height: int
    radii: Sequence[tuple[float, float]]
    has_names: bool

    @property
    def middle(self) -> tuple[float, float]:
        return self.width / 2, self.height / 2


WATERS = (
    _Water("wide", 880, 640, ((152, 104), (276, 190), (398, 272)), has_names=True),
    _Water("narrow", 340, 372, ((64, 70), (112, 122), (154, 168)), has_names=False),
)


def rings(
    spots: Sequence[Spot], *, title: str, description: str, middle: str, names: Sequence[str]
) -> SafeString:
    """Draw the rings for wide and for narrow places; `names` are the rings', innermost first."""
    pictures = format_html_join(
        "", "{}", ((_draw(water, spots, title, description, middle, names),) for water in WATERS)
    )
    return format_html('<figure class="chart rings">{}</figure>', pictures)


def _draw(
    water: _Water,
    spots: Sequence[Spot],
    title: str,
    description: str,
    middle: str,
    names: Sequence[str],
) -> SafeString:
    x, y = water.middle
    by_ring = [[spot for spot in spots if spot.ring == ring] for ring in range(len(water.radii))]
    return format_html(
        '<svg class="rings-{0}" role="img" viewBox="0 0 {1} {2}" width="{1}" height="{2}">'
        "<title>{3}</title><desc>{4}</desc>{5}"
        '<g class="rings-issue"><ellipse cx="{6}" cy="{7}" rx="{8}" ry="{9}"/>'
        '<text x="{6}" y="{10}">{11}</text></g>{12}{13}</svg>',
        water.kind,
        water.width,
        water.height,
        title,
        description,
        _water(water),
        px(x),
        px(y),
        px(water.radii[0][0] * 0.42),
        px(water.radii[0][1] * 0.32),
        px(y + 5),
        middle,
        format_html_join(
            "", "{}", ((_ring(water, ring, found),) for ring, found in enumerate(by_ring))
        ),
        _names(water, names),
    )


def _water(water: _Water) -> SafeString:
    x, y = water.middle
    outwards = list(enumerate(water.radii))
    return format_html_join(
        "",
        '<ellipse class="rings-water" data-ring="{}" cx="{}" cy="{}" rx="{}" ry="{}"/>',
        ((ring, px(x), px(y), px(rx), px(ry)) for ring, (rx, ry) in reversed(outwards)),
    )


def _names(water: _Water, names: Sequence[str]) -> SafeString:
    """Write each ring's name on its line, at the top, where no actor stands."""
    x, y = water.middle
    return format_html_join(
        "",
        '<text class="rings-name" x="{}" y="{}">{}</text>',
        ((px(x), px(y - ry + 4), name) for name, (_, ry) in zip(names, water.radii, strict=True)),
    )


def _ring(water: _Water, ring: int, spots: Sequence[Spot]) -> SafeString:
    rx, ry = water.radii[ring]
    length = 2 * pi * hypot(rx, ry) / 2**0.5
    room = length / (len(spots) + 1)
    size = max(SMALLEST, min(LARGEST, room * 0.82))
    has_names = water.has_names and room >= ROOM_FOR_NAME
    return format_html_join(
        "",
        "{}",
        (
            (_spot(spot, _place(water, ring, place, len(spots)), size, has_name=has_names),)
            for place, spot in enumerate(spots)
        ),
    )


def _place(water: _Water, ring: int, place: int, count: int) -> tuple[float, float]:
    """Spread the ring's actors evenly on its line, and leave the top free for its name."""
    rx, ry = water.radii[ring]
    angle = radians(-90 + 360 * (place + 1) / (count + 1))
    x, y = water.middle
    return x + rx * cos(angle), y + ry * sin(angle)


def _spot(spot: Spot, where: tuple[float, float], size: float, *, has_name: bool) -> SafeString:
    x, y = where
    number = (
        format_html('<text x="{}" y="{}">{}</text>', px(x), px(y + 4.5), spot.number)
        if size >= SMALLEST_WITH_NUMBER
        else SafeString("")
    )
    return format_html(
        '<g class="rings-actor"{}><title>{}</title><path d="{}"/>{}{}</g>',
        SafeString(" data-filled") if spot.is_filled else "",
        f"{spot.number}. {spot.name}",
        _outline(spot.shape, x, y, size / 2),
        number,
        _label(spot.name, x, y + size / 2 + 14) if has_name else SafeString(""),
    )


def _outline(shape: Shape, x: float, y: float, radius: float) -> str:
    if shape == Shape.SQUARE:
        side = radius * 0.92
        return f"M{px(x - side)} {px(y - side)}H{px(x + side)}V{px(y + side)}H{px(x - side)}Z"
    if shape == Shape.TRIANGLE:
        wide, top, low = radius * 1.3, y - radius * 1.25, y + radius * 0.85
        return f"M{px(x)} {px(top)}L{px(x + wide)} {px(low)}H{px(x - wide)}Z"
    arc = f"a{px(radius)} {px(radius)} 0 1 0"
    return f"M{px(x - radius)} {px(y)}{arc} {px(2 * radius)} 0{arc} {px(-2 * radius)} 0Z"


def _label(name: str, x: float, y: float) -> SafeString:
    rows = format_html_join(
        "",
        '<tspan x="{}" y="{}">{}</tspan>',
        ((px(x), px(y + 15 * row), text) for row, text in enumerate(_in_lines(name))),
    )
    return format_html('<text class="rings-label">{}</text>', rows)


def _in_lines(name: str) -> list[str]:
    """Break a name into two short lines; what does not fit is in the table."""
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= LINE or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    shown = [line if len(line) <= LINE else f"{line[: LINE - 1]}…" for line in lines[:LINES]]
    if len(lines) > LINES:
        shown[-1] = f"{shown[-1][: LINE - 1].rstrip('…')}…"
    return shown


def rings_key(shapes: Sequence[tuple[Shape, str]]) -> SafeString:
    """Explain the shapes, and what filled and outlined mean, in a small picture each."""
    rows = [(_outline(shape, 11, 11, 8), SafeString(""), label) for shape, label in shapes]
    circle = _outline(Shape.CIRCLE, 11, 11, 8)
    rows += [
        (circle, SafeString(" data-filled"), gettext("Filled: reached")),
        (circle, SafeString(""), gettext("Outlined: not reached yet")),
    ]
    return format_html(
        '<ul class="rings-key">{}</ul>',
        format_html_join(
            "",
            '<li><svg width="22" height="22" aria-hidden="true"><g class="rings-actor"{1}>'
            '<path d="{0}"/></g></svg> {2}</li>',
            rows,
        ),
    )
