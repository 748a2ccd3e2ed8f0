"""Activities: planned, changed, held or cancelled, and who came."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.dialogues.enums import ActivityState
from brygga.dialogues.models import Activity, Actor, Dialogue
from brygga.dialogues.operations.actors import ForeignActorError, mark_reached
from brygga.dialogues.operations.changes import apply_changes
from brygga.dialogues.operations.check_in import close_for_good, follow_activity
from brygga.dialogues.operations.once import create_once
from brygga.dialogues.operations.steps import ReasonMissingError


class EndsBeforeItStartsError(Exception):
    """An activity ends after it starts."""


class NotHeldYetError(Exception):
    """What has not begun yet has not been held."""


class ForeignStepError(Exception):
    """The plan follows the steps of its own dialogue."""


@transaction.atomic
def add_activity(
    *,
    dialogue: Dialogue,
    facts: Mapping[str, Any],
    actors: Iterable[Actor] = (),
    client_key: str | None = None,
    by: User | None,
    at: datetime,
) -> Activity:
    """Plan an activity. With a client key, the same form sent twice plans one."""
    chosen = list(actors)
    _refuse(dialogue.pk, facts, chosen)
    activity, is_new = create_once(Activity.objects, client_key, dialogue=dialogue, **facts)
    if is_new:
        activity.actors.set(chosen)
        record(action="activity.add", subject=activity, by=by, at=at, fields=sorted(facts))
    return activity


@transaction.atomic
def edit_activity(
    *,
    activity: Activity,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    actors: Iterable[Actor],
    languages: Iterable[str],
    by: User | None,
    at: datetime,
) -> Activity:
    """Change an activity. Raises EditConflictError on a clash."""
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    chosen = list(actors)
    changed = apply_changes(activity, before=before, after=after)
    times = {"starts_at": activity.starts_at, "ends_at": activity.ends_at, "step": activity.step}
    _refuse(activity.dialogue_id, times, chosen)
    activity.languages = list(languages)
    activity.version += 1
    activity.save()
    follow_activity(activity, by=by, at=at)
    activity.actors.set(chosen)
    fields = [*changed, "languages", "actors"]
    record(action="activity.edit", subject=activity, by=by, at=at, fields=fields)
    return activity


@transaction.atomic
def hold_activity(
    *,
    activity: Activity,
    attended: int | None,
    reached: Iterable[Actor],
    by: User | None,
    at: datetime,
) -> Activity:
    """Note that it was held, how many came, and which actors it reached.

    Where people checked in or were counted at the door, that number holds, not `attended`.
    """
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    if activity.starts_at > at:
        raise NotHeldYetError
    activity.state, activity.state_reason = ActivityState.DONE, ""
    activity.attended = close_for_good(activity, by=by, at=at) or attended
    activity.version += 1
    activity.save(update_fields=["state", "state_reason", "attended", "version"])
    for actor in reached:
        mark_reached(actor=actor, on=localdate(activity.starts_at), activity=activity, by=by, at=at)
    record(action="activity.hold", subject=activity, by=by, at=at, fields=["state", "attended"])
    return activity


@transaction.atomic
def cancel_activity(*, activity: Activity, reason: str, by: User | None, at: datetime) -> Activity:
    if not reason:
        raise ReasonMissingError
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    close_for_good(activity, by=by, at=at)
    activity.state, activity.state_reason = ActivityState.CANCELLED, reason
    activity.attended = None
    activity.version += 1
    activity.save(update_fields=["state", "state_reason", "attended", "version"])
    record(action="activity.cancel", subject=activity, by=by, at=at, fields=["state"])
    return activity


@transaction.atomic
def plan_again(*, activity: Activity, by: User | None, at: datetime) -> Activity:
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    activity.state, activity.state_reason = ActivityState.PLANNED, ""
    activity.attended = None
    activity.version += 1
    activity.save(update_fields=["state", "state_reason", "attended", "version"])
    record(action="activity.plan_again", subject=activity, by=by, at=at, fields=["state"])
    return activity


def _refuse(dialogue_id: int, facts: Mapping[str, Any], actors: Iterable[Actor]) -> None:
    if facts["ends_at"] <= facts["starts_at"]:
        raise EndsBeforeItStartsError
    if (step := facts.get("step")) is not None and step.dialogue_id != dialogue_id:
        raise ForeignStepError
    if any(actor.dialogue_id != dialogue_id for actor in actors):
        raise ForeignActorError
