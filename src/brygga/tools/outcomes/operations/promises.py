"""Feedback promises: given, reminded of, moved with a reason, and kept."""

from datetime import date, datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from brygga.accounts.models import Body, User
from brygga.core.audit.operations import record
from brygga.core.calendar import swedish_date
from brygga.core.http.public_ids import new_public_id
from brygga.core.text import clean
from brygga.dialogues.models import Dialogue
from brygga.tools.outcomes import rules
from brygga.tools.outcomes.enums import PromiseState, Standing
from brygga.tools.outcomes.models import FeedbackPromise, PromiseChange
from brygga.tools.outcomes.operations.errors import ReasonMissingError
from brygga.tools.outcomes.operations.letters import (
    remind_of_promise,
    tell_of_feedback,
    warn_of_late_promise,
)
from brygga.tools.outcomes.queries.promises import open_promises, open_promises_of


class DateNotLaterError(Exception):
    """A promise is moved forward, to a day that has not been."""


class TooLateToMoveError(Exception):
    """The promise is kept, ended or has been late in public: it can no longer be moved."""


class AlreadyKeptError(Exception):
    """What was said to keep the promise stands; somebody was first."""


@transaction.atomic
def give_promise(
    *,
    dialogue: Dialogue,
    text: str,
    owner: User,
    due_on: date,
    by: User,
    at: datetime,
    body: Body | None = None,
    client_key: str | None = None,
) -> FeedbackPromise:
    """Promise those who took part an answer by a day; the same form sent twice promises once."""
    promise, is_new = FeedbackPromise.objects.get_or_create(
        dialogue=dialogue,
        client_key=client_key or new_public_id(),
        defaults={
            "text": clean(text, limit=1_000).strip(),
            "owner": owner,
            "due_on": due_on,
            "body": body,
            "created_at": at,
        },
    )
    if is_new:
        record(action="promise.give", subject=promise, by=by, at=at)
    return promise


@transaction.atomic
def promise_of_mandate(*, dialogue: Dialogue, by: User, at: datetime) -> FeedbackPromise | None:
    """Make the mandate's promise the dialogue's first; None where the mandate has none."""
    mandate = dialogue.mandate
    if not (mandate.feedback_promise and mandate.feedback_on and mandate.feedback_owner):
        return None
    promise, is_new = FeedbackPromise.objects.get_or_create(
        dialogue=dialogue,
        is_of_mandate=True,
        defaults={
            "text": mandate.feedback_promise,
            "owner": mandate.feedback_owner,
            "due_on": mandate.feedback_on,
            "body": mandate.feeds_body,
            "created_at": at,
        },
    )
    if is_new:
        record(action="promise.give", subject=promise, by=by, at=at, fields=["is_of_mandate"])
    return promise


@transaction.atomic
def move_promise(
    *, promise: FeedbackPromise, to_date: date, reason: str, by: User, at: datetime
) -> PromiseChange:
    """Set a new date with a reason that everybody can read, while the promise can be moved."""
    reason = clean(reason, limit=1_000).strip()
    if not reason:
        raise ReasonMissingError
    promise = _lock(promise)
    today = swedish_date(at)
    if rules.standing(promise, on=today) not in {Standing.OPEN, Standing.LATE}:
        raise TooLateToMoveError
    if to_date <= max(promise.due_on, today - timedelta(days=1)):
        raise DateNotLaterError
    change = PromiseChange.objects.create(
        promise=promise, from_date=promise.due_on, to_date=to_date, reason=reason, at=at, by=by
    )
    promise.due_on = to_date
    promise.save(update_fields=["due_on"])
    record(action="promise.move", subject=promise, by=by, at=at, fields=["due_on"])
    return change


@transaction.atomic
def keep_promise(*, promise: FeedbackPromise, said: str, by: User, at: datetime) -> FeedbackPromise:
    """Keep what was said to those who took part, and when, and tell those who follow."""
    said = clean(said, limit=4_000).strip()
    if not said:
        raise ReasonMissingError
    promise = _lock(promise)
    if promise.state == PromiseState.KEPT:
        raise AlreadyKeptError
    promise.state = PromiseState.KEPT
    promise.kept_at = at
    promise.kept_with = said
    promise.kept_by = by
    promise.save(update_fields=["state", "kept_at", "kept_with", "kept_by"])
    record(action="promise.keep", subject=promise, by=by, at=at, fields=["state", "kept_with"])
    tell_of_feedback(promise, at=at)
    return promise


@transaction.atomic
def hand_over_promises(
    *, dialogue: Dialogue, leaver: AbstractBaseUser, successor: User, by: User, at: datetime
) -> None:
    """Let the successor answer for what the leaver has promised and not yet kept."""
    for promise in open_promises_of(dialogue, leaver).select_for_update(of=("self",)):
        promise.owner = successor
        promise.save(update_fields=["owner"])
        record(action="promise.hand_over", subject=promise, by=by, at=at, fields=["owner"])


@transaction.atomic
def send_reminders(*, at: datetime) -> int:
    """Write to owners of what is due, and to the secretaries too once it is late.

    Run every day, or twice, or after days of sleep: each letter is asked for once.
    """
    today = swedish_date(at)
    reminded = 0
    for promise in open_promises(due_before=today + timedelta(days=max(rules.REMINDERS) + 1)):
        if rules.standing(promise, on=today) == Standing.LATE:
            reminded += warn_of_late_promise(promise, at=at)
        elif (days := rules.reminder_due(promise.due_on, on=today)) is not None:
            remind_of_promise(promise, days=days, at=at)
            reminded += 1
    return reminded


def _lock(promise: FeedbackPromise) -> FeedbackPromise:
    locked = FeedbackPromise.objects.select_for_update(of=("self",)).select_related("dialogue")
    return locked.get(pk=promise.pk)
