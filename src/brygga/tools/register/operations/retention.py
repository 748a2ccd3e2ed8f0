"""Deciding on a disposal, stopping it, and carrying it out in steps that each stand alone."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import F
from django.utils.timezone import localdate
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from brygga.accounts.models import Body, User
from brygga.core.audit.operations import record
from brygga.core.mail.operations import forget_letters_named
from brygga.dialogues.enums import RetentionClass
from brygga.dialogues.models import Dialogue, Mandate
from brygga.dialogues.operations.erasure import dispose as dispose_of_spine
from brygga.dialogues.registry import registry
from brygga.tools.register.models import Delivery, Paper, RetentionLog, RetentionPlan
from brygga.tools.register.queries.retention import due_plans, waits_for_number
from brygga.tools.register.rules import is_due, letter_key

CARRY_OUT, QUEUE = "register.carry_out", "default"
AT_ONCE = 500


class AlreadyDisposedError(Exception):
    """What has been disposed of is not decided on again."""


class HoldNeedsReasonError(Exception):
    """Whoever stops a disposal says why."""


@dataclass(frozen=True)
class DisposalDecision:
    """Who decided how long the records are kept, when, and under which number."""

    rule: RetentionClass
    body: Body
    decided_on: date
    dnr: str


@transaction.atomic
def decide(
    *, dialogue: Dialogue, decision: DisposalDecision, by: User, at: datetime
) -> RetentionPlan:
    """Enter the decision on these records; a later one replaces it until it is carried out."""
    Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    plan = RetentionPlan.objects.filter(dialogue=dialogue).first() or RetentionPlan(
        dialogue=dialogue
    )
    if plan.carried_out_at is not None:
        raise AlreadyDisposedError
    for name, value in vars(decision).items():
        setattr(plan, name, value)
    plan.save()
    Mandate.objects.filter(dialogue=dialogue).update(retention_class=decision.rule)
    record(action="retention.decide", subject=plan, by=by, at=at, fields=list(vars(decision)))
    return plan


@transaction.atomic
def hold(*, plan: RetentionPlan, reason: str, by: User, at: datetime) -> RetentionPlan:
    """Stop the disposal, until somebody lets it go on."""
    if not reason:
        raise HoldNeedsReasonError
    locked = _lock(plan)
    locked.held_reason, locked.held_at, locked.held_by = reason, at, by
    locked.save(update_fields=["held_reason", "held_at", "held_by"])
    record(action="retention.hold", subject=locked, by=by, at=at, fields=["held_reason"])
    return locked


@transaction.atomic
def release(*, plan: RetentionPlan, by: User, at: datetime) -> RetentionPlan:
    locked = _lock(plan)
    locked.held_reason, locked.held_at, locked.held_by = "", None, None
    locked.save(update_fields=["held_reason", "held_at", "held_by"])
    record(action="retention.release", subject=locked, by=by, at=at, fields=["held_reason"])
    return locked


def _lock(plan: RetentionPlan) -> RetentionPlan:
    locked = RetentionPlan.objects.select_for_update().get(pk=plan.pk)
    if locked.carried_out_at is not None:
        raise AlreadyDisposedError
    return locked


def defer_due(*, at: datetime) -> int:
    """Put a job in line for every disposal whose day has come."""
    plans = due_plans(on=localdate(at))
    for plan in plans:
        job = app.configure_task(CARRY_OUT, queue=QUEUE, queueing_lock=f"{CARRY_OUT}:{plan.pk}")
        try:
            with transaction.atomic():
                job.defer(plan_pk=plan.pk)
        except AlreadyEnqueued:
            continue
    return len(plans)


def carry_out(*, plan_pk: int, at: datetime, most: int = AT_ONCE) -> None:
    """Dispose step by step until nothing is left; killed anywhere, it goes on where it was."""
    while carry_out_some(plan_pk=plan_pk, at=at, most=most):
        pass


@transaction.atomic
def carry_out_some(*, plan_pk: int, at: datetime, most: int) -> bool:
    """Dispose of some rows together with their line in the log; tell whether more may be left."""
    plan = (
        RetentionPlan.objects.select_for_update(of=("self",))
        .select_related("dialogue", "body")
        .get(pk=plan_pk)
    )
    if not is_due(plan, on=localdate(at)) or waits_for_number(plan.dialogue):
        return False
    log, _ = RetentionLog.objects.get_or_create(
        dialogue=plan.dialogue,
        finished_at=None,
        defaults={
            "rule": plan.rule,
            "decision": f"{plan.body.name} {plan.decided_on.isoformat()} {plan.dnr}",
            "started_at": at,
        },
    )
    gone = dispose_of_spine(plan.dialogue, at, most) | registry.dispose(plan.dialogue, at, most)
    gone["papers"] = empty_papers(plan.dialogue, at=at)
    for kind, count in gone.items():
        if count:
            log.counts[kind] = log.counts.get(kind, 0) + count
    is_done = not any(gone.values())
    if is_done:
        log.finished_at = plan.carried_out_at = at
        plan.save(update_fields=["carried_out_at"])
        record(action="retention.carried_out", subject=plan, by=None, at=at)
    log.save()
    return not is_done


def empty_papers(dialogue: Dialogue, *, at: datetime) -> int:
    """Empty our copies of what was given to the register; their hashes stay.

    Files that are being made are made anew: whoever makes them sees that somebody was erased.
    """
    Delivery.objects.filter(dialogue=dialogue, made_at=None).update(erasures=F("erasures") + 1)
    deliveries = Delivery.objects.filter(dialogue=dialogue).values_list("pk", flat=True)
    forget_letters_named(keys=[letter_key(pk) for pk in deliveries], at=at)
    papers = Paper.objects.filter(delivery__dialogue=dialogue, is_disposed=False)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL brygga.erasing = 'on'")
        count = papers.update(content=b"", is_disposed=True)
        cursor.execute("SET LOCAL brygga.erasing = 'off'")
    return count
