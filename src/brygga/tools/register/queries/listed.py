"""The list that follows a delivery. Its columns are a contract with registers and archives."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brygga.core.exports import Column, Kind, Table
from brygga.core.registry.records import RecordEntry, RecordPart


@dataclass(frozen=True)
class Line:
    """One entry of a part, numbered through the whole delivery."""

    place: int
    part: RecordPart
    entry: RecordEntry

    @property
    def direction(self) -> str:
        return gettext("Came in") if self.part.came_in else gettext("Established")

    @property
    def day(self) -> date:
        on = self.entry.on
        return localdate(on) if isinstance(on, datetime) else on


RECORDS: Table[Line] = Table(
    name="diarium",
    version=1,
    title=_("What came in and was established"),
    columns=(
        Column("place", _("No."), Kind.NUMBER, lambda line: line.place),
        Column("direction", _("Came in or established"), Kind.TEXT, lambda line: line.direction),
        Column("part", _("Part"), Kind.TEXT, lambda line: line.part.title),
        Column("day", _("Day"), Kind.DAY, lambda line: line.day),
        Column("number", _("Number"), Kind.TEXT, lambda line: line.entry.number),
        Column("kind", _("Kind"), Kind.TEXT, lambda line: line.entry.kind),
        Column("channel", _("Channel"), Kind.TEXT, lambda line: line.entry.channel),
        Column("state", _("State"), Kind.TEXT, lambda line: line.entry.state),
        Column("reason", _("Reason or by whom"), Kind.TEXT, lambda line: line.entry.reason),
        Column("heading", _("Heading"), Kind.TEXT, lambda line: line.entry.heading),
        Column("text", _("Text"), Kind.TEXT, lambda line: line.entry.text),
        Column("language", _("Language"), Kind.TEXT, lambda line: line.entry.language),
    ),
).declare()


def lines_of(parts: list[RecordPart]) -> list[Line]:
    entries = [(part, entry) for part in parts for entry in part.entries]
    return [Line(place, part, entry) for place, (part, entry) in enumerate(entries, start=1)]
