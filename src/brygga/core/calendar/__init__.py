"""Swedish time, working days, and dates for people's own calendars."""

from brygga.core.calendar.feed import CONTENT_TYPE, CalendarDate, day_of, write_calendar
from brygga.core.calendar.swedish_time import (
    STOCKHOLM,
    NoSuchTimeError,
    end_of_day,
    format_date,
    start_of_day,
    swedish_date,
    to_swedish,
    to_utc,
)
from brygga.core.calendar.working_days import (
    is_working_day,
    working_days_after,
    working_days_before,
)

__all__ = [
    "CONTENT_TYPE",
    "STOCKHOLM",
    "CalendarDate",
    "NoSuchTimeError",
    "day_of",
    "end_of_day",
    "format_date",
    "is_working_day",
    "start_of_day",
    "swedish_date",
    "to_swedish",
    "to_utc",
    "working_days_after",
    "working_days_before",
    "write_calendar",
]
