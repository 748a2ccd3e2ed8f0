from django.utils import timezone
from procrastinate.contrib.django import app

from brygga.core.attendance import operations


@app.periodic(cron="41 3 * * *")
@app.task(name="attendance.empty", queueing_lock="attendance.empty")
def empty_old_attendance(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate's signature
    operations.empty_old_lists(at=timezone.now())
