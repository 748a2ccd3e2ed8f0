"""Dates as an iCalendar file (RFC 5545), for adding once or subscribing to.

A date keeps its `uid` for ever, so that a calendar that reads the file again moves or strikes what
it already has. What is called off stays in the file as cancelled; what is gone from a file that
somebody subscribes to goes from their calendar.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from brygga.core.calendar.swedish_time import STOCKHOLM, to_swedish

PRODUCT = "-//Brygga//Brygga//SV"
READ_AGAIN_AFTER = timedelta(hours=6)
CONTENT_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class CalendarDate:
    """Whole days where `first` is a day, and `last` is inclusive; else times, `last` the end.

    `changes` counts how often it was moved or called off, so that the latest word holds.
    """

    uid: str
    title: str
    first: date | datetime
    last: date | datetime | None = None
    text: str = ""
    url: str = ""
    place: str = ""
    is_cancelled: bool = False
    changes: int = 0


def write_calendar(name: str, dates: Iterable[CalendarDate], *, host: str, at: datetime) -> bytes:
    """Write the dates in order of time; `host` makes their ids unique in the world."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", str(STOCKHOLM))
    calendar.add("refresh-interval", READ_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for each in sorted(dates, key=lambda one: (day_of(one.first), one.uid)):
        calendar.add_component(_event(each, host=host, at=at))
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def day_of(moment: date | datetime) -> date:
    return to_swedish(moment).date() if isinstance(moment, datetime) else moment


def _event(each: CalendarDate, *, host: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{each.uid}@{host}")
    event.add("dtstamp", at)
    event.add("sequence", each.changes + each.is_cancelled)
    event.add("summary", each.title)
    event.add("status", "CANCELLED" if each.is_cancelled else "CONFIRMED")
    if isinstance(each.first, datetime):
        event.add("dtstart", to_swedish(each.first))
        if isinstance(each.last, datetime):
            event.add("dtend", to_swedish(each.last))
    else:
        last = each.last or each.first
        event.add("dtstart", each.first)
        event.add("dtend", day_of(last) + timedelta(days=1))  # the first day that is no longer
        event.add("transp", "TRANSPARENT")  # nobody is busy all day
    for key, value in (("description", each.text), ("location", each.place), ("url", each.url)):
        if value:
            event.add(key, value)
    return event
