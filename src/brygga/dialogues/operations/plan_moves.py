"""Moving the whole plan, and moving it back."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.dialogues.models import Activity, Dialogue, PlanMove, PlannedMessage
from brygga.dialogues.operations.check_in import follow_activity
from brygga.dialogues.queries.plan_moves import ACTIVITY, preview_move

KEPT = ("kind", "public_id", "before", "after")


class PlanHasChangedError(Exception):
    """The plan is no longer as it was shown. Nothing was moved."""


class NothingToMoveError(Exception):
    """Nothing in the plan is loose, or it would stay where it is."""


class AlreadyUndoneError(Exception):
    """A move is undone once."""


@transaction.atomic
def move_plan(
    *, dialogue: Dialogue, first_day: date, shown: str, by: User | None, at: datetime
) -> PlanMove:
    """Move what is not fixed. `shown` is the digest of the preview that somebody said yes to."""
    dialogue = Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    preview = preview_move(dialogue, first_day)
    if preview is None or not preview.days:
        raise NothingToMoveError
    if preview.digest != shown:
        raise PlanHasChangedError
    for row in preview.moved:
        _put(dialogue, row.kind, row.public_id, row.after, by=by, at=at)
    move = PlanMove.objects.create(
        dialogue=dialogue,
        days=preview.days,
        moved=[
            {name: value for name, value in asdict(row).items() if name in KEPT}
            for row in preview.moved
        ],
        at=at,
        by=by,
    )
    record(action="plan.move", subject=dialogue, by=by, at=at, fields=["starts_at", "due_on"])
    return move


@transaction.atomic
def undo_move(*, move: PlanMove, by: User | None, at: datetime) -> int:
    """Put back what still stands where the move put it, and tell how many things do not."""
    dialogue = Dialogue.objects.select_for_update().get(pk=move.dialogue_id)
    move = PlanMove.objects.select_for_update().get(pk=move.pk)
    if move.undone_at is not None:
        raise AlreadyUndoneError
    left = 0
    for row in move.moved:
        if _stands(dialogue, row):
            _put(dialogue, row["kind"], row["public_id"], row["before"], by=by, at=at)
        else:
            left += 1
    move.undone_at = at
    move.save(update_fields=["undone_at"])
    record(action="plan.undo_move", subject=dialogue, by=by, at=at, fields=["starts_at", "due_on"])
    return left


def _stands(dialogue: Dialogue, row: dict[str, Any]) -> bool:
    after = row["after"]
    if row["kind"] == ACTIVITY:
        starts_at, ends_at = (datetime.fromisoformat(text) for text in after)
        return dialogue.activities.filter(
            public_id=row["public_id"], starts_at=starts_at, ends_at=ends_at
        ).exists()
    return dialogue.planned_messages.filter(
        public_id=row["public_id"], due_on=date.fromisoformat(after[0])
    ).exists()


def _put(
    dialogue: Dialogue, kind: str, public_id: str, times: Any, *, by: User | None, at: datetime
) -> None:
    if kind == ACTIVITY:
        starts_at, ends_at = (datetime.fromisoformat(text) for text in times)
        activity = Activity.objects.select_for_update().get(dialogue=dialogue, public_id=public_id)
        activity.starts_at, activity.ends_at = starts_at, ends_at
        activity.version += 1
        activity.save(update_fields=["starts_at", "ends_at", "version"])
        follow_activity(activity, by=by, at=at)
        return
    message = PlannedMessage.objects.select_for_update().get(dialogue=dialogue, public_id=public_id)
    message.due_on = date.fromisoformat(times[0])
    message.version += 1
    message.save(update_fields=["due_on", "version"])
