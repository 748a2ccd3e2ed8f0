"""What a killed worker leaves behind: its jobs are done again, a few times, and none hangs."""

from datetime import datetime, timedelta

from asgiref.sync import async_to_sync
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext, override
from procrastinate import exceptions
from procrastinate.contrib.django import app
from procrastinate.jobs import Job as QueuedJob
from procrastinate.jobs import Status

from brygga.core.jobs.enums import UNDER_WAY, JobState
from brygga.core.jobs.models import Job
from brygga.core.live import announce

SILENT_FOR = 60.0  # seconds without a heartbeat, of which a living worker gives one every ten
MOST_ATTEMPTS = 3  # so that a job that kills its worker does not do so for ever
KEPT_FOR = timedelta(days=30)

LOST = """
    SELECT job.id FROM jobs_job AS job
    LEFT JOIN procrastinate_jobs AS queued
        ON queued.id = job.queue_id AND queued.status IN ('todo', 'doing')
    WHERE job.state IN ('waiting', 'running') AND queued.id IS NULL
"""


def recover_stalled(*, at: datetime, silent_for: float = SILENT_FOR) -> int:
    """Put the jobs of dead workers in line again, or give them up; return how many there were."""
    stalled = list(
        async_to_sync(app.job_manager.get_stalled_jobs)(seconds_since_heartbeat=silent_for)
    )
    for queued in stalled:
        _recover(queued, at=at)
    return len(stalled)


def _recover(queued: QueuedJob, *, at: datetime) -> None:
    assert queued.id is not None, "a job from the database has its number"
    if queued.attempts + 1 < MOST_ATTEMPTS:
        try:
            with transaction.atomic():
                app.job_manager.retry_job_by_id(queued.id, retry_at=at)
                Job.objects.filter(queue_id=queued.id, state=JobState.RUNNING).update(done=0)
        except (IntegrityError, exceptions.UniqueViolation):
            pass  # the same work already waits in line, so that this one is not needed
        else:
            return
    _give_up(queued.id, at=at)


@transaction.atomic
def _give_up(queue_id: int, *, at: datetime) -> None:
    async_to_sync(app.job_manager.finish_job_by_id_async)(
        job_id=queue_id, status=Status.FAILED, delete_job=False
    )
    for job in Job.objects.filter(queue_id=queue_id, state__in=UNDER_WAY):
        _fail(job.pk, at=at)


def fail_lost_jobs(*, at: datetime) -> int:
    """End the jobs that wait or run here while the worker knows nothing of them."""
    with connection.cursor() as cursor:
        cursor.execute(LOST)
        lost = [pk for (pk,) in cursor.fetchall()]
    for pk in lost:
        _fail(pk, at=at)
    return len(lost)


@transaction.atomic
def _fail(pk: int, *, at: datetime) -> None:
    job = Job.objects.select_for_update().get(pk=pk)
    if not job.is_under_way:
        return
    with override(job.language):
        job.message = gettext("The work was broken off, and nothing was changed. Please try again.")
    job.state, job.ended_at = JobState.FAILED, at
    job.save(update_fields=["state", "message", "ended_at"])
    announce(job.topic)


def forget_old_jobs(*, at: datetime) -> int:
    count, _ = Job.objects.filter(ended_at__lt=at - KEPT_FOR).delete()
    return count
