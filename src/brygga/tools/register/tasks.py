from django.utils import timezone
from procrastinate.contrib.django import app

from brygga.tools.register.operations import deliveries, retention


@app.task(name=deliveries.MAKE, queue=deliveries.QUEUE)
def make(delivery_pk: int) -> None:
    deliveries.make_delivery(delivery_pk=delivery_pk, at=timezone.now())


@app.task(name=retention.CARRY_OUT, queue=retention.QUEUE)
def carry_out(plan_pk: int) -> None:
    retention.carry_out(plan_pk=plan_pk, at=timezone.now())


@app.periodic(cron="40 3 * * *")
@app.task(name="register.dispose_due", queueing_lock="register.dispose_due")
def dispose_due(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate gives periodic tasks their time
    retention.defer_due(at=timezone.now())
