"""What moving the plan would do: every thing that is not fixed, before and after."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from brygga.core.calendar import (
    NoSuchTimeError,
    is_working_day,
    swedish_date,
    to_swedish,
    to_utc,
    working_days_after,
)
from brygga.dialogues.enums import ActivityState
from brygga.dialogues.models import Activity, Dialogue, PlanMove, PlannedMessage

ACTIVITY, MESSAGE = "activity", "message"


@dataclass(frozen=True)
class Moved:
    """One thing that moves. The times are ISO texts, as they are kept for the undoing."""

    kind: str
    public_id: str
    title: str
    day: date
    new_day: date
    before: tuple[str, ...]
    after: tuple[str, ...]
    is_pushed: bool  # it would have fallen on a day off


@dataclass(frozen=True)
class Preview:
    first_day: date
    days: int
    moved: tuple[Moved, ...]
    fixed: tuple[Activity | PlannedMessage, ...]

    @property
    def last_day(self) -> date:
        return max(row.new_day for row in self.moved)

    @property
    def digest(self) -> str:
        """Stand for what was shown, so that something else is never done instead."""
        shown = [[row.kind, row.public_id, row.before, row.after] for row in self.moved]
        return sha256(json.dumps([self.days, shown]).encode()).hexdigest()[:24]


def first_day_of(dialogue: Dialogue) -> date | None:
    """Give the first day in the plan that could be moved."""
    activities, messages = _loose(dialogue)
    days = [swedish_date(one.starts_at) for one in activities] + [one.due_on for one in messages]
    return min(days, default=None)


def preview_move(dialogue: Dialogue, first_day: date) -> Preview | None:
    """Tell what follows when the first day becomes another; None where nothing can be moved."""
    begins = first_day_of(dialogue)
    if begins is None:
        return None
    days = (first_day - begins).days
    activities, messages = _loose(dialogue)
    rows = [_activity(one, days) for one in activities] + [_message(one, days) for one in messages]
    return Preview(
        first_day=first_day,
        days=days,
        moved=tuple(sorted(rows, key=lambda row: (row.day, row.kind, row.public_id))),
        fixed=tuple(_fixed(dialogue)),
    )


def shift(moment: datetime, days: int) -> datetime:
    """Move a moment by days with the clock on the wall unchanged, also over summer time."""
    local = to_swedish(moment)
    day = shift_day(local.date(), days)
    try:
        return to_utc(day, local.time())
    except NoSuchTimeError:
        return to_utc(day, (local + timedelta(hours=1)).time())


def shift_day(day: date, days: int) -> date:
    """Move a day; what stood on a working day stays on one, the next where need be."""
    moved = day + timedelta(days=days)
    if is_working_day(day) and not is_working_day(moved):
        return working_days_after(moved, 1)
    return moved


def last_move_of(dialogue: Dialogue) -> PlanMove | None:
    """Give the latest move, if it has not been undone."""
    latest = dialogue.plan_moves.select_related("by").order_by("-at", "-pk").first()
    return latest if latest and latest.undone_at is None else None


def _loose(dialogue: Dialogue) -> tuple[list[Activity], list[PlannedMessage]]:
    return (
        list(dialogue.activities.filter(is_fixed=False, state=ActivityState.PLANNED)),
        list(dialogue.planned_messages.filter(is_fixed=False, done_on=None)),
    )


def _fixed(dialogue: Dialogue) -> Iterator[Activity | PlannedMessage]:
    yield from dialogue.activities.filter(is_fixed=True, state=ActivityState.PLANNED)
    yield from dialogue.planned_messages.filter(is_fixed=True, done_on=None)


def _activity(one: Activity, days: int) -> Moved:
    starts_at = shift(one.starts_at, days)
    ends_at = starts_at + (one.ends_at - one.starts_at)
    return Moved(
        kind=ACTIVITY,
        public_id=one.public_id,
        title=one.title,
        day=swedish_date(one.starts_at),
        new_day=swedish_date(starts_at),
        before=(one.starts_at.isoformat(), one.ends_at.isoformat()),
        after=(starts_at.isoformat(), ends_at.isoformat()),
        is_pushed=swedish_date(starts_at) != swedish_date(one.starts_at) + timedelta(days=days),
    )


def _message(one: PlannedMessage, days: int) -> Moved:
    due_on = shift_day(one.due_on, days)
    return Moved(
        kind=MESSAGE,
        public_id=one.public_id,
        title=str(one),
        day=one.due_on,
        new_day=due_on,
        before=(one.due_on.isoformat(),),
        after=(due_on.isoformat(),),
        is_pushed=due_on != one.due_on + timedelta(days=days),
    )
