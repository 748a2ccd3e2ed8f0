"""What will be disposed of, when, by which decision, and what stops it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from brygga.core.counting import count_each
from brygga.dialogues.models import Dialogue
from brygga.dialogues.queries.disposal import to_dispose as spine_rows
from brygga.dialogues.registry import registry
from brygga.tools.register.models import Delivery, Paper, RetentionLog, RetentionPlan
from brygga.tools.register.rules import due_on, is_due


@dataclass(frozen=True)
class Outlook:
    """How a dialogue's disposal stands: a rehearsal of the job, which changes nothing."""

    dialogue: Dialogue
    rule: str
    plan: RetentionPlan | None
    due_on: date | None
    counts: tuple[tuple[str, int], ...]
    unregistered: int
    log: tuple[RetentionLog, ...]


def plan_of(dialogue: Dialogue) -> RetentionPlan | None:
    plan = RetentionPlan.objects.filter(dialogue=dialogue).select_related("body", "held_by").first()
    if plan is not None:
        plan.dialogue = dialogue
    return plan


def outlook(dialogue: Dialogue, plan: RetentionPlan | None) -> Outlook:
    rule = plan.rule if plan else dialogue.mandate.retention_class
    waiting = {"unregistered": _unregistered(dialogue)}
    counts = count_each(to_dispose(dialogue) | waiting)
    unregistered = counts.pop("unregistered")
    return Outlook(
        dialogue=dialogue,
        rule=rule,
        plan=plan,
        due_on=due_on(dialogue, rule) if rule else None,
        counts=tuple((kind, count) for kind, count in counts.items() if count),
        unregistered=unregistered,
        log=tuple(RetentionLog.objects.filter(dialogue=dialogue).order_by("-started_at")),
    )


def to_dispose(dialogue: Dialogue) -> dict[str, QuerySet[Any]]:
    papers = Paper.objects.filter(delivery__dialogue=dialogue, is_disposed=False)
    return spine_rows(dialogue) | registry.to_dispose(dialogue) | {"papers": papers}


def waits_for_number(dialogue: Dialogue) -> bool:
    """Tell whether something was sent to a register and has no number yet: then nothing goes."""
    return _unregistered(dialogue).exists()


def _unregistered(dialogue: Dialogue) -> QuerySet[Delivery]:
    return Delivery.objects.filter(dialogue=dialogue, dnr="")


def due_plans(*, on: date) -> list[RetentionPlan]:
    """List the plans whose day has come and that nothing stops."""
    rows = RetentionPlan.objects.filter(
        carried_out_at=None, held_at=None, dialogue__ended_at__isnull=False
    ).select_related("dialogue")
    return [plan for plan in rows.order_by("pk").iterator() if is_due(plan, on=on)]
