"""What those who lead the demo's dialogues have prepared, asked for and handed over."""

from datetime import datetime

from django.utils.translation import override

from brygga.accounts.models import User
from brygga.config.demo.municipality import Town
from brygga.config.demo.script import Calendar, Script
from brygga.dialogues.enums import KitText
from brygga.dialogues.models import Dialogue
from brygga.dialogues.operations.handovers import ask_to_take_over
from brygga.dialogues.operations.joint import accept_invitation, invite_owner
from brygga.dialogues.operations.kit import write_invitation
from brygga.dialogues.operations.periods import set_period
from brygga.dialogues.operations.starters import save_as_template
from brygga.dialogues.queries.handovers import suggest_note
from brygga.dialogues.queries.kit import suggestion_for


def lead(dialogue: Dialogue, script: Script, town: Town, calendar: Calendar) -> None:
    leader = town.people[script["leader"]]
    for each in script.get("joint", ()):
        _ask_to_own(dialogue, each, town, calendar)
    for each in script.get("invitation", ()):
        _write(dialogue, each, leader, calendar.moment(each["day"]))
    if told := script.get("template"):
        save_as_template(
            dialogue=dialogue,
            name=told["name"],
            parts=told["parts"],
            by=leader,
            at=calendar.moment(told["day"]),
        )
    if told := script.get("handover"):
        _hand_over(dialogue, told, leader, town.people[told["to"]], calendar.moment(told["day"]))
    if told := script.get("period"):
        set_period(
            body=town.bodies[told["body"]],
            last_day=calendar.day(told["last_day"]),
            by=leader,
            at=calendar.moment(told["day"]),
        )


def _ask_to_own(dialogue: Dialogue, told: Script, town: Town, calendar: Calendar) -> None:
    invitation = invite_owner(
        dialogue=dialogue,
        body=town.bodies[told["body"]],
        word=told["word"],
        by=town.people[told["by"]],
        at=calendar.moment(told["day"]),
    )
    if "answered" in told:
        accept_invitation(
            invitation=invitation,
            answer=told["answer"],
            by=town.people[told["answered_by"]],
            at=calendar.moment(told["answered"]),
        )


def _write(dialogue: Dialogue, told: Script, leader: User, at: datetime) -> None:
    kind, language = KitText(told["kind"]), told["language"]
    suggested = suggestion_for(dialogue, kind, language)
    write_invitation(
        dialogue=dialogue,
        kind=kind,
        language=language,
        before={"heading": suggested.heading, "text": suggested.text},
        after={"heading": told["heading"], "text": told["text"].strip()},
        by=leader,
        at=at,
    )


def _hand_over(
    dialogue: Dialogue, told: Script, leader: User, successor: User, at: datetime
) -> None:
    with override("sv"):
        where = suggest_note(dialogue, leader, at=at)
    ask_to_take_over(
        dialogue=dialogue,
        leaver=leader,
        successor=successor,
        note=f"{told['note'].strip()}\n\n{where}",
        at=at,
    )
