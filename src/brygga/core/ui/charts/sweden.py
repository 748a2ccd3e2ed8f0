"""Sweden's outline with a number for each municipality or region, and the same as a table.

Three steps of one hue, each with a pattern of its own, so that it reads in grey print too. What has
no number is left white and listed by name; what is too few to tell is dotted and never told, and so
is what would give it away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from brygga.core.disclosure import without_small
from brygga.core.geo import SHEET_HEIGHT, SHEET_WIDTH, municipalities, regions, svg_path
from brygga.core.text import sort_key
from brygga.core.ui.charts.numbers import count_text

STEPS = 3
NAMED = 12  # how many places the description reads out; the table has all
FEW, WHITE = "few", "white"


@dataclass(frozen=True)
class Place:
    """`count` is None where it is too small to be told, or would give such a one away."""

    code: str
    name: str
    region: str
    count: int | None
    url: str

    @property
    def text(self) -> str:
        return gettext("not shown") if self.count is None else count_text(self.count)


@dataclass(frozen=True)
class Sweden:
    svg: SafeString
    places: tuple[Place, ...]
    white: tuple[tuple[str, tuple[str, ...]], ...]
    white_count: int
    total_areas: int
    smallest: int

    @property
    def hidden_text(self) -> str:
        """Say what is not shown and why, where something is not."""
        if all(place.count is not None for place in self.places):
            return ""
        return gettext(
            "Dotted places are not shown in numbers: they have fewer than %(smallest)s, or their "
            "number would tell how many such a place has."
        ) % {"smallest": self.smallest}

    @property
    def white_text(self) -> str:
        text = ngettext(
            "%(number)s of %(total)s is white on the map",
            "%(number)s of %(total)s are white on the map",
            self.white_count,
        )
        return text % {"number": self.white_count, "total": self.total_areas}


def sweden(
    counts: Mapping[str, int],
    *,
    label: str,
    smallest: int = 1,
    urls: Mapping[str, str] | None = None,
    by_region: bool = False,
) -> Sweden:
    """Draw counts by code; those from one up to `smallest` are hidden, nought is white."""
    areas = _areas(by_region=by_region)
    drawn = {code: counts[code] for code, _, _ in areas if counts.get(code)}
    told = without_small(drawn, smallest)
    places = [
        Place(code, name, region, told[code], (urls or {}).get(code, ""))
        for code, name, region in areas
        if code in told
    ]
    white = [(region, name) for code, name, region in areas if not counts.get(code)]
    return Sweden(
        svg=_svg(areas, places, label, "r" if by_region else "m"),
        places=tuple(sorted(places, key=lambda place: sort_key(place.name))),
        white=_by_region(white),
        white_count=len(white),
        total_areas=len(areas),
        smallest=smallest,
    )


@cache
def _areas(*, by_region: bool) -> tuple[tuple[str, str, str], ...]:
    names = {region.code: region.county for region in regions()}
    if by_region:
        return tuple((region.code, region.name, "") for region in regions())
    return tuple((each.code, each.name, names[each.region_code]) for each in municipalities())


def _by_region(white: Sequence[tuple[str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    ordered = sorted(white, key=lambda pair: (sort_key(pair[0]), sort_key(pair[1])))
    return tuple(
        (region, tuple(name for _, name in pairs))
        for region, pairs in groupby(ordered, key=lambda pair: pair[0])
    )


def limits(places: Sequence[Place]) -> list[int]:
    """Give the lowest count of each step: thirds of the highest count, none of them empty."""
    highest = max((place.count for place in places if place.count is not None), default=0)
    steps = min(STEPS, highest)
    return [highest * step // steps + 1 for step in range(steps)]


def _svg(
    areas: Sequence[tuple[str, str, str]], places: Sequence[Place], label: str, mark: str
) -> SafeString:
    lowest = limits(places)
    coloured = {place.code for place in places}
    blank = "".join(svg_path(code) for code, _, _ in areas if code not in coloured)
    shapes = format_html_join(
        "",
        '<path class="sweden-place" data-step="{}" fill="url(#sweden-{}-{})" d="{}">'
        "<title>{}: {}</title></path>",
        (
            (step, mark, step, svg_path(place.code), place.name, place.text)
            for place in places
            for step in [_step(place, lowest)]
        ),
    )
    return format_html(
        '<svg class="sweden-map" role="img" viewBox="0 0 {} {}"><title>{}</title><desc>{}</desc>'
        '{}<path class="sweden-white" fill-rule="evenodd" d="{}"/>{}</svg>{}',
        int(SHEET_WIDTH),
        int(SHEET_HEIGHT),
        label,
        _description(places, len(areas)),
        _patterns(mark),
        blank,
        shapes,
        _legend(places, lowest, mark),
    )


def _step(place: Place, lowest: Sequence[int]) -> str:
    if place.count is None:
        return FEW
    return str(STEPS - len(lowest) + sum(place.count >= limit for limit in lowest))


def _description(places: Sequence[Place], total: int) -> str:
    told = sorted(places, key=lambda place: (-(place.count or 0), sort_key(place.name)))
    names = ", ".join(f"{place.name} {place.text}" for place in told[:NAMED])
    sentence = ngettext(
        "%(number)s place of %(total)s has something to show.",
        "%(number)s places of %(total)s have something to show.",
        len(places),
    ) % {"number": len(places), "total": total}
    more = gettext("The table beside has all of them.") if len(told) > NAMED else ""
    return " ".join(part for part in (sentence, f"{names}." if names else "", more) if part)


def _patterns(mark: str) -> SafeString:
    """One tile a step: plain, hatched and crossed; dots for too few."""
    lines = {"1": "", "2": "M0 4L4 0", "3": "M0 4L4 0M0 0L4 4", FEW: "M2 1.4v1.2"}
    return format_html(
        "<defs>{}</defs>",
        format_html_join(
            "",
            '<pattern id="sweden-{}-{}" width="4" height="4" patternUnits="userSpaceOnUse">'
            '<path class="sweden-ground" data-step="{}" d="M0 0h4v4H0z"/>'
            '<path class="sweden-line" data-step="{}" d="{}"/></pattern>',
            ((mark, step, step, step, path) for step, path in lines.items()),
        ),
    )


def _legend(places: Sequence[Place], lowest: Sequence[int], mark: str) -> SafeString:
    highest = max((place.count for place in places if place.count is not None), default=0)
    tops = [limit - 1 for limit in lowest[1:]] + [highest]
    rows = [
        (str(STEPS - len(lowest) + number), low if low == top else f"{low}–{top}")
        for number, (low, top) in enumerate(zip(lowest, tops, strict=False), start=1)
    ]
    if any(place.count is None for place in places):
        rows.insert(0, (FEW, gettext("not shown")))
    rows.insert(0, (WHITE, gettext("none")))
    return format_html(
        '<ul class="sweden-legend">{}</ul>',
        format_html_join(
            "",
            '<li><svg width="18" height="18" viewBox="0 0 12 12" aria-hidden="true">'
            '<path class="sweden-swatch" fill="{}" d="M1 1h10v10H1z"/></svg> {}</li>',
            (
                (("none" if step == WHITE else f"url(#sweden-{mark}-{step})"), text)
                for step, text in rows
            ),
        ),
    )
