"""Asking for what came in and was established to be given to a body's register."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext

from brygga.accounts.models import Body, User
from brygga.core.audit.operations import record
from brygga.core.jobs.models import Job
from brygga.core.jobs.operations import Work, start_job
from brygga.dialogues.models import Dialogue
from brygga.tools.register.enums import Scope
from brygga.tools.register.models import Delivery
from brygga.tools.register.queries.deliveries import job_of, subject_of
from brygga.tools.register.rules import JOB

MAKE, QUEUE = "register.make", "default"


class NoAddressError(Exception):
    """The body has no address to its registrar."""


class ForeignBodyError(Exception):
    """The body does not own the dialogue."""


class MadeAlreadyError(Exception):
    """The files are there: what has been given is not made anew."""


@dataclass(frozen=True)
class Asked:
    """A delivery that was asked for, and the job that makes it while it is under way."""

    delivery: Delivery
    job: Job | None


@transaction.atomic
def ask_for_delivery(
    *,
    dialogue: Dialogue,
    body: Body,
    scope: Scope,
    left_out: Collection[str],
    client_key: str | None,
    by: User,
    at: datetime,
) -> Asked:
    """Ask the worker for a delivery; the same form sent twice asks once.

    Nothing is read here of what people have said: that may be much, and is the worker's to do.
    """
    locked = Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    if client_key:
        same = Delivery.objects.filter(dialogue=locked, client_key=client_key).first()
        if same is not None:
            return Asked(same, job_of(same))
    if body.organisation_id != locked.organisation_id and not locked.bodies.filter(pk=body.pk):
        raise ForeignBodyError
    if not body.registrar_email:
        raise NoAddressError
    newest = Delivery.objects.filter(dialogue=locked).aggregate(newest=Max("number"))["newest"]
    delivery = Delivery.objects.create(
        dialogue=locked,
        body=body,
        number=(newest or 0) + 1,
        scope=scope,
        left_out=sorted(left_out),
        asked_at=at,
        asked_by=by,
        client_key=client_key or None,
    )
    record(action="register.ask", subject=delivery, by=by, at=at, fields=["body", "scope"])
    return Asked(delivery, _start_making(delivery, by, at))


@transaction.atomic
def make_again(*, delivery: Delivery, by: User, at: datetime) -> Job:
    """Ask once more for files that were not made, since the work was broken off."""
    locked = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if locked.made_at is not None:
        raise MadeAlreadyError
    return job_of(locked) or _start_making(locked, by, at)


def _start_making(delivery: Delivery, by: User, at: datetime) -> Job:
    return start_job(
        kind=JOB,
        subject=subject_of(delivery),
        key=str(delivery.pk),
        title=gettext("The files for the register are being made"),
        work=Work(MAKE, QUEUE, {"delivery_pk": delivery.pk}),
        back_url=reverse("register:overview", args=[delivery.dialogue.public_id]),
        by=by,
        at=at,
    )
