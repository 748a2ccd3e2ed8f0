"""All that can go to the register: what the dialogue and its tools hold, and what is new in it."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils.crypto import salted_hmac

from brygga.accounts.models import Body
from brygga.core.registry.records import RecordEntry, RecordPart
from brygga.dialogues.models import Dialogue
from brygga.dialogues.queries.records import parts_of
from brygga.dialogues.registry import registry
from brygga.tools.register.models import Delivery


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
