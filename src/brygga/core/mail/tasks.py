"""What the worker does with the ledger."""

from django.utils import timezone
from procrastinate.contrib.django import app

from brygga.core.mail import operations
from brygga.core.mail.operations.jobs import QUEUE, SEND


@app.task(name=SEND, queue=QUEUE)
def send(message_pk: int) -> None:
    at = timezone.now()
    operations.render(pk=message_pk, at=at)
    operations.enqueue(pk=message_pk, at=at)
    operations.deliver(pk=message_pk, at=at)


@app.periodic(cron="* * * * *")
@app.task(name="mail.sweep", queue=QUEUE, queueing_lock="mail.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate gives periodic tasks their time
    at = timezone.now()
    operations.recover_abandoned(at=at)
    operations.defer_neglected(at=at)


@app.periodic(cron="20 3 * * *")
@app.task(name="mail.empty", queue=QUEUE, queueing_lock="mail.empty")
def empty(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate gives periodic tasks their time
    operations.empty_old_messages(at=timezone.now())
