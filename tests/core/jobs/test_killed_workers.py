"""A worker that is killed in the middle of a long job: a real process, and SIGKILL."""

import pytest
from django.db import connection

from brygga.core.jobs import kinds
from brygga.core.jobs.kinds import Kind
from brygga.core.jobs.operations import cancel_job, recover_stalled
from tests.core.jobs.conftest import queue, wait_for
from tests.core.jobs.office import KIND, NOW, start_worker

pytestmark = pytest.mark.usefixtures("committed")


def reached(job):
    def is_under_way():
        job.refresh_from_db()
        return (job.state, job.done, job.total) == ("running", 1, 3)

    return is_under_way


def test_the_work_of_a_killed_worker_is_done_again_from_the_beginning(start, tmp_path):
    stone = tmp_path / "stone"
    stone.touch()
    job = start(stone)
    worker = start_worker()
    wait_for(reached(job))
    worker.kill()
    worker.wait()
    assert recover_stalled(at=NOW, silent_for=3_600) == 0, "it may still live"
    assert recover_stalled(at=NOW, silent_for=0) == 1
    assert queue() == [("todo", 1)]
    stone.unlink()
    assert start_worker().wait(60) == 0
    job.refresh_from_db()
    assert (job.state, job.message, job.done, job.total) == ("done", "Tre av tre", 3, 3)


def test_a_job_that_kills_its_worker_each_time_is_given_up_and_says_so(start):
    job = start()
    for expected in ([("todo", 1)], [("todo", 2)], [("failed", 3)]):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        assert recover_stalled(at=NOW, silent_for=0) == 1
        assert queue() == expected
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.message.startswith("Arbetet bröts") or job.message.startswith("The work")


def test_a_running_job_is_stopped_at_its_next_step(start, tmp_path, lars, monkeypatch):
    monkeypatch.setitem(kinds._kinds, KIND, Kind(KIND, can_be_cancelled=True))
    stone = tmp_path / "stone"
    stone.touch()
    job = start(stone)
    worker = start_worker()
    wait_for(reached(job))
    assert cancel_job(job=job, by=lars, at=NOW)
    assert worker.wait(60) == 0
    job.refresh_from_db()
    assert job.state == "cancelled"
