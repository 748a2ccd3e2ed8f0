"""All that can go to the register: what the dialogue and its tools hold, and what is new in it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.crypto import salted_hmac

from brygga.accounts.models import Body
from brygga.core.counting import count_each
from brygga.core.registry.records import RecordEntry, RecordPart
from brygga.dialogues.models import Dialogue
from brygga.dialogues.queries.records import headings_of, parts_of
from brygga.dialogues.registry import registry
from brygga.tools.register.models import Delivery


@dataclass(frozen=True)
class PartOffered:
    """A part that can go, and how much it holds where that is counted."""

    code: str
    title: str
    count: int | None


def parts_offered(dialogue: Dialogue) -> list[PartOffered]:
    """Name what can go now in one question, without reading what anybody has said."""
    headings = [*headings_of(dialogue), *registry.register_headings(dialogue)]
    rows = {
        f"{heading.code} {place}": some
        for heading in headings
        for place, some in enumerate(heading.rows)
    }
    counts = count_each(rows)
    offered = []
    for heading in headings:
        names = [f"{heading.code} {place}" for place, _rows in enumerate(heading.rows)]
        count = sum(counts[name] for name in names) if names else None
        if count != 0:
            offered.append(PartOffered(heading.code, heading.title, count))
    return offered


def all_parts(dialogue: Dialogue, at: datetime) -> list[RecordPart]:
    return [*parts_of(dialogue, at), *registry.for_the_register(dialogue, at)]


def chosen_parts(
    parts: Iterable[RecordPart], *, left_out: Collection[str], known: Collection[str]
) -> list[RecordPart]:
    """Leave out what was not chosen and what the body has had before, word for word."""
    found = []
    for part in parts:
        entries = tuple(entry for entry in part.entries if digest_of(part, entry) not in known)
        if entries and part.code not in left_out:
            found.append(RecordPart(part.code, part.title, part.came_in, entries))
    return found


def digest_of(part: RecordPart, entry: RecordEntry) -> str:
    """Make a mark of what an entry says; it changes with it and tells nobody what it is."""
    said = (part.code, entry.number, entry.heading, entry.text, entry.state, entry.reason)
    mark = salted_hmac("brygga.register.entry", "\n".join(said), algorithm="sha256")
    return mark.hexdigest()[:24]


def had_before(dialogue: Dialogue, body: Body) -> set[str]:
    rows = Delivery.objects.filter(dialogue=dialogue, body=body, made_at__isnull=False)
    return {mark for digests in rows.values_list("digests", flat=True) for mark in digests}
