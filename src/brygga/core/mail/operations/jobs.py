"""The job that takes one letter as far as it gets, put in line in the caller's transaction."""

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from brygga.core.mail.models import Message

SEND = "mail.send"
QUEUE = "mail"
URGENT, ORDINARY = 10, 0


def defer_sending(message: Message) -> bool:
    """Put the letter's job in line for its next attempt, unless one is waiting already."""
    try:
        with transaction.atomic():  # a savepoint: a refusal must not undo the caller's work
            app.configure_task(
                SEND,
                queue=QUEUE,
                queueing_lock=f"{SEND}:{message.pk}",
                schedule_at=message.next_attempt_at,
                priority=URGENT if message.is_secret else ORDINARY,
            ).defer(message_pk=message.pk)
    except AlreadyEnqueued:
        return False
    return True
