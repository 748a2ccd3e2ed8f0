"""Organisation numbers and the Peppol addresses made of them."""

import re

from brygga.core.text.personal_numbers import passes_luhn

_WRITTEN = re.compile(r"(?:16)?(\d{6})-?(\d{4})", re.ASCII)
SWEDISH_SCHEME = "0007"  # Swedish organisation numbers in Peppol's list of schemes


class BadIdentifierError(ValueError):
    """The number is none: too short, mistyped, or a person's."""


def organisation_number(text: str) -> str:
    """Give the ten digits of an organisation number, written with or without hyphen or 16.

    The third digit of an organisation number is 2 or more, so that it is never a personal number
    (lagen (1974:174) om identitetsbeteckning för juridiska personer m.fl.); the last one checks
    the others by the Luhn formula.
    """
    written = _WRITTEN.fullmatch(text.strip())
    digits = "".join(written.groups()) if written else ""
    if not digits or digits[2] < "2" or not passes_luhn(digits):
        raise BadIdentifierError(text)
    return digits


def peppol_id(text: str) -> str:
    """Give a Swedish Peppol address, 0007 and an organisation number, as 0007:nnnnnnnnnn."""
    scheme, colon, number = text.strip().partition(":")
    if scheme != SWEDISH_SCHEME or not colon or not re.fullmatch(r"\d{10}", number, re.ASCII):
        raise BadIdentifierError(text)
    return f"{SWEDISH_SCHEME}:{organisation_number(number)}"
