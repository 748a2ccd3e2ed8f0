from django.utils import timezone
from django.utils.timezone import localdate
from procrastinate.contrib.django import app

from brygga.dialogues.operations.actors import dispose_of_contacts
from brygga.dialogues.operations.joint import expire_invitations as expire
from brygga.dialogues.operations.periods import remind_of_periods as remind
from brygga.dialogues.operations.year_plan import forget_removed


@app.periodic(cron="40 6 * * *")
@app.task(name="dialogues.remind_of_periods", queueing_lock="dialogues.remind_of_periods")
def remind_of_periods(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate gives periodic tasks their time
    remind(at=timezone.now())


@app.periodic(cron="40 3 * * *")
@app.task(name="dialogues.dispose_of_contacts", queueing_lock="dialogues.dispose_of_contacts")
def dispose_of_old_contacts(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate's signature
    """Remove, every night, the contacts in the actor maps whose day has passed."""
    at = timezone.now()
    dispose_of_contacts(today=localdate(at), at=at)


@app.periodic(cron="45 6 * * *")
@app.task(name="dialogues.expire_invitations", queueing_lock="dialogues.expire_invitations")
def expire_invitations(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate gives periodic tasks their time
    expire(at=timezone.now())


@app.periodic(cron="50 3 * * *")
@app.task(name="dialogues.forget_unplanned", queueing_lock="dialogues.forget_unplanned")
def forget_unplanned(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate gives periodic tasks their time
    """Remove, every night, what was taken off the yearly plans a day ago."""
    forget_removed(at=timezone.now())
