"""Swedish time, days and dates: times are stored in UTC and meant in Europe/Stockholm."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")

_MONTHS = {
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "en": "January February March April May June July August September October November December",
}


class NoSuchTimeError(ValueError):
    """The clocks were put forward past this time of day."""


def to_utc(day: date, at: time) -> datetime:
    """Tell in UTC what the clock on a wall in Sweden says.

    The hour that comes twice when summer time ends is taken the first time. Raises NoSuchTimeError
    in the hour that is left out when it begins.
    """
    local = datetime.combine(day, at, STOCKHOLM)
    moment = local.astimezone(UTC)
    if moment.astimezone(STOCKHOLM).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTimeError(f"{day} has no {at:%H:%M} in Sweden: the clocks go forward.")
    return moment


def to_swedish(moment: datetime) -> datetime:
    """Tell what a clock in Sweden says at an aware `moment`."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone is no moment.")
    return moment.astimezone(STOCKHOLM)


def swedish_date(moment: datetime) -> date:
    """Tell what day it is in Sweden at an aware `moment`."""
    return to_swedish(moment).date()


def start_of_day(day: date) -> datetime:
    """Give the first instant of a Swedish day, in UTC."""
    return to_utc(day, time())


def end_of_day(day: date) -> datetime:
    """Give the instant, in UTC, at which a Swedish day is over.

    A last day is inclusive: something is open while `at < end_of_day(last_day)`.
    """
    return start_of_day(day + timedelta(days=1))


def format_date(day: date, language: str) -> str:
    """Write a date as "12 mars 2026" in Swedish and "12 March 2026" in any other language."""
    months = _MONTHS.get(language.split("-", maxsplit=1)[0], _MONTHS["en"]).split()
    return f"{day.day} {months[day.month - 1]} {day.year}"
