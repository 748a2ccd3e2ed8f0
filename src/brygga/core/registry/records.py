"""What is given to a register: entries under headings."""

from dataclasses import dataclass
from datetime import date, datetime


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
