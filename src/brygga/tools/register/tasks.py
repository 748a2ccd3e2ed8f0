from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from procrastinate.contrib.django import app

from brygga.core.jobs.operations import JobFailedError, Outcome, Progress, carry_out
from brygga.tools.register.operations import retention
from brygga.tools.register.operations.deliveries import MAKE, QUEUE
from brygga.tools.register.operations.making import NothingNewError, make_delivery


@app.task(name=MAKE, queue=QUEUE)
def make(delivery_pk: int, job_pk: int) -> None:
    def work(progress: Progress) -> Outcome:
        nothing_new = gettext("The body has had everything. Nothing is new since then.")
        try:
            made = make_delivery(delivery_pk=delivery_pk, at=timezone.now(), report=progress.report)
        except NothingNewError as error:
            raise JobFailedError(nothing_new) from error
        if made is None:
            raise JobFailedError(nothing_new)
        place = [made.dialogue.public_id, made.public_id]
        words = gettext("The files are made, and mailed to %(address)s.")
        return Outcome(words % {"address": made.sent_to}, reverse("register:delivery", args=place))

    carry_out(pk=job_pk, work=work, clock=timezone.now)


@app.task(name=retention.CARRY_OUT, queue=retention.QUEUE)
def dispose(plan_pk: int) -> None:
    retention.carry_out(plan_pk=plan_pk, at=timezone.now())


@app.periodic(cron="40 3 * * *")
@app.task(name="register.dispose_due", queueing_lock="register.dispose_due")
def dispose_due(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate gives periodic tasks their time
    retention.defer_due(at=timezone.now())
