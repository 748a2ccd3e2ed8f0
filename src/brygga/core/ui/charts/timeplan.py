"""A plan along the time: a lane per step, with what happens in it and the day that it is now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from brygga.core.ui.charts.numbers import px

WIDTHS = (("wide", 880), ("narrow", 340))
MARGIN = 8.0
TOP, LANE, NAME, MARK = 34.0, 58.0, 18.0, 38.0
MONTH_ROOM = {"wide": 44.0, "narrow": 46.0}
NEAR = 15.0  # marks nearer than this are put on two heights


@dataclass(frozen=True)
class Mark:
    """One thing of the plan: an activity, or else a message; done, late or still to come."""

    day: date
    label: str
    is_activity: bool
    state: str


@dataclass(frozen=True)
class Lane:
    name: str
    first_day: date | None
    last_day: date | None
    marks: Sequence[Mark]


@dataclass(frozen=True)
class _Scale:
    first_day: date
    last_day: date
    width: float

    def x(self, day: date) -> float:
        days = max((self.last_day - self.first_day).days, 1)
        return MARGIN + (self.width - 2 * MARGIN) * (day - self.first_day).days / days


def timeplan(lanes: Sequence[Lane], *, today: date, title: str) -> SafeString:
    """Draw the lanes for wide and for narrow places; nothing where there is no day to draw."""
    days = [mark.day for lane in lanes for mark in lane.marks]
    days += [day for lane in lanes for day in (lane.first_day, lane.last_day) if day]
    if not days:
        return SafeString("")
    first_day, last_day = min(days).replace(day=1), _end_of_month(max(days))
    pictures = format_html_join(
        "",
        "{}",
        (
            (_draw(kind, _Scale(first_day, last_day, width), lanes, today, title),)
            for kind, width in WIDTHS
        ),
    )
    return format_html('<figure class="chart timeplan">{}{}</figure>', pictures, _key())


def _draw(kind: str, scale: _Scale, lanes: Sequence[Lane], today: date, title: str) -> SafeString:
    height = TOP + LANE * len(lanes) + 6
    return format_html(
        '<svg class="timeplan-{0}" role="img" viewBox="0 0 {1} {2}" width="{1}" height="{2}">'
        "<title>{3}</title><desc>{4}</desc>{5}{6}{7}</svg>",
        kind,
        px(scale.width),
        px(height),
        title,
        _describe(lanes),
        _months(kind, scale, height),
        _today(scale, today, height),
        format_html_join(
            "", "{}", ((_lane(scale, lane, place),) for place, lane in enumerate(lanes))
        ),
    )


def _describe(lanes: Sequence[Lane]) -> str:
    return " ".join(
        f"{lane.name}: "
        + (", ".join(f"{_day(mark.day)} {mark.label}" for mark in lane.marks) or "–")
        + "."
        for lane in lanes
    )


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _end_of_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _months(kind: str, scale: _Scale, height: float) -> SafeString:
    """Draw a line at each month's beginning; names only as close as they can be read."""
    firsts, first = [], scale.first_day
    while first < scale.last_day:
        firsts.append(first)
        first = _end_of_month(first)
    room = (scale.width - 2 * MARGIN) / len(firsts)
    every = max(1, -(-int(MONTH_ROOM[kind]) // max(int(room), 1)))
    return format_html_join(
        "",
        '<path class="timeplan-month" d="M{0} {1}V{2}"/>{3}',
        (
            (
                px(scale.x(first)),
                px(TOP - 10),
                px(height),
                _month_name(scale.x(first), first) if place % every == 0 else SafeString(""),
            )
            for place, first in enumerate(firsts)
        ),
    )


def _month_name(x: float, first: date) -> SafeString:
    name = date_format(first, "M") if first.month != 1 else date_format(first, "M y")
    return format_html('<text class="timeplan-name" x="{}" y="16">{}</text>', px(x + 2), name)


def _today(scale: _Scale, today: date, height: float) -> SafeString:
    if not scale.first_day <= today <= scale.last_day:
        return SafeString("")
    x = scale.x(today)
    near_end = x > scale.width - 50
    return format_html(
        '<g class="timeplan-today"><path d="M{0} 22V{1}"/>'
        '<text x="{2}" y="30" text-anchor="{3}">{4}</text></g>',
        px(x),
        px(height),
        px(x - 4 if near_end else x + 4),
        "end" if near_end else "start",
        gettext("Today"),
    )


def _lane(scale: _Scale, lane: Lane, place: int) -> SafeString:
    top = TOP + LANE * place
    return format_html(
        '<g class="timeplan-lane"><path class="timeplan-floor" d="M0 {0}H{1}"/>{2}'
        '<text class="timeplan-step" x="{3}" y="{4}">{5}</text>{6}</g>',
        px(top + LANE),
        px(scale.width),
        _plank(scale, lane, top),
        px(MARGIN),
        px(top + NAME),
        lane.name,
        _marks(scale, lane.marks, top + MARK),
    )


def _plank(scale: _Scale, lane: Lane, top: float) -> SafeString:
    """Draw the step's own days as a plank of the jetty under what happens in it."""
    if lane.first_day is None and lane.last_day is None:
        return SafeString("")
    start = scale.x(lane.first_day or scale.first_day)
    end = scale.x(lane.last_day or scale.last_day)
    return format_html(
        '<rect class="timeplan-plank" x="{}" y="{}" width="{}" height="26"/>',
        px(start),
        px(top + MARK - 13),
        px(max(end - start, 3)),
    )


def _marks(scale: _Scale, marks: Sequence[Mark], y: float) -> SafeString:
    placed, last_x, is_up = [], -NEAR, False
    for mark in sorted(marks, key=lambda mark: mark.day):
        x = scale.x(mark.day)
        is_up = not is_up if x - last_x < NEAR else False
        placed.append((mark, x, y - 6 if is_up else y + 4))
        last_x = x
    return format_html_join(
        "",
        '<g class="timeplan-mark" data-state="{}"><title>{}</title>{}</g>',
        (
            (
                mark.state,
                f"{_day(mark.day)} {mark.label}",
                _shape(x, middle, is_activity=mark.is_activity),
            )
            for mark, x, middle in placed
        ),
    )


def _shape(x: float, y: float, *, is_activity: bool) -> SafeString:
    if is_activity:
        return format_html('<circle cx="{}" cy="{}" r="6.5"/>', px(x), px(y))
    return format_html(
        '<path d="M{0} {1}L{2} {3}L{0} {4}L{5} {3}Z"/>',
        px(x),
        px(y - 7.5),
        px(x + 7.5),
        px(y),
        px(y + 7.5),
        px(x - 7.5),
    )


def _key() -> SafeString:
    rows = [
        (True, "done", gettext("Activity, done")),
        (True, "open", gettext("Activity, to come")),
        (False, "done", gettext("Message, told")),
        (False, "open", gettext("Message, to come")),
        (True, "late", gettext("Overdue")),
        (True, "off", gettext("Activity, cancelled")),
    ]
    return format_html(
        '<figcaption><ul class="rings-key">{}</ul></figcaption>',
        format_html_join(
            "",
            '<li><svg width="22" height="22" aria-hidden="true">'
            '<g class="timeplan-mark" data-state="{}">{}</g></svg> {}</li>',
            (
                (state, _shape(11, 11, is_activity=is_activity), label)
                for is_activity, state, label in rows
            ),
        ),
    )
