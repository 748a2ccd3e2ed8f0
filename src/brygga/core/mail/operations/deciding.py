"""What only a person may decide: whether a letter that may have arrived is sent again."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from brygga.core.audit.operations import record
from brygga.core.mail.enums import NEEDS_A_PERSON, State
from brygga.core.mail.models import Message
from brygga.core.mail.operations.jobs import defer_sending
from brygga.core.mail.operations.settling import empty


class AlreadyDecidedError(ValueError):
    """The letter no longer waits for a person: it has been seen to, or its content is gone."""


@transaction.atomic
def send_again(*, message_id: str, by: AbstractBaseUser, at: datetime) -> Message:
    """Send an uncertain letter again, or a failed one whose fault has been mended."""
    message = _locked(message_id)
    record(action=f"mail.send_{message.state}_again", subject=message, by=by, at=at)
    message.state = State.QUEUED if message.queued_at else State.DUE
    message.claim = message.claimed_at = message.handed_over_at = message.empty_after = None
    message.next_attempt_at = at
    message.save()
    defer_sending(message)
    return message


@transaction.atomic
def let_be(*, message_id: str, by: AbstractBaseUser, at: datetime) -> Message:
    """Leave a letter as it is: its state stays for the record, its content goes."""
    message = _locked(message_id)
    record(action=f"mail.let_{message.state}_be", subject=message, by=by, at=at)
    empty(message, at=at)
    message.save()
    return message


def _locked(message_id: str) -> Message:
    message = (
        Message.objects.select_for_update()
        .filter(message_id=message_id, state__in=NEEDS_A_PERSON, emptied_at__isnull=True)
        .first()
    )
    if message is None:
        raise AlreadyDecidedError
    return message
