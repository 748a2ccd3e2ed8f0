from django.utils import timezone
from procrastinate.contrib.django import app

from brygga.tools.outcomes.operations.promises import send_reminders


@app.periodic(cron="20 6 * * *")
@app.task(queueing_lock="outcomes-reminders", pass_context=False)
def remind_of_promises(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate's signature
    """Run every morning; a letter that was asked for before is not asked for again."""
    send_reminders(at=timezone.now())
