"""Planning a year's dialogues."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from brygga.accounts.models import Body, Organisation, User
from brygga.accounts.operations.public_page import KEPT_FOR
from brygga.core.audit.operations import record
from brygga.dialogues.enums import DialogueForm, LadderLevel
from brygga.dialogues.models import Dialogue, PlannedDialogue, YearPlan


class IssueTakenError(Exception):
    """The plan has that issue already."""


class PlannedGoneError(Exception):
    """Somebody took it off the plan meanwhile."""


class PlanChangedError(Exception):
    """Somebody else saved meanwhile; `version` is what is saved now."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


@dataclass(frozen=True)
class PlanFacts:
    issue: str
    body: Body
    level: LadderLevel
    form: DialogueForm
    first_quarter: int
    last_quarter: int
    note: str = ""
    dialogue: Dialogue | None = None


@transaction.atomic
def begin_year(*, organisation: Organisation, year: int, by: User, at: datetime) -> YearPlan:
    plan, is_new = YearPlan.objects.get_or_create(organisation=organisation, year=year)
    if is_new:
        record(action="year_plan.begun", subject=plan, by=by, at=at)
    return plan


@transaction.atomic
def set_published(*, plan: YearPlan, is_public: bool, by: User, at: datetime) -> None:
    plan = YearPlan.objects.select_for_update().get(pk=plan.pk)
    if is_public == (plan.published_at is not None):
        return
    plan.published_at = at if is_public else None
    plan.save(update_fields=["published_at"])
    action = "year_plan.published" if is_public else "year_plan.withdrawn"
    record(action=action, subject=plan, by=by, at=at)


@transaction.atomic
def save_planned(
    *,
    plan: YearPlan,
    planned: PlannedDialogue | None,
    facts: PlanFacts,
    version: int,
    by: User,
    at: datetime,
) -> PlannedDialogue:
    """Add a dialogue to the plan or change it; `version` is the one that was opened."""
    if planned:
        planned = PlannedDialogue.objects.select_for_update().get(pk=planned.pk)
        if planned.removed_at:
            raise PlannedGoneError
        if planned.version != version:
            raise PlanChangedError(planned.version)
        planned.version += 1
    else:
        planned = PlannedDialogue(plan=plan)
    changed = [name for name, value in vars(facts).items() if _of(planned, name) != value]
    for name in changed:
        setattr(planned, name, getattr(facts, name))
    try:
        with transaction.atomic():
            planned.save()
    except IntegrityError as error:
        raise IssueTakenError from error
    record(action="planned.saved", subject=planned, by=by, at=at, fields=changed)
    return planned


@transaction.atomic
def remove_planned(*, planned: PlannedDialogue, by: User, at: datetime) -> None:
    """Take it off the plan at once; it is kept for a day, so that one can think again."""
    if PlannedDialogue.objects.filter(pk=planned.pk, removed_at=None).update(removed_at=at):
        record(action="planned.removed", subject=planned, by=by, at=at)


@transaction.atomic
def put_planned_back(*, planned: PlannedDialogue, by: User, at: datetime) -> None:
    """Plan it again. Raises IssueTakenError where the plan has another with its issue by now."""
    planned = PlannedDialogue.objects.select_for_update().get(pk=planned.pk)
    planned.removed_at = None
    try:
        with transaction.atomic():
            planned.save(update_fields=["removed_at"])
    except IntegrityError as error:
        raise IssueTakenError from error
    record(action="planned.put_back", subject=planned, by=by, at=at)


def forget_removed(*, at: datetime) -> int:
    gone, _ = PlannedDialogue.objects.filter(removed_at__lt=at - KEPT_FOR).delete()
    return gone


def _of(planned: PlannedDialogue, name: str) -> object:
    return None if name == "body" and planned.body_id is None else getattr(planned, name)
