from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brygga.core.calendar import (
    NoSuchTimeError,
    end_of_day,
    format_date,
    start_of_day,
    swedish_date,
    to_swedish,
    to_utc,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
MOMENTS = st.builds(
    lambda seconds: datetime.fromtimestamp(seconds, UTC), st.floats(631152000, 3786912000)
)
SPRING_SHIFT, AUTUMN_SHIFT = date(2026, 3, 29), date(2026, 10, 25)


def hours_of(day: date) -> float:
    return (end_of_day(day) - start_of_day(day)) / timedelta(hours=1)


def test_a_last_day_is_inclusive_until_midnight_in_sweden() -> None:
    assert end_of_day(date(2026, 1, 31)) == datetime(2026, 1, 31, 23, tzinfo=UTC)
    assert end_of_day(date(2026, 6, 30)) == datetime(2026, 6, 30, 22, tzinfo=UTC)


def test_a_day_is_shorter_in_spring_and_longer_in_autumn() -> None:
    assert hours_of(SPRING_SHIFT) == 23
    assert hours_of(AUTUMN_SHIFT) == 25
    assert hours_of(SPRING_SHIFT - timedelta(days=1)) == 24


def test_the_wall_clock_is_told_in_summer_and_in_winter() -> None:
    assert to_utc(date(2026, 7, 1), time(18, 30)) == datetime(2026, 7, 1, 16, 30, tzinfo=UTC)
    assert to_utc(date(2026, 12, 1), time(18, 30)) == datetime(2026, 12, 1, 17, 30, tzinfo=UTC)
    told = to_swedish(datetime(2026, 7, 1, 16, 30, tzinfo=UTC))
    assert (told.date(), told.time()) == (date(2026, 7, 1), time(18, 30))


def test_the_hour_left_out_in_spring_is_refused() -> None:
    with pytest.raises(NoSuchTimeError, match="2026-03-29 has no 02:30"):
        to_utc(SPRING_SHIFT, time(2, 30))
    assert to_utc(SPRING_SHIFT, time(3)) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_the_hour_that_comes_twice_in_autumn_is_taken_the_first_time() -> None:
    assert to_utc(AUTUMN_SHIFT, time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_moment_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        to_swedish(datetime(2026, 7, 1, 16, 30, tzinfo=UTC).replace(tzinfo=None))


def test_late_evening_in_utc_is_the_next_day_in_sweden() -> None:
    assert swedish_date(datetime(2026, 6, 30, 22, tzinfo=UTC)) == date(2026, 7, 1)
    assert swedish_date(datetime(2026, 6, 30, 21, 59, tzinfo=UTC)) == date(2026, 6, 30)


@given(DAYS)
def test_every_day_ends_where_the_next_one_begins(day: date) -> None:
    following = day + timedelta(days=1)
    assert end_of_day(day) == start_of_day(following)
    assert hours_of(day) in {23, 24, 25}
    assert swedish_date(start_of_day(day)) == day
    assert swedish_date(end_of_day(day) - timedelta(microseconds=1)) == day


@given(MOMENTS)
def test_every_moment_lies_in_exactly_its_swedish_day(moment: datetime) -> None:
    day = swedish_date(moment)
    assert start_of_day(day) <= moment < end_of_day(day)


@given(st.integers(1996, 2090), st.sampled_from([3, 10]), st.times(), st.integers(-1, 1))
def test_around_the_shifts_the_wall_clock_is_told_back_or_refused(
    year: int, month: int, at: time, days: int
) -> None:
    shift = max(
        day for day in (date(year, month, number) for number in range(25, 32)) if day.weekday() == 6
    )
    day = shift + timedelta(days=days)
    if month == 3 and days == 0 and at.hour == 2:
        with pytest.raises(NoSuchTimeError):
            to_utc(day, at)
    else:
        told = to_swedish(to_utc(day, at))
        assert (told.date(), told.time()) == (day, at)


@given(MOMENTS)
def test_what_a_swedish_clock_says_leads_back_to_the_moment(moment: datetime) -> None:
    told = to_swedish(moment)
    assert told.astimezone(UTC) == moment
    if not told.fold:
        assert to_utc(told.date(), told.time()) == moment


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("sv", "12 mars 2026"),
        ("sv-se", "12 mars 2026"),
        ("en", "12 March 2026"),
        ("ar", "12 March 2026"),
    ],
)
def test_dates_are_written_out(language: str, written: str) -> None:
    assert format_date(date(2026, 3, 12), language) == written


def test_swedish_months_are_in_small_letters_and_in_order() -> None:
    written = [format_date(date(2026, month, 1), "sv").split()[1] for month in range(1, 13)]
    assert [month[:3] for month in written] == (
        ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
    )
