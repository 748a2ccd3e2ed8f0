import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import connection, transaction

from brygga.core.mail.enums import State
from brygga.core.mail.files import write_letter
from brygga.core.mail.letters import Letter, build_letter
from brygga.core.mail.models import Message, Suppression
from brygga.core.mail.operations.jobs import defer_sending
from brygga.core.mail.operations.rendering import take
from brygga.core.mail.operations.settling import note_fault, settle
from brygga.core.mail.smtp import (
    Patience,
    RefusedError,
    UnansweredError,
    UnreachedError,
    hand_over,
)

WAITS = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60)]
GIVE_UP_AFTER = timedelta(days=5)  # RFC 5321, section 4.5.4.1


class ClaimLostError(Exception):
    """We were taken for dead and somebody else has the letter now: let go of it."""


def deliver(*, pk: int, at: datetime) -> None:
    """Take a queued letter to the mail server, unless somebody else does.

    The claim is committed before the first byte, and the moment of the hand-over before the last
    one. A crash up to then leaves a claim that is taken back (`recover_abandoned`); a crash after
    it leaves a letter that may have arrived, which only a person sends again.
    """
    with holding(pk) as is_mine:
        if not is_mine:
            return
        message = claim(pk=pk, at=at)
        if message is not None:
            attempt(message, at=at)


def attempt(message: Message, *, at: datetime) -> None:
    try:
        send(message, build_letter(message), at=at)
    except UnansweredError as error:
        conclude(message, State.UNCERTAIN, at=at, error=str(error))
    except UnreachedError as error:
        postpone(message, at=at, error=str(error))
    except RefusedError as refusal:
        record_refusal(message, refusal, at=at)
    except ClaimLostError:
        return
    except ValueError as error:
        conclude(message, State.FAILED, at=at, error=type(error).__name__)
    else:
        conclude(message, State.SENT, at=at)


@contextmanager
def holding(pk: int) -> Iterator[bool]:
    """Hold a lock that dies with this process, by which the others see whether it lives."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [lock_name(pk)])
        (is_mine,) = cursor.fetchone() or (False,)
    try:
        yield is_mine
    finally:
        if is_mine and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [lock_name(pk)]
                )


def lock_name(pk: int) -> str:
    return f"brygga.mail.{pk}"


def claim(*, pk: int, at: datetime) -> Message | None:
    with transaction.atomic(durable=True):
        message = take(pk, State.QUEUED, at=at)
        if message is None:
            return None
        if Suppression.objects.covering(message).exists():
            settle(message, State.SUPPRESSED, at=at)
            return None
        if message.expires_at is not None and message.expires_at <= at:
            settle(message, State.FAILED, at=at, error=f"Expired. {message.last_error}")
            return None
        message.claim = uuid.uuid4()
        message.claimed_at = at
        message.attempts += 1
        message.save()
        return message


def send(message: Message, letter: Letter, *, at: datetime) -> None:
    if settings.MAIL_SERVER is None:
        write_letter(settings.BRYGGA_DATA / "mail", message, letter.content)
        return
    hand_over(
        settings.MAIL_SERVER,
        letter,
        patience=Patience(settings.MAIL_ANSWER_WITHIN, settings.MAIL_VERDICT_WITHIN),
        before_last_line=partial(mark_handed_over, message, at=at),
    )


def mark_handed_over(message: Message, *, at: datetime) -> None:
    with transaction.atomic(durable=True):
        mine = Message.objects.filter(pk=message.pk, claim=message.claim, state=State.QUEUED)
        if not mine.update(handed_over_at=at):
            raise ClaimLostError


def still_mine(message: Message) -> Message | None:
    return Message.objects.select_for_update().filter(pk=message.pk, claim=message.claim).first()


def conclude(message: Message, state: State, *, at: datetime, error: str = "") -> None:
    with transaction.atomic(durable=True):
        mine = still_mine(message)
        if mine is not None:
            settle(mine, state, at=at, error=error)


def record_refusal(message: Message, refusal: RefusedError, *, at: datetime) -> None:
    is_too_old = at - message.due_at >= GIVE_UP_AFTER
    if refusal.is_permanent and not refusal.of_sender:
        conclude(message, State.BOUNCED, at=at, error=str(refusal))
    elif refusal.is_permanent or is_too_old:
        conclude(message, State.FAILED, at=at, error=str(refusal))
    else:
        postpone(message, at=at, error=str(refusal))


def postpone(message: Message, *, at: datetime, error: str) -> None:
    """Let go of the letter and try again later, later each time."""
    with transaction.atomic(durable=True):
        mine = still_mine(message)
        if mine is None:
            return
        if mine.emptied_at is not None:  # given up for dead meanwhile, with nothing left to send
            settle(mine, State.FAILED, at=at, error=error)
            return
        mine.claim = mine.claimed_at = mine.handed_over_at = None
        mine.state = State.QUEUED
        note_fault(mine, error, at=at)
        mine.next_attempt_at = at + WAITS[min(mine.attempts, len(WAITS)) - 1]
        mine.save()
        defer_sending(mine)
