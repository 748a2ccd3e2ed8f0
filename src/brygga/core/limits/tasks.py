from django.utils.timezone import localdate
from procrastinate.contrib.django import app

from brygga.core.limits import operations


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="forget-limits", pass_context=False)
def forget_limits(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate's signature
    """Run every hour, so that a machine that slept over midnight still forgets."""
    operations.forget_before(day=localdate())
