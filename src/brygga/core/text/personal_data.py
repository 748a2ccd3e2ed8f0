"""Personal data in what somebody writes, so that they can be asked before others read it.

A hint to a person, not a filter: it would rather miss an odd spelling than stop at every date,
diary number or bus line.
"""

from dataclasses import dataclass
from enum import StrEnum

from brygga.core.text.contact_details import addresses, emails, phones
from brygga.core.text.personal_numbers import personal_numbers


class Kind(StrEnum):
    PERSONAL_NUMBER = "personal_number"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"


@dataclass(frozen=True)
class Finding:
    """One piece of personal data: its kind, and where in the text it begins and ends."""

    kind: Kind
    start: int
    end: int


# The surest first: what is a personal number is no phone number.
_FINDERS = {
    Kind.PERSONAL_NUMBER: personal_numbers,
    Kind.EMAIL: emails,
    Kind.PHONE: phones,
    Kind.ADDRESS: addresses,
}


def personal_data(text: str) -> list[Finding]:
    """Find personal numbers, e-mail addresses, phone numbers and street addresses, in text order.

    Findings never overlap. A personal number is found however it is written, if its day exists and
    its check digit is right; an address is a street with a house number.
    """
    findings: list[Finding] = []
    for kind, find in _FINDERS.items():
        for start, end in find(text):
            if all(end <= other.start or start >= other.end for other in findings):
                findings.append(Finding(kind, start, end))
    return sorted(findings, key=lambda finding: finding.start)
