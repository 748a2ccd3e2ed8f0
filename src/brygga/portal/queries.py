"""What the home page shows, read through the dialogues."""

from dataclasses import dataclass

from brygga.accounts.models import Organisation
from brygga.dialogues.models import Dialogue
from brygga.dialogues.queries import Reader
from brygga.dialogues.queries.listing import Wanted, list_dialogues, organisations_with_dialogues

OPEN_SHOWN = 5
DECIDED_SHOWN = 3


@dataclass(frozen=True)
class Home:
    open_now: tuple[Dialogue, ...]
    decided: tuple[Dialogue, ...]
    organisations: tuple[Organisation, ...]


def get_home(reader: Reader) -> Home:
    open_now = tuple(list_dialogues(reader, Wanted(phase="take_part"))[:OPEN_SHOWN])
    decided = list_dialogues(reader, Wanted(phase="decided"))
    return Home(
        open_now=open_now,
        decided=tuple(decided.exclude(pk__in=[each.pk for each in open_now])[:DECIDED_SHOWN]),
        organisations=tuple(organisations_with_dialogues(reader)),
    )
