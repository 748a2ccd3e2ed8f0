"""The opinion map as an archipelago, drawn like a sea chart.

Each group is an island of its own colour, shape and letter; each pebble is a participant, or a
fixed number of them. Within an island, and in the islands' order, nearness means likeness; the
islands are moved apart so that the water between them shows what bridges and what divides.
"""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from brygga.core.ui.charts.chart_data import Crossing, Group, You
from brygga.core.ui.charts.coast import smooth_path
from brygga.core.ui.charts.crossings import draw_bridges, draw_straits
from brygga.core.ui.charts.lanes import assign_lanes
from brygga.core.ui.charts.numbers import count_text, px, share_text
from brygga.core.ui.charts.pebbles import draw_pebbles
from brygga.core.ui.charts.sea import Island, Sea, lay_out

WIDE = 900
NARROW = 360
SHALLOWS = (30, 14)  # pixels from the coast, outermost first


def archipelago(
    groups: Sequence[Group],
    bridges: Sequence[Crossing] = (),
    straits: Sequence[Crossing] = (),
    you: You | None = None,
) -> SafeString:
    """Draw the map twice, for wide and for narrow places, with its crossings as a list below."""
    if not groups:
        return format_html('<p class="muted">{}</p>', gettext("There are no groups to draw yet."))
    description = _describe(groups, bridges, straits)
    seas = [lay_out(groups, [*bridges, *straits], width) for width in (WIDE, NARROW)]
    pictures = [
        _draw(sea, bridges, straits, you, description, kind)
        for sea, kind in zip(seas, ("wide", "narrow"), strict=True)
    ]
    return format_html(
        '<figure class="chart archipelago">{}{}<figcaption>{}{}{}</figcaption></figure>',
        pictures[0],
        pictures[1],
        _list(gettext("Bridges: what unites"), "bridge", bridges, 1),
        _list(gettext("Straits: what divides"), "strait", straits, len(bridges) + 1),
        _key(seas[0].people_per_pebble),
    )


def _describe(
    groups: Sequence[Group], bridges: Sequence[Crossing], straits: Sequence[Crossing]
) -> str:
    parts = [
        gettext("Group {letter}: {count} people.").format(
            letter=group.letter, count=count_text(group.size)
        )
        for group in groups
    ]
    parts += [
        gettext("Bridge between {a} and {b}: “{label}”, agreed by {shares}.").format(
            a=one.a, b=one.b, label=one.label, shares=_shares(one)
        )
        for one in bridges
    ]
    parts += [
        gettext("Strait between {a} and {b}: “{label}”, agreed by {shares}.").format(
            a=one.a, b=one.b, label=one.label, shares=_shares(one)
        )
        for one in straits
    ]
    return " ".join(parts)


def _shares(crossing: Crossing) -> str:
    return gettext("{share_a} in {a} and {share_b} in {b}").format(
        a=crossing.a,
        b=crossing.b,
        share_a=share_text(crossing.share_a),
        share_b=share_text(crossing.share_b),
    )


def _draw(
    sea: Sea,
    bridges: Sequence[Crossing],
    straits: Sequence[Crossing],
    you: You | None,
    description: str,
    kind: str,
) -> SafeString:
    bridge_lanes, strait_lanes = assign_lanes(sea, bridges, straits)
    return format_html(
        '<svg class="archipelago-{}" role="img" viewBox="0 0 {} {}" width="{}" height="{}">'
        "<title>{}</title><desc>{}</desc>{}{}{}{}{}</svg>",
        kind,
        sea.width,
        sea.height,
        sea.width,
        sea.height,
        gettext("The groups of opinion as islands"),
        description,
        _shallows(sea),
        draw_straits(strait_lanes),
        format_html_join("", "{}", ((_island(sea, island),) for island in sea.islands)),
        draw_bridges(sea, bridge_lanes),
        _you(sea, you),
    )


def _shallows(sea: Sea) -> SafeString:
    return format_html_join(
        "",
        '<path class="shallow-{}" d="{}"/>',
        (
            (depth, smooth_path(island.coast(SHALLOWS[depth])))
            for depth in range(len(SHALLOWS))
            for island in sea.islands
        ),
    )


def _island(sea: Sea, island: Island) -> SafeString:
    return format_html(
        '<g class="island" data-group="{}"><path class="land" d="{}"/>'
        '<path class="pebbles" d="{}"/>'
        '<text class="island-letter" x="{}" y="{}">{}</text>'
        '<text class="island-size" x="{}" y="{}">{}</text></g>',
        island.number,
        smooth_path(island.coast(0)),
        draw_pebbles(island.placed_pebbles(), island.number, sea.pebble_radius(island)),
        px(island.x),
        px(island.y + (5 if sea.is_roomy else 3)),
        island.letter,
        px(island.x),
        px(island.y + (22 if sea.is_roomy else 17)),
        count_text(island.size),
    )


def _you(sea: Sea, you: You | None) -> SafeString:
    island = sea.island(you.letter) if you else None
    pebble = island.find_pebble(you.x, you.y) if you and island else None
    if pebble is None:
        return SafeString("")
    x, y = pebble
    side = -1 if x > sea.width * 0.8 else 1
    return format_html(
        '<g class="you"><circle cx="{0}" cy="{1}" r="8"/>'
        '<text x="{2}" y="{3}" text-anchor="{4}">{5}</text></g>',
        px(x),
        px(y),
        px(x + side * 14),
        px(y + 5),
        "start" if side == 1 else "end",
        gettext("You"),
    )


def _list(heading: str, kind: str, crossings: Sequence[Crossing], first: int) -> SafeString:
    if not crossings:
        return SafeString("")
    rows = format_html_join(
        "",
        '<li><span class="crossing-number" data-kind="{}">{}</span>'
        "<span>{} <small>{}</small></span></li>",
        (
            (kind, number, crossing.label, _shares_in_words(crossing))
            for number, crossing in enumerate(crossings, first)
        ),
    )
    return format_html(
        '<p class="crossing-heading">{}</p><ul class="crossings">{}</ul>', heading, rows
    )


def _shares_in_words(crossing: Crossing) -> str:
    return gettext("{a} {share_a}, {b} {share_b} agree").format(
        a=crossing.a,
        b=crossing.b,
        share_a=share_text(crossing.share_a),
        share_b=share_text(crossing.share_b),
    )


def _key(people_per_pebble: int) -> SafeString:
    each = (
        gettext("Each pebble is one person.")
        if people_per_pebble == 1
        else gettext("Each pebble stands for about {count} people.").format(
            count=count_text(people_per_pebble)
        )
    )
    near = gettext(
        "Within an island, those who answered alike lie near each other. The islands are drawn "
        "apart so that the bridges can be seen."
    )
    return format_html('<p class="small muted">{} {}</p>', each, near)
