from django.utils import timezone
from procrastinate.contrib.django import app

from brygga.accounts.operations.upkeep import forget_expired


@app.periodic(cron="23 2 * * *")
@app.task(name="accounts.forget_expired", queueing_lock="accounts.forget_expired")
def forget(timestamp: int) -> None:  # noqa: ARG001 – Procrastinate gives periodic tasks their time
    forget_expired(at=timezone.now())
