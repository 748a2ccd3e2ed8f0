"""When a promise is late, to whom that is shown, and who may still move it. Pure: told, not asked.

An overdue promise is shown to its owner and the secretary for ten working days, in which they may
set a new date with a public reason. Then everybody sees that it is late, and it can only be kept.
"""

from datetime import date

from brygga.core.calendar import working_days_after
from brygga.dialogues.enums import DialogueState, TeamRole
from brygga.tools.outcomes.enums import PromiseState, Standing
from brygga.tools.outcomes.models import FeedbackPromise

WORKING_DAYS_OF_GRACE = 10
REMINDERS = (14, 3, 0)  # days before a promise is due


def last_day_of_grace(due_on: date) -> date:
    return working_days_after(due_on, WORKING_DAYS_OF_GRACE)


def standing(promise: FeedbackPromise, *, on: date) -> Standing:
    if promise.state == PromiseState.KEPT:
        return Standing.KEPT
    if promise.dialogue.state == DialogueState.CANCELLED:
        return Standing.ENDED
    if on <= promise.due_on:
        return Standing.OPEN
    return Standing.LATE if on <= last_day_of_grace(promise.due_on) else Standing.BROKEN


def public_standing(promise: FeedbackPromise, *, on: date) -> Standing:
    """What residents are told: within the days of grace a late promise still reads as promised."""
    stands = standing(promise, on=on)
    return Standing.OPEN if stands == Standing.LATE else stands


def seen_standing(
    promise: FeedbackPromise, *, user_id: int, roles: frozenset[TeamRole], on: date
) -> Standing:
    """What somebody of the team sees: in the days of grace it is late to owner and secretary."""
    if promise.owner_id == user_id or TeamRole.SECRETARY in roles:
        return standing(promise, on=on)
    return public_standing(promise, on=on)


def may_move(
    promise: FeedbackPromise, *, user_id: int, roles: frozenset[TeamRole], on: date
) -> bool:
    """Tell whether somebody may set a new date: the owner or a secretary, in time."""
    if standing(promise, on=on) not in {Standing.OPEN, Standing.LATE}:
        return False
    return promise.owner_id == user_id or TeamRole.SECRETARY in roles


def reminder_due(due_on: date, *, on: date) -> int | None:
    """Give the reminder that stands nearest on a day, as days before; None when none does yet.

    A worker that slept sends the one that stands, not those that it missed.
    """
    days_left = (due_on - on).days
    if days_left < 0:
        return None
    return min((days for days in REMINDERS if days_left <= days), default=None)
