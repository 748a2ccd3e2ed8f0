"""The actor map, the plan and the diary of a dialogue of the demo."""

from datetime import datetime, time, timedelta
from itertools import zip_longest
from typing import Any

from brygga.accounts.models import User
from brygga.config.demo.municipality import Town
from brygga.config.demo.script import Calendar, Script
from brygga.core.attendance.enums import AgeBand
from brygga.core.attendance.operations import check_in_device
from brygga.core.calendar import to_utc
from brygga.dialogues.enums import LogKind
from brygga.dialogues.models import Activity, Actor, Dialogue
from brygga.dialogues.operations.activities import add_activity, cancel_activity, hold_activity
from brygga.dialogues.operations.actors import add_actor, add_obstacle, mark_reached
from brygga.dialogues.operations.check_in import count_all, prepare_check_in
from brygga.dialogues.operations.log import Subjects, write_entry
from brygga.dialogues.operations.planned_messages import add_message, mark_told

ACTOR = ("name", "kind", "affected", "relation", "how_affected", "is_public")
ACTIVITY = ("title", "kind", "purpose", "place", "languages", "has_interpreter")
MORE = ("accessibility", "cost", "is_public")
MESSAGE = ("to_whom", "text", "channel")


def prepare(dialogue: Dialogue, script: Script, town: Town, calendar: Calendar) -> None:
    leader = town.people[script["leader"]]
    actors = _map(dialogue, script, leader, calendar)
    activities = _activities(dialogue, script, town, calendar, actors)
    _messages(dialogue, script, town, calendar)
    for each in script.get("diary", ()):
        write_entry(
            dialogue=dialogue,
            kind=LogKind(each.get("kind", LogKind.CHOICE)),
            text=each["text"],
            reason=each["reason"],
            is_public=each.get("is_public", False),
            subjects=Subjects(
                actor=actors.get(each.get("actor", "")),
                activity=activities.get(each.get("activity", "")),
            ),
            by=leader,
            at=calendar.moment(each["day"]),
        )


def _map(dialogue: Dialogue, script: Script, leader: User, calendar: Calendar) -> dict[str, Actor]:
    at = calendar.moment(script["opened"])
    actors: dict[str, Actor] = {}
    for each in script.get("actor", ()):
        facts = _told(each, ACTOR)
        if "suggested_by" in each:
            facts["suggested_by"] = actors[each["suggested_by"]]
        actor = add_actor(
            dialogue=dialogue,
            facts=facts,
            forgotten_code=each.get("forgotten", ""),
            by=leader,
            at=at,
        )
        for text, measure in each.get("obstacles", ()):
            add_obstacle(actor=actor, text=text, measure=measure, by=leader, at=at)
        if "reached" in each:
            day, how = each["reached"]
            mark_reached(actor=actor, on=calendar.day(day), how=how, by=leader, at=at)
        actors[each["key"]] = actor
    return actors


def _activities(
    dialogue: Dialogue,
    script: Script,
    town: Town,
    calendar: Calendar,
    actors: dict[str, Actor],
) -> dict[str, Activity]:
    steps = {step.kind: step for step in dialogue.steps.all()}
    opened = calendar.moment(script["opened"])
    activities: dict[str, Activity] = {}
    for each in script.get("activity", ()):
        person = town.people[each["responsible"]]
        starts_at = to_utc(calendar.day(each["day"]), time.fromisoformat(each["starts"]))
        activity = add_activity(
            dialogue=dialogue,
            facts=_told(each, (*ACTIVITY, *MORE))
            | {
                "step": steps[each["step"]],
                "responsible": person,
                "starts_at": starts_at,
                "ends_at": starts_at + timedelta(hours=each["hours"]),
            },
            actors=[actors[key] for key in each.get("actors", ())],
            by=person,
            at=opened,
        )
        if "phones" in each:
            _open_the_door(activity, each, person, opened)
        if "attended" in each or each.get("phones"):
            hold_activity(
                activity=activity,
                attended=each.get("attended"),
                reached=[actors[key] for key in each.get("reached", ())],
                by=person,
                at=starts_at + timedelta(days=1),
            )
        if "cancelled" in each:
            cancel_activity(activity=activity, reason=each["cancelled"], by=person, at=opened)
        activities[each["key"]] = activity
    return activities


def _open_the_door(activity: Activity, each: dict[str, Any], host: User, opened: datetime) -> None:
    """Prepare a check-in; where it has been, let phones check in and heads be counted."""
    door = prepare_check_in(
        activity=activity, asks_age="ages" in each, by=host, at=min(opened, activity.starts_at)
    )
    if not each["phones"]:
        return
    ages = [AgeBand(band) for band, number in each.get("ages", {}).items() for _ in range(number)]
    for number, age in zip_longest(range(each["phones"]), ages):
        check_in_device(
            gathering=door, device=f"{activity.public_id} {number}", age=age, at=activity.starts_at
        )
    count_all(activity=activity, heads=each["heads"], by=host, at=activity.ends_at)


def _messages(dialogue: Dialogue, script: Script, town: Town, calendar: Calendar) -> None:
    steps = {step.kind: step for step in dialogue.steps.all()}
    for each in script.get("message", ()):
        person, day = town.people[each["responsible"]], calendar.day(each["day"])
        message = add_message(
            dialogue=dialogue,
            facts=_told(each, MESSAGE)
            | {"due_on": day, "step": steps[each["step"]], "responsible": person},
            by=person,
            at=calendar.moment(script["opened"]),
        )
        if each.get("is_told"):
            mark_told(message=message, on=day, by=person, at=calendar.moment(each["day"]))


def _told(each: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: each[name] for name in names if name in each}
