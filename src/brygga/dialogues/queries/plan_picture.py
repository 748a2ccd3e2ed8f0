"""The plan as a picture by step: plain data out, drawn by core.ui.charts."""

from collections.abc import Sequence
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from brygga.core.ui.charts.timeplan import Lane, Mark, timeplan
from brygga.dialogues.enums import ActivityState
from brygga.dialogues.models import Step
from brygga.dialogues.queries.plan import Row


def draw_plan(rows: Sequence[Row], steps: Sequence[Step], *, today: date) -> SafeString:
    """Draw a lane for each step that has days or anything planned, and one for all else."""
    lanes = []
    for step in steps:
        marks = [_mark(row) for row in rows if row.thing.step_id == step.pk]
        if marks or step.starts_on or step.last_day:
            lanes.append(Lane(_name(step), step.starts_on, _last_day(step, today), marks))
    if loose := [_mark(row) for row in rows if row.thing.step_id is None]:
        lanes.append(Lane(gettext("Outside the steps"), None, None, loose))
    return timeplan(lanes, today=today, title=gettext("The plan, step by step"))


def _name(step: Step) -> str:
    name = f"{step.position}. {step.get_kind_display()}"
    return f"{name} ({step.round})" if step.round > 1 else name


def _last_day(step: Step, today: date) -> date | None:
    """Let a step that goes on without a last day reach as far as today."""
    if step.last_day or not step.starts_on:
        return step.last_day
    return max(step.starts_on, today)


def _mark(row: Row) -> Mark:
    return Mark(
        day=row.day,
        label=str(row.thing),
        is_activity=row.activity is not None,
        state=_state(row),
    )


def _state(row: Row) -> str:
    if row.is_overdue:
        return "late"
    if row.is_open:
        return "open"
    cancelled = row.activity and row.activity.state == ActivityState.CANCELLED
    return "off" if cancelled else "done"
