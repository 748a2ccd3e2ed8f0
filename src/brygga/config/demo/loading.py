"""Loading the demo: each dialogue whole or not at all, and never twice."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from brygga.config.demo import planning, spine
from brygga.config.demo.leading import lead
from brygga.config.demo.municipality import Town, build_town
from brygga.config.demo.outcomes import Harvest
from brygga.config.demo.pictures import add_papers
from brygga.config.demo.registering import register
from brygga.config.demo.script import Calendar, Script, read
from brygga.config.demo.telling import tell
from brygga.config.demo.voices import Gathering
from brygga.dialogues.models import Dialogue

DIALOGUES = (
    "villages",
    "crossing",
    "school",
    "area",
    "internal",
    "cancelled",
    "draft",
    "information",
)
REAL = "housing"


def load(*, real_data: Path, at: datetime) -> Town:
    """Load what is missing of the demo. Real conversations are read where they lie."""
    calendar = Calendar(at)
    town = build_town(calendar)
    names = [*DIALOGUES, REAL] if real_conversation(real_data).is_dir() else DIALOGUES
    for name in names:
        script = read(name)
        if not find(name):
            _play(script, town, calendar, real_data)
    tell(town, calendar)
    return town


def find(name: str) -> Dialogue | None:
    return Dialogue.objects.filter(client_key=spine.client_key(name)).first()


def real_conversation(real_data: Path) -> Path:
    return real_data / str(read(REAL)["import"]["folder"])


@transaction.atomic
def _play(script: Script, town: Town, calendar: Calendar, real_data: Path) -> None:
    dialogue = spine.begin(script, town, calendar)
    planning.prepare(dialogue, script, town, calendar)
    spine.follow(dialogue, script, calendar)
    add_papers(dialogue, script, town.people[script["leader"]], calendar)
    insights = Gathering(dialogue, script, town, calendar).gather(real_data)
    spine.walk(dialogue, script, town, calendar)
    Harvest(dialogue, script, town, calendar).bring_in(insights)
    lead(dialogue, script, town, calendar)
    spine.end(dialogue, script, town, calendar)
    register(dialogue, script, town, calendar)
