"""Signs that a text points somebody out. A sign is a reason to ask, never proof."""

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What kind of sign it is, and where it stands."""

    kind: str
    start: int
    end: int


def personal_data(text: str) -> list[Finding]:
    """Find personal identity numbers, e-mail addresses and phone numbers, in order of place."""
    found = [
        Finding(kind, *match.span())
        for kind, pattern, holds in SIGNS
        for match in pattern.finditer(text)
        if holds(match[0])
    ]
    return sorted(found, key=lambda finding: (finding.start, finding.kind))


def _has_luhn_digit(number: str) -> bool:
    digits = [int(digit) for digit in re.sub(r"\D", "", number)[-10:]]
    doubled = [sum(divmod(digit * (2 - place % 2), 10)) for place, digit in enumerate(digits)]
    return sum(doubled) % 10 == 0


SIGNS: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    (
        "personal_number",
        re.compile(
            r"(?<!\d)(?:19|20)?\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[678]\d|9[01])"
            r"\s?[-+–]?\s?\d{4}(?!\d)"
        ),
        _has_luhn_digit,
    ),
    ("email", re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w"), bool),
    (
        "phone",
        re.compile(r"(?<![\d/:-])(?:\+46|0046|0)[\s-]?[1-9]\d{0,2}(?:[\s-]?\d){5,8}(?![\d/:])"),
        bool,
    ),
)
