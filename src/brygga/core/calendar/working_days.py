"""Working days in Sweden: which days count when an authority promises something in ten of them."""

from datetime import date, timedelta
from functools import cache

_SATURDAY = 5


def is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in non_working_holidays(day.year)


def working_days_after(day: date, count: int) -> date:
    """Give the `count`-th working day after `day`, which itself does not count.

    Raises ValueError for a negative count; with 0 it gives `day`, working day or not.
    """
    if count < 0:
        raise ValueError(f"Working days are counted forwards, not {count}.")
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_before(day: date, count: int) -> date:
    """Give the `count`-th working day before `day`, which itself does not count.

    Raises ValueError for a negative count; with 0 it gives `day`, working day or not.
    """
    if count < 0:
        raise ValueError(f"Working days are counted by how many, not {count}.")
    while count:
        day -= timedelta(days=1)
        count -= is_working_day(day)
    return day


@cache
def non_working_holidays(year: int) -> frozenset[date]:
    """List the public holidays of `year`, from 2005 on, and the eves that count as such.

    The holidays are those of lagen (1989:253) om allmänna helgdagar, without the ordinary Sundays;
    Midsummer Eve, Christmas Eve and New Year's Eve count as holidays by lagen (1930:173) om
    beräkning av lagstadgad tid.
    """
    easter = easter_sunday(year)
    midsummer_eve = _weekday_from(4, date(year, 6, 19))
    all_saints = _weekday_from(_SATURDAY, date(year, 10, 31))
    fixed = [(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)]
    from_easter = [-2, 0, 1, 39, 49]  # Good Friday to Whit Sunday
    return frozenset(
        {
            *(date(year, month, day) for month, day in fixed),
            *(easter + timedelta(days=days) for days in from_easter),
            midsummer_eve,
            midsummer_eve + timedelta(days=1),
            all_saints,
        }
    )


def easter_sunday(year: int) -> date:
    """Give Easter Sunday in the Gregorian calendar.

    The anonymous algorithm printed in Nature 13 (1876), in the form of J. Meeus, Astronomical
    Algorithms (1991), chapter 8.
    """
    golden = year % 19
    century, rest = divmod(year, 100)
    lunar = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - lunar + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _weekday_from(weekday: int, first: date) -> date:
    return first + timedelta(days=(weekday - first.weekday()) % 7)
