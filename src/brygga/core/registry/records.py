"""What is given to a register: entries under headings."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True)
class RecordEntry:
    """One thing that came in or was established, as the registrar is given it."""

    on: date | datetime
    number: str
    kind: str
    text: str
    heading: str = ""
    channel: str = ""
    state: str = ""
    reason: str = ""
    language: str = ""


@dataclass(frozen=True)
class RecordPart:
    """A heading of the file to the register; what came in stands apart from what we established."""

    code: str
    title: str
    came_in: bool
    entries: tuple[RecordEntry, ...]


@dataclass(frozen=True)
class RecordHeading:
    """A part as it can be chosen, before anything of it is read.

    `rows` are what its entries are made of, to be counted; a part without is always there.
    """

    code: str
    title: str
    rows: tuple[QuerySet[Any], ...] = ()
