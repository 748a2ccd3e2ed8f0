"""Taking people in at an activity. Their number is what the plan says of how many came."""

from datetime import datetime

from django.db import transaction

from brygga.accounts.models import User
from brygga.core.attendance import operations as attendance
from brygga.core.attendance.models import Gathering
from brygga.core.attendance.queries import numbers_of
from brygga.dialogues.enums import ActivityState
from brygga.dialogues.models import Activity
from brygga.dialogues.queries.check_in import AFTER, BEFORE, OWNER_KIND, gathering_at


class NotPlannedError(Exception):
    """Nobody checks in to what has been held or cancelled."""


class NoCheckInError(Exception):
    """The activity has no check-in yet."""


@transaction.atomic
def prepare_check_in(
    *, activity: Activity, asks_age: bool, by: User | None, at: datetime
) -> Gathering:
    """Give an activity its code, open from a while before it begins until a while after it ends."""
    activity = _planned(activity)
    return _gather(activity, asks_age=asks_age, by=by, at=at)


@transaction.atomic
def open_check_in(*, activity: Activity, by: User, at: datetime) -> Gathering:
    """Open now: before the time, after the end, or again."""
    activity = _planned(activity)
    return attendance.open_now(gathering=_existing(activity), by=by, at=at)


@transaction.atomic
def close_check_in(*, activity: Activity, by: User, at: datetime) -> Gathering:
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    return attendance.close_gathering(gathering=_existing(activity), by=by, at=at)


@transaction.atomic
def count_more(*, activity: Activity, change: int, key: str, by: User, at: datetime) -> Gathering:
    """Count some more, or fewer, by hand; the same press twice counts once."""
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    gathering = attendance.count_one_more(
        gathering=_existing(activity), change=change, key=key, by=by, at=at
    )
    _note(activity, gathering)
    return gathering


@transaction.atomic
def count_all(*, activity: Activity, heads: int, by: User, at: datetime) -> Gathering:
    """Set how many were counted by hand, also after it was held: paper comes in late."""
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    gathering = attendance.count_heads(gathering=_existing(activity), heads=heads, by=by, at=at)
    _note(activity, gathering)
    return gathering


def follow_activity(activity: Activity, *, by: User | None, at: datetime) -> None:
    """Let the check-in keep the activity's name and times. The caller has locked the activity."""
    gathering = gathering_at(activity)
    if gathering and activity.state == ActivityState.PLANNED:
        _gather(activity, asks_age=gathering.asks_age, by=by, at=at)


def close_for_good(activity: Activity, *, by: User | None, at: datetime) -> int:
    """Close and tell how many came. The caller has locked the activity, and ends it."""
    gathering = gathering_at(activity)
    if gathering is None:
        return 0
    return numbers_of(attendance.close_gathering(gathering=gathering, by=by, at=at)).came


def _planned(activity: Activity) -> Activity:
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    if activity.state != ActivityState.PLANNED:
        raise NotPlannedError
    return activity


def _existing(activity: Activity) -> Gathering:
    gathering = gathering_at(activity)
    if gathering is None:
        raise NoCheckInError
    return gathering


def _gather(activity: Activity, *, asks_age: bool, by: User | None, at: datetime) -> Gathering:
    return attendance.open_gathering(
        owner_kind=OWNER_KIND,
        owner_id=activity.public_id,
        title=activity.title,
        opens_at=activity.starts_at - BEFORE,
        closes_at=activity.ends_at + AFTER,
        asks_age=asks_age,
        by=by,
        at=at,
    )


def _note(activity: Activity, gathering: Gathering) -> None:
    if activity.state == ActivityState.DONE:
        activity.attended = numbers_of(gathering).came
        activity.version += 1
        activity.save(update_fields=["attended", "version"])
