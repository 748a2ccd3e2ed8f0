from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brygga.core.calendar import is_working_day, working_days_after, working_days_before
from brygga.core.calendar.working_days import easter_sunday, non_working_holidays

DAYS = st.dates(date(2005, 1, 1), date(2090, 12, 31))

HOLIDAYS_2026 = [
    date(2026, 1, 1),
    date(2026, 1, 6),
    date(2026, 4, 3),
    date(2026, 4, 5),
    date(2026, 4, 6),
    date(2026, 5, 1),
    date(2026, 5, 14),
    date(2026, 5, 24),
    date(2026, 6, 6),
    date(2026, 6, 19),
    date(2026, 6, 20),
    date(2026, 10, 31),
    date(2026, 12, 24),
    date(2026, 12, 25),
    date(2026, 12, 26),
    date(2026, 12, 31),
]


def test_the_holidays_of_2026_are_those_of_the_almanac() -> None:
    assert sorted(non_working_holidays(2026)) == HOLIDAYS_2026


@pytest.mark.parametrize(
    "easter",
    [date(2008, 3, 23), date(2011, 4, 24), date(2024, 3, 31), date(2025, 4, 20), date(2038, 4, 25)],
)
def test_easter_falls_where_the_almanac_says(easter: date) -> None:
    assert easter_sunday(easter.year) == easter


@pytest.mark.parametrize(
    ("midsummer_eve", "all_saints"),
    [(date(2020, 6, 19), date(2020, 10, 31)), (date(2021, 6, 25), date(2021, 11, 6))],
)
def test_movable_saturdays_reach_both_ends_of_their_weeks(
    midsummer_eve: date, all_saints: date
) -> None:
    assert {midsummer_eve, midsummer_eve + timedelta(days=1), all_saints} <= non_working_holidays(
        midsummer_eve.year
    )


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 3, 12), 10, date(2026, 3, 26)),
        (date(2026, 4, 1), 2, date(2026, 4, 7)),
        (date(2026, 6, 18), 1, date(2026, 6, 22)),
        (date(2026, 12, 23), 1, date(2026, 12, 28)),
        (date(2026, 12, 30), 2, date(2027, 1, 5)),
        (date(2026, 3, 14), 1, date(2026, 3, 16)),
        (date(2026, 3, 14), 0, date(2026, 3, 14)),
    ],
    ids=["two weeks", "Easter", "Midsummer", "Christmas", "New Year", "from a Saturday", "none"],
)
def test_working_days_are_counted_past_weekends_and_holidays(
    day: date, count: int, expected: date
) -> None:
    assert working_days_after(day, count) == expected


def test_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="not -1"):
        working_days_after(date(2026, 3, 12), -1)


@given(DAYS, st.integers(1, 60))
def test_exactly_so_many_working_days_lie_behind(day: date, count: int) -> None:
    reached = working_days_after(day, count)
    passed = [day + timedelta(days=days) for days in range(1, (reached - day).days + 1)]
    assert is_working_day(reached)
    assert sum(map(is_working_day, passed)) == count


@given(st.integers(1900, 2199))
def test_easter_is_a_sunday_between_22_march_and_25_april(year: int) -> None:
    easter = easter_sunday(year)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 5, 15), 1, date(2026, 5, 13)),  # over Ascension Day
        (date(2026, 1, 7), 2, date(2026, 1, 2)),  # over Epiphany and a weekend
        (date(2026, 5, 17), 0, date(2026, 5, 17)),
    ],
)
def test_working_days_are_counted_back_over_days_off(day, count, expected):
    assert working_days_before(day, count) == expected


def test_counting_back_a_negative_number_of_days_is_refused():
    with pytest.raises(ValueError, match="not -1"):
        working_days_before(date(2026, 5, 15), -1)
