"""A job while the worker does it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import psycopg
from django.db import transaction
from django.utils.translation import gettext, override

from brygga.core.jobs.enums import JobState
from brygga.core.jobs.models import Job
from brygga.core.live import announce
from brygga.core.live.listener import CHANNEL, database_address

LONGEST_MESSAGE = 500

TELL = """
    WITH told AS (
        UPDATE jobs_job SET done = %(done)s, total = %(total)s, message = %(message)s
        WHERE id = %(pk)s AND state = 'running'
        RETURNING public_id, cancel_asked_at
    )
    SELECT cancel_asked_at IS NOT NULL, pg_notify(%(channel)s, 'job ' || public_id) FROM told
"""


class JobFailedError(Exception):
    """The job cannot be done; the text says why to the one who asked for it."""


class JobCancelledError(Exception):
    """Somebody asked the job to stop."""


Report = Callable[[int, int, str], None]


def told_to_nobody(done: int, total: int, message: str) -> None:
    """Stand in for Progress.report where nobody waits for the work."""


@dataclass(frozen=True)
class Outcome:
    """What came of a job: a sentence, and where the result is."""

    message: str = ""
    result_url: str = ""


class Progress:
    """Tells how far a job has come, over a connection of its own: seen before the work commits."""

    def __init__(self, pk: int, telling: "psycopg.Connection[tuple[object, ...]]") -> None:
        self._pk = pk
        self._telling = telling

    def report(self, done: int, total: int, message: str = "") -> None:
        """Raise JobCancelledError where the job has been asked to stop: nothing is kept then."""
        row = self._telling.execute(
            TELL,
            {
                "pk": self._pk,
                "done": min(done, total),
                "total": total,
                "message": message[:LONGEST_MESSAGE],
                "channel": CHANNEL,
            },
        ).fetchone()
        if row and row[0]:
            raise JobCancelledError


@contextmanager
def _progress(pk: int) -> Iterator[Progress]:
    with psycopg.connect(database_address(), autocommit=True) as telling:
        yield Progress(pk, telling)


def carry_out(
    *, pk: int, work: Callable[[Progress], Outcome], clock: Callable[[], datetime]
) -> None:
    """Do the work of a job and write down how it ended; one that has ended is not done again.

    `work` is one transaction, and may be done again from the beginning if its worker is killed.
    """
    job = _begin(pk)
    if job is None:
        return
    with override(job.language):
        try:
            with _progress(pk) as progress:
                outcome = work(progress)
        except JobCancelledError:
            _end(pk, JobState.CANCELLED, Outcome(), at=clock())
        except JobFailedError as fault:
            _end(pk, JobState.FAILED, Outcome(str(fault)), at=clock())
        except Exception:
            words = gettext("Something went wrong with us. Nothing was changed. Please try again.")
            _end(pk, JobState.FAILED, Outcome(words), at=clock())
            raise
        else:
            _end(pk, JobState.DONE, outcome, at=clock())


@transaction.atomic
def _begin(pk: int) -> Job | None:
    job = Job.objects.select_for_update().filter(pk=pk).first()
    if job is None or not job.is_under_way:
        return None
    job.state, job.done, job.message = JobState.RUNNING, 0, ""
    job.save(update_fields=["state", "done", "message"])
    announce(job.topic)
    return job


@transaction.atomic
def _end(pk: int, state: JobState, outcome: Outcome, *, at: datetime) -> None:
    job = Job.objects.select_for_update().get(pk=pk)
    if not job.is_under_way:
        return
    job.state, job.ended_at = state, at
    job.message, job.result_url = outcome.message[:LONGEST_MESSAGE], outcome.result_url
    if state == JobState.DONE:
        job.done = job.total
    job.save(update_fields=["state", "ended_at", "message", "result_url", "done"])
    announce(job.topic)
