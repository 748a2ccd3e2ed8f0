"""Asking for a long job, and asking it to stop."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import get_language
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from brygga.core.audit.operations import record
from brygga.core.jobs.enums import JobState
from brygga.core.jobs.models import Job
from brygga.core.jobs.queries import may_be_cancelled
from brygga.core.live import announce


@dataclass(frozen=True)
class Work:
    """A task by its name, the queue that it waits in, and what it is called with."""

    task: str
    queue: str = "default"
    arguments: Mapping[str, JSONValue] = field(default_factory=dict)


@transaction.atomic
def start_job(
    *,
    kind: str,
    title: str,
    work: Work,
    by: AbstractBaseUser | None,
    at: datetime,
    subject: str = "",
    key: str = "",
    back_url: str = "",
) -> Job:
    """Put a job in line, with a row that tells how it goes; both are kept or neither.

    The task is called with the work's arguments and `job_pk`. Of jobs with the same key only one
    waits at a time: who asks again gets the one that waits.
    """
    fresh = {
        "subject": subject,
        "title": title[:200],
        "language": get_language() or "sv",
        "back_url": back_url,
        "started_by_id": by.pk if by else None,
        "created_at": at,
    }
    if key:
        job, is_new = Job.objects.get_or_create(
            kind=kind, key=key, state=JobState.WAITING, defaults=fresh
        )
        if not is_new:
            return job
    else:
        job = Job.objects.create(kind=kind, **fresh)
    job.queue_id = app.configure_task(work.task, queue=work.queue).defer(
        job_pk=job.pk, **work.arguments
    )
    job.save(update_fields=["queue_id"])
    record(action=f"jobs.{kind}.started", subject=job, by=by, at=at)
    return job


@transaction.atomic
def cancel_job(*, job: Job, by: AbstractBaseUser, at: datetime) -> bool:
    """Stop a job: at once where it waits, at its next step where it runs; False if it cannot be."""
    locked = Job.objects.select_for_update().get(pk=job.pk)
    if not may_be_cancelled(locked):
        return False
    locked.cancel_asked_at = at
    if locked.state == JobState.WAITING:
        locked.state, locked.ended_at = JobState.CANCELLED, at
    locked.save(update_fields=["cancel_asked_at", "state", "ended_at"])
    announce(locked.topic)
    record(action=f"jobs.{locked.kind}.cancelled", subject=locked, by=by, at=at)
    return True
