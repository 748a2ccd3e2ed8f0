"""The actor map's and the plan's pages."""

from datetime import UTC, date, datetime

from brygga.core.attendance.models import CheckIn
from brygga.dialogues.enums import LogKind
from brygga.dialogues.models import Activity, Actor, PlanMove, PlannedMessage, ProcessLogEntry
from brygga.dialogues.operations.check_in import prepare_check_in
from brygga.dialogues.queries.check_in import gathering_at
from tests.architecture.inventory.dialogues import LEADERS, desk, leaders, pid, unless
from tests.architecture.inventory.dialogues_public import dialogue, readers
from tests.architecture.inventory.page import Page, own
from tests.factories.dialogues import NOW, ProcessLogEntryFactory
from tests.factories.planning import (
    ActivityFactory,
    ActorFactory,
    ObstacleFactory,
    PlannedMessageFactory,
)


def actor(world):
    found = Actor.objects.filter(dialogue=world.dialogue).first()
    return (*pid(world), (found or ActorFactory(dialogue=world.dialogue)).public_id)


def activity(world):
    found = Activity.objects.filter(dialogue=world.dialogue).first()
    return (*pid(world), (found or ActivityFactory(dialogue=world.dialogue)).public_id)


def door(world):
    """An activity with a check-in that has been prepared."""
    shown = activity(world)
    prepare_check_in(
        activity=Activity.objects.get(public_id=shown[1]), asks_age=True, by=world.leader, at=NOW
    )
    return shown


def fill_door(world, count):
    activity_id = door(world)[1]
    gathering = gathering_at(Activity.objects.get(public_id=activity_id))
    CheckIn.objects.bulk_create(
        CheckIn(gathering=gathering, key_hash=f"{CheckIn.objects.count()} {number}", came_at=NOW)
        for number in range(count)
    )


def message(world):
    found = PlannedMessage.objects.filter(dialogue=world.dialogue).first()
    return (*pid(world), (found or PlannedMessageFactory(dialogue=world.dialogue)).public_id)


def fill_actors(world, count):
    for _ in range(count):
        suggested_by = ActorFactory(dialogue=world.dialogue, reached_on=date(2026, 3, 1))
        ObstacleFactory(actor=ActorFactory(dialogue=world.dialogue, suggested_by=suggested_by))


def fill_actor(world, count):
    shown = Actor.objects.get(public_id=actor(world)[1])
    for _ in range(count):
        ObstacleFactory(actor=shown)
        ActorFactory(dialogue=world.dialogue, suggested_by=shown)
        ActivityFactory(dialogue=world.dialogue).actors.add(shown)


def fill_plan(world, count):
    for _ in range(count):
        planned = ActivityFactory(dialogue=world.dialogue, responsible=world.leader, is_public=True)
        planned.actors.add(ActorFactory(dialogue=world.dialogue))
        PlannedMessageFactory(dialogue=world.dialogue, responsible=world.leader)
    PlanMove.objects.get_or_create(
        dialogue=world.dialogue, days=7, defaults={"moved": [], "at": NOW, "by": world.leader}
    )


def fill_activity(world, count):
    shown = Activity.objects.get(public_id=activity(world)[1])
    for _ in range(count):
        shown.actors.add(ActorFactory(dialogue=world.dialogue))


def fill_today(world, count):
    ActivityFactory.create_batch(
        count,
        dialogue=world.dialogue,
        responsible=world.leader,
        starts_at=datetime(2026, 3, 1, 9, tzinfo=UTC),
        ends_at=datetime(2026, 3, 1, 10, tzinfo=UTC),
    )
    PlannedMessageFactory.create_batch(count, dialogue=world.dialogue, responsible=world.leader)


def planners(name, **more):
    more.setdefault("arguments", pid)
    readers = unless({"cancelled"}, LEADERS)
    return Page(f"dialogues:{name}", readers, depends_on_state=True, **more)


def at_the_door(name, **more):
    counters = unless({"cancelled"}, LEADERS | own("secretary", "elected"))
    return Page(f"dialogues:{name}", counters, depends_on_state=True, **more)


def entry(world):
    written = ProcessLogEntry.objects.filter(dialogue=world.dialogue, kind=LogKind.CHOICE).first()
    return (*pid(world), (written or ProcessLogEntryFactory(dialogue=world.dialogue)).pk)


def fill_diary(world, count):
    for _ in range(count):
        written = ProcessLogEntryFactory(
            dialogue=world.dialogue,
            by=world.leader,
            step=world.dialogue.steps.first(),
            actor=ActorFactory(dialogue=world.dialogue),
            activity=ActivityFactory(dialogue=world.dialogue),
            is_public=True,
        )
        ProcessLogEntryFactory(
            dialogue=world.dialogue, corrects=written, kind=LogKind.CORRECTION, is_public=True
        )


def fill_public(world, count):
    fill_diary(world, count)
    ActivityFactory.create_batch(
        count,
        dialogue=world.dialogue,
        is_public=True,
        starts_at=datetime(2090, 3, 1, 9, tzinfo=UTC),
        ends_at=datetime(2090, 3, 1, 10, tzinfo=UTC),
    )
    ActorFactory.create_batch(count, dialogue=world.dialogue, is_public=True)


PAGES = (
    desk("log", fill=fill_diary),
    desk("log", fill=fill_diary, query="?export=csv", gives_file=True),
    desk("log", fill=fill_diary, query="?q=väg&kind=choice&public=on"),
    desk("log_pdf", fill=fill_diary, gives_file=True),
    Page("dialogues:log_correct", LEADERS | own("secretary"), entry),
    Page("dialogues:log_choose", LEADERS, entry, posts_only=True),
    Page("dialogues:how", readers, dialogue, fill=fill_diary, public=True, depends_on_state=True),
    Page("dialogues:detail", readers, dialogue, fill=fill_public, public=True),
    desk("actors", fill=fill_actors, query="?export=csv", gives_file=True),
    desk("plan", fill=fill_plan, query="?export=csv", gives_file=True),
    desk("actors", fill=fill_actors),
    desk("actors", query="?q=by&kind=group&reached=no&sort=-name", fill=fill_actors),
    leaders("actor_new"),
    desk("actor", arguments=actor, fill=fill_actor),
    leaders("actor_edit", arguments=actor, fill=fill_actors),
    leaders("actor_obstacle", arguments=actor, posts_only=True),
    leaders("actor_contact", arguments=actor, posts_only=True),
    leaders("actor_remove", arguments=actor, posts_only=True),
    desk("actors_missing", fill=fill_actors),
    desk("plan", fill=fill_plan),
    desk("plan", query="?q=by&what=activity&state=open&mine=on", fill=fill_plan),
    planners("plan_starter", fill=fill_plan),
    planners("plan_move", query="?first_day=2026-06-01", fill=fill_plan),
    planners("plan_undo", posts_only=True),
    planners("activity_new", fill=fill_plan),
    desk("activity", arguments=activity, fill=fill_activity),
    planners("activity_edit", arguments=activity, fill=fill_plan),
    planners("activity_state", arguments=activity, posts_only=True),
    at_the_door("check_in", arguments=door, fill=fill_door),
    at_the_door("check_in", arguments=activity),
    at_the_door("check_in_poster", arguments=door),
    planners("message_new", fill=fill_plan),
    desk("planned_message", arguments=message),
    planners("message_edit", arguments=message),
    planners("message_state", arguments=message, posts_only=True),
)
