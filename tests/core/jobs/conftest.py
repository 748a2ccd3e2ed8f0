import time

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from brygga.core.jobs.operations import Work, start_job
from tests.core.jobs import office
from tests.core.mail.ledger import forget_jobs
from tests.factories.accounts import UserFactory


@pytest.fixture
def lars(db):
    return UserFactory(email="lars@example.test")


@pytest.fixture
def start(lars):
    """Ask for the trial job, which goes on as long as a stone lies in its way."""

    def started(stone="/nowhere", by=lars, **more):
        return start_job(
            kind=office.KIND,
            title="Räkna till tre",
            work=Work(office.TASK, office.QUEUE, {"stone": str(stone)}),
            by=by,
            at=office.NOW,
            **more,
        )

    return started


@pytest.fixture
def committed(transactional_db):
    """What this test does is seen by other processes, and is gone afterwards."""
    yield
    forget_jobs()


def queue():
    ours = ProcrastinateJob.objects.filter(task_name=office.TASK)
    return list(ours.order_by("id").values_list("status", "attempts"))


def wait_for(holds):
    for _ in range(3_000):
        if holds():
            return
        time.sleep(0.02)
    raise AssertionError("It never came to hold.")
