"""The job that takes one letter as far as it gets, put in line in the caller's transaction."""

from collections.abc import Iterable

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import JobDeferrer

from brygga.core.mail.models import Message

SEND = "mail.send"
QUEUE = "mail"
URGENT, ORDINARY = 10, 0


def defer_sending(message: Message) -> bool:
    """Put the letter's job in line for its next attempt, unless one is waiting already."""
    try:
        with transaction.atomic():  # a savepoint: a refusal must not undo the caller's work
            _deferrer(message).defer(message_pk=message.pk)
    except AlreadyEnqueued:
        return False
    return True


def defer_sending_all(messages: Iterable[Message]) -> None:
    """Put the jobs of letters in line that have none yet."""
    jobs = [_deferrer(message).make_new_job(message_pk=message.pk) for message in messages]
    if jobs:
        app.job_manager.batch_defer_jobs(jobs)


def _deferrer(message: Message) -> JobDeferrer:
    return app.configure_task(
        SEND,
        queue=QUEUE,
        queueing_lock=f"{SEND}:{message.pk}",
        schedule_at=message.next_attempt_at,
        priority=URGENT if message.is_secret else ORDINARY,
    )
