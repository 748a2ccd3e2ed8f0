"""Deliveries: whose they are, what they hold, and which wait for a register number."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.http import Http404

from brygga.accounts.enums import Role
from brygga.core.jobs.models import Job
from brygga.core.jobs.queries import latest_under_way
from brygga.dialogues.models import Dialogue
from brygga.dialogues.queries import Access
from brygga.dialogues.queries.access import get_access, role_assignments
from brygga.dialogues.rules import Permission
from brygga.tools.register.models import Delivery, NumberChange, Paper
from brygga.tools.register.rules import JOB


@dataclass(frozen=True)
class DeliveryAccess:
    delivery: Delivery
    access: Access
    papers: tuple[Paper, ...]
    changes: tuple[NumberChange, ...]
    job: Job | None

    @property
    def may_register(self) -> bool:
        return self.access.may(Permission.REGISTER) and self.delivery.made_at is not None


def deliveries_of(dialogue: Dialogue) -> QuerySet[Delivery]:
    return (
        Delivery.objects.filter(dialogue=dialogue).select_related("body", "asked_by", "dnr_by")
    ).order_by("-number")


def get_delivery_for(
    user: AbstractBaseUser,
    dialogue_id: str,
    public_id: str,
    permission: Permission = Permission.SEND_TO_REGISTER,
    *,
    at: datetime,
) -> DeliveryAccess:
    """Give a delivery to those who may send or register; Http404 to everybody else."""
    access = get_access(user, dialogue_id, permission, at=at)
    delivery = deliveries_of(access.dialogue).filter(public_id=public_id).first()
    if delivery is None:
        raise Http404
    delivery.dialogue = access.dialogue
    papers = Paper.objects.filter(delivery=delivery).defer("content").order_by("pk")
    changes = NumberChange.objects.filter(delivery=delivery).select_related("by").order_by("-at")
    return DeliveryAccess(delivery, access, tuple(papers), tuple(changes), job_of(delivery))


def subject_of(delivery: Delivery) -> str:
    """Name a delivery to the jobs, together with the dialogue that it belongs to."""
    return f"{delivery.dialogue.public_id}/{delivery.public_id}"


def job_of(delivery: Delivery) -> Job | None:
    """Give the job that is making a delivery, if there is one."""
    return None if delivery.made_at else latest_under_way(JOB, subject_of(delivery))


def may_follow_job(user: AbstractBaseUser, subject: str, at: datetime) -> bool:
    """Tell whether somebody may see how a delivery is being made: who may ask for one there."""
    try:
        get_access(user, subject.split("/", maxsplit=1)[0], Permission.SEND_TO_REGISTER, at=at)
    except Http404:
        return False
    return True


def get_paper(delivery: Delivery, kind: str) -> Paper:
    paper = Paper.objects.filter(delivery=delivery, kind=kind, is_disposed=False).first()
    if paper is None:
        raise Http404
    return paper


def numbers_of(dialogue: Dialogue) -> list[tuple[str, str]]:
    """Give the register numbers of a dialogue with their bodies, each once."""
    rows = Delivery.objects.filter(dialogue=dialogue).exclude(dnr="")
    found = rows.order_by("number").values_list("dnr", "body__name")
    return list(dict.fromkeys(found))


def latest_number(dialogue: Dialogue, body_id: int) -> str:
    """Give the number under which the body has registered the dialogue before, if it has."""
    rows = Delivery.objects.filter(dialogue=dialogue, body=body_id).exclude(dnr="")
    return rows.order_by("-number").values_list("dnr", flat=True).first() or ""


def without_number(user: AbstractBaseUser, *, on: date) -> QuerySet[Delivery]:
    """List what the registrar has been sent and not registered."""
    held = role_assignments(user, on).filter(role=Role.REGISTRAR)
    bodies = held.exclude(body=None).values("body")
    organisations = held.filter(body=None).values("membership__organisation")
    return (
        Delivery.objects.filter(dnr="", made_at__isnull=False)
        .filter(Q(body__in=bodies) | Q(body__organisation__in=organisations))
        .order_by("asked_at", "pk")
    )
