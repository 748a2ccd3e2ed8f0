from django.utils import timezone
from procrastinate.contrib.django import app

from brygga.core.editing import operations


@app.periodic(cron="50 * * * *")
@app.task(name="editing.forget", queueing_lock="editing.forget")
def forget(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate gives periodic tasks their time
    at = timezone.now()
    operations.forget_old_drafts(at=at)
    operations.forget_absent(at=at)
