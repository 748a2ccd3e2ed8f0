"""Swedish personal numbers (personnummer) and coordination numbers (samordningsnummer)."""

import re
from collections.abc import Iterator
from datetime import date

_BLANK = "[ \t\u00a0\u202f]"
_NUMBER = re.compile(
    rf"""
    (?<![\w+,./-])
    (?P<century>18|19|20)?(?P<year>\d\d)
    (?P<within>[-./ ]?)(?P<month>\d\d)(?P=within)(?P<day>\d\d)
    (?P<before>{_BLANK}?[-+‐‑–−]?{_BLANK}?)
    (?P<last>\d{{4}})
    (?!\w|[-,./]\d)
    """,
    re.VERBOSE | re.ASCII,
)
_TIME_OF_DAY = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d", re.ASCII)

_COORDINATION = 60  # what a coordination number adds to the day
_LEAP_YEAR = 2000


def personal_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Find where personal and coordination numbers begin and end in `text`.

    Skatteverket, SKV 704 and SKV 707: the day of birth with or without century, a mark or none
    ("+" from the year one turns 100), three digits and a check digit by the Luhn algorithm.
    """
    for match in _NUMBER.finditer(text):
        digits = f"{match['year']}{match['month']}{match['day']}{match['last']}"
        if _is_day(match) and passes_luhn(digits) and not _is_day_and_hour(match):
            yield match.span()


def passes_luhn(digits: str) -> bool:
    """Check the last of `digits` by the Luhn algorithm (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        tens, ones = divmod(int(digit) * (1 + place % 2), 10)
        total += tens + ones
    return total % 10 == 0


def _is_day(match: re.Match[str]) -> bool:
    """Tell whether there is such a day; without a century, 29 February may be in any leap year."""
    century = int(match["century"]) * 100 if match["century"] else _LEAP_YEAR
    try:
        date(century + int(match["year"]), int(match["month"]), int(match["day"]) % _COORDINATION)
    except ValueError:
        return False
    return True


def _is_day_and_hour(match: re.Match[str]) -> bool:
    """Tell 2026-03-12 1430, a date and a time, from a number written with marks in its date."""
    marked = match["within"] and not match["before"].strip()
    return bool(marked and _TIME_OF_DAY.match(match["last"]))
