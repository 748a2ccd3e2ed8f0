"""The walk from a decision down to the voices: proposals, insights, and the voices under each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from brygga.core.ui.charts.numbers import count_text, px

WIDTH = 380
MARGIN = 26
DECISION_Y, PROPOSALS_Y, INSIGHTS_Y, VOICES_Y = 42, 132, 226, 268
MOST_DOTS = 24  # under one insight; beyond that each dot stands for several voices
DOTS_IN_ROW = 3
DOT = 7.5


@dataclass(frozen=True)
class Stone:
    """An insight, and how many voices lie under it."""

    label: str
    voices: int


@dataclass(frozen=True)
class Plank:
    """A proposal: how it was answered (`yes`, `partly`, `no`, else), its insights by place."""

    label: str
    answer: str
    rests_on: Sequence[int]


def walk(planks: Sequence[Plank], stones: Sequence[Stone], voices: int) -> SafeString:
    """Draw the walk; its table stands beside it on the page."""
    scale = _voices_per_dot(stones)
    rows = max((_rows(stone, scale) for stone in stones), default=0)
    height = VOICES_Y + rows * DOT + 14
    return format_html(
        '<figure class="chart walk"><svg role="img" viewBox="0 0 {} {}" width="{}" height="{}">'
        "<title>{}</title><desc>{}</desc>{}{}{}{}</svg><figcaption>{}</figcaption></figure>",
        WIDTH,
        px(height),
        WIDTH,
        px(height),
        gettext("From the decision down to the voices"),
        _description(planks, stones, voices),
        _ties(planks, stones),
        _decision(),
        format_html_join("", "{}", ((_plank(n, planks),) for n in range(len(planks)))),
        format_html_join("", "{}", ((_stone(n, stones, scale),) for n in range(len(stones)))),
        _caption(scale),
    )


def _description(planks: Sequence[Plank], stones: Sequence[Stone], voices: int) -> str:
    return gettext(
        "The decision answers {proposals} proposals, which rest on {insights} insights and "
        "{voices} voices."
    ).format(proposals=len(planks), insights=len(stones), voices=count_text(voices))


def _caption(scale: int) -> str:
    if scale == 1:
        return gettext("Each dot is a voice. A voice may lie under several insights.")
    return gettext(
        "Each dot stands for up to {count} voices. A voice may lie under several insights."
    ).format(count=scale)


def _voices_per_dot(stones: Sequence[Stone]) -> int:
    most = max((stone.voices for stone in stones), default=0)
    return max(1, -(-most // MOST_DOTS))


def _rows(stone: Stone, scale: int) -> int:
    dots = -(-stone.voices // scale)
    return -(-dots // DOTS_IN_ROW)


def _x(place: int, count: int) -> float:
    """Spread `count` things evenly over the width and give the middle of one."""
    return MARGIN + (WIDTH - 2 * MARGIN) * (place + 0.5) / count


def _ties(planks: Sequence[Plank], stones: Sequence[Stone]) -> SafeString:
    lines = [(_x(n, len(planks)), PROPOSALS_Y, WIDTH / 2, DECISION_Y) for n, _ in enumerate(planks)]
    lines += [
        (_x(place, len(stones)), INSIGHTS_Y, _x(n, len(planks)), PROPOSALS_Y)
        for n, plank in enumerate(planks)
        for place in plank.rests_on
    ]
    return format_html_join(
        "",
        '<path class="walk-tie" d="M{} {}C{} {} {} {} {} {}"/>',
        (
            (px(x), y, px(x), px((y + top) / 2), px(over), px((y + top) / 2), px(over), top)
            for x, y, over, top in lines
        ),
    )


def _decision() -> SafeString:
    return format_html(
        '<g class="walk-decision"><rect x="{}" y="{}" width="120" height="34"/>'
        '<text x="{}" y="{}">{}</text></g>',
        px(WIDTH / 2 - 60),
        DECISION_Y - 34,
        px(WIDTH / 2),
        DECISION_Y - 11,
        gettext("Decision"),
    )


def _plank(place: int, planks: Sequence[Plank]) -> SafeString:
    plank = planks[place]
    room = (WIDTH - 2 * MARGIN) / len(planks)
    width = min(44.0, room - 6)
    x = _x(place, len(planks))
    return format_html(
        '<g class="walk-plank" data-answer="{}"><title>{}</title>'
        '<rect x="{}" y="{}" width="{}" height="26"/><text x="{}" y="{}">{}</text></g>',
        plank.answer,
        plank.label,
        px(x - width / 2),
        PROPOSALS_Y - 13,
        px(width),
        px(x),
        PROPOSALS_Y + 5,
        place + 1,
    )


def _stone(place: int, stones: Sequence[Stone], scale: int) -> SafeString:
    stone = stones[place]
    x = _x(place, len(stones))
    radius = min(13.0, (WIDTH - 2 * MARGIN) / len(stones) / 2 - 2)
    return format_html(
        '<g class="walk-stone"><title>{}</title><circle cx="{}" cy="{}" r="{}"/>'
        '<text x="{}" y="{}">{}</text><path d="{}"/></g>',
        stone.label,
        px(x),
        INSIGHTS_Y,
        px(radius),
        px(x),
        INSIGHTS_Y + 5,
        chr(ord("a") + place) if place < 26 else "",
        _dots(x, -(-stone.voices // scale)),
    )


def _dots(x: float, count: int) -> str:
    """Write the voices as round dots of one path: strokes of no length with round ends."""
    spots = []
    for dot in range(count):
        row, column = divmod(dot, DOTS_IN_ROW)
        in_row = min(DOTS_IN_ROW, count - row * DOTS_IN_ROW)
        spots.append((x + (column - (in_row - 1) / 2) * DOT, VOICES_Y + row * DOT))
    return "".join(f"M{px(left)} {px(top)}h0" for left, top in spots)
