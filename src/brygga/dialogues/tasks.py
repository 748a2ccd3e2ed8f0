from django.utils import timezone
from procrastinate.contrib.django import app

from brygga.dialogues.operations.periods import remind_of_periods as remind


@app.periodic(cron="40 6 * * *")
@app.task(name="dialogues.remind_of_periods", queueing_lock="dialogues.remind_of_periods")
def remind_of_periods(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate gives periodic tasks their time
    remind(at=timezone.now())
