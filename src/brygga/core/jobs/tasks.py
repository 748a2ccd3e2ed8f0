from django.utils import timezone
from procrastinate.contrib.django import app

from brygga.core.jobs import operations


@app.periodic(cron="* * * * *")
@app.task(name="jobs.recover", queueing_lock="jobs.recover")
def recover(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate gives periodic tasks their time
    at = timezone.now()
    operations.recover_stalled(at=at)
    operations.fail_lost_jobs(at=at)


@app.periodic(cron="40 3 * * *")
@app.task(name="jobs.forget", queueing_lock="jobs.forget")
def forget(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate gives periodic tasks their time
    operations.forget_old_jobs(at=timezone.now())
