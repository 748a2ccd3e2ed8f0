"""A dialogue of the demo from its opening to its end: mandate, team, steps, publishing."""

from typing import Any

from brygga.accounts.models import User
from brygga.config.demo.municipality import Town
from brygga.config.demo.script import Calendar, Script
from brygga.core import richtext
from brygga.dialogues.enums import (
    DialogueForm,
    DialogueState,
    PlaceKind,
    StepState,
    TeamRole,
    Visibility,
)
from brygga.dialogues.models import ChecklistItem, Dialogue, Step
from brygga.dialogues.operations import publication
from brygga.dialogues.operations.dialogues import NewDialogue, link_to_earlier, open_dialogue
from brygga.dialogues.operations.followers import ask_to_follow, confirm
from brygga.dialogues.operations.mandate import save_mandate
from brygga.dialogues.operations.steps import edit_step, move_on, tick
from brygga.dialogues.operations.team import add_member
from brygga.dialogues.queries.followers import confirm_token

DAYS = ("feeds_on", "feedback_on", "start_on")
NUMBERS = ("start_dnr", "assessment_reference")


def client_key(key: str) -> str:
    """Name a dialogue of the demo, so that it is opened once."""
    return f"brygga-demo:{key}"


def begin(script: Script, town: Town, calendar: Calendar) -> Dialogue:
    """Open the dialogue with its team and mandate, and publish it if it is to be."""
    leader, opened = town.people[script["leader"]], calendar.moment(script["opened"])
    dialogue = open_dialogue(
        organisation=town.organisation, new=_new(script, town), by=leader, at=opened
    )
    for each in script.get("team", ()):
        add_member(
            dialogue=dialogue,
            user=town.people[each["person"]],
            role=TeamRole(each["role"]),
            starts_on=calendar.day(script["opened"]),
            by=leader,
            at=opened,
        )
    for each in script.get("earlier", ()):
        earlier = Dialogue.objects.get(client_key=client_key(each["key"]))
        link_to_earlier(dialogue=dialogue, earlier=earlier, how=each["how"], by=leader, at=opened)
    _save_mandate(dialogue, script, town, calendar)
    _describe_steps(dialogue, script, leader, calendar)
    if "published" in script:
        _publish(dialogue, script, leader, calendar)
    dialogue.refresh_from_db()
    return dialogue


def _new(script: Script, town: Town) -> NewDialogue:
    facts = script["dialogue"]
    return NewDialogue(
        title=facts["title"],
        summary=facts["summary"],
        background=facts.get("background", "").strip(),
        form=DialogueForm(facts["form"]),
        visibility=Visibility(facts.get("visibility", Visibility.PUBLIC)),
        language=facts.get("language", "sv"),
        place_kind=PlaceKind(facts.get("place_kind", PlaceKind.MUNICIPALITY)),
        place_name=facts.get("place_name", ""),
        notice=facts.get("notice", town.notice),
        bodies=[town.bodies[key] for key in facts["bodies"]],
        themes=[town.themes[code] for code in facts["themes"]],
        client_key=client_key(script["key"]),
    )


def _save_mandate(dialogue: Dialogue, script: Script, town: Town, calendar: Calendar) -> None:
    told = richtext.stored(town.information_text)
    after: dict[str, Any] = {"information_text": told, **script["mandate"]}
    for name in DAYS:
        if name in after:
            after[name] = calendar.day(after[name])
    for name in NUMBERS:
        if name in after:
            after[name] = calendar.dated(after[name], script["opened"])
    for name in ("feeds_body", "start_body"):
        if name in after:
            after[name] = town.bodies[after[name]]
    if "feedback_owner" in after:
        after["feedback_owner"] = town.people[after["feedback_owner"]]
    mandate = dialogue.mandate
    save_mandate(
        dialogue=dialogue,
        before={name: getattr(mandate, name) for name in after},
        after=after,
        by=town.people[script["leader"]],
        at=calendar.moment(script["opened"]),
    )


def _describe_steps(dialogue: Dialogue, script: Script, leader: User, calendar: Calendar) -> None:
    told = {each["kind"]: each for each in script.get("step", ())}
    for step in Step.objects.filter(dialogue=dialogue, kind__in=told):
        each = told[step.kind]
        after = {"public_text": each.get("text", ""), "ladder_level": each.get("level")}
        edit_step(
            step=step,
            before={name: getattr(step, name) for name in after},
            after=after,
            by=leader,
            at=calendar.moment(script["opened"]),
        )


def _publish(dialogue: Dialogue, script: Script, leader: User, calendar: Calendar) -> None:
    at = calendar.moment(script["published"])
    if "information" in script:
        publication.publish_as_information(
            dialogue=dialogue, reason=script["information"]["reason"], by=leader, at=at
        )
    else:
        publication.publish_as_dialogue(dialogue=dialogue, by=leader, at=at)


def follow(dialogue: Dialogue, script: Script, calendar: Calendar) -> None:
    """Let everybody follow who does so in the end; the letters go where the demo's mail goes."""
    for each in script.get("follower", ()):
        at = calendar.moment(each["day"])
        ask_to_follow(dialogue=dialogue, email=each["email"], language="sv", at=at)
        follower = dialogue.followers.get(email=each["email"])
        confirm(token=confirm_token(follower), at=at)


def walk(dialogue: Dialogue, script: Script, town: Town, calendar: Calendar) -> None:
    """Go from step to step as far as the script does, with every checklist ticked on the way."""
    leader = town.people[script["leader"]]
    for each in script.get("step", ()):
        if "from" not in each:
            continue
        at = calendar.moment(each["from"])
        current = Step.objects.get(dialogue=dialogue, state=StepState.CURRENT)
        for item in ChecklistItem.objects.filter(step=current):
            tick(item=item, is_done=True, by=leader, at=at)
        move_on(dialogue=dialogue, from_step=current, by=leader, at=at)


def end(dialogue: Dialogue, script: Script, town: Town, calendar: Calendar) -> None:
    if "end" not in script:
        return
    told, leader = script["end"], town.people[script["leader"]]
    at = calendar.moment(told["day"])
    if told["state"] == DialogueState.CANCELLED:
        publication.cancel(
            dialogue=dialogue, reason=told["reason"], feedback=told["feedback"], by=leader, at=at
        )
    else:
        publication.close(dialogue=dialogue, by=leader, at=at)
