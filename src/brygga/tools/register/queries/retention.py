"""What will be disposed of, when, by which decision, and what stops it."""

from dataclasses import dataclass
from datetime import date

from brygga.dialogues.models import Dialogue, Mandate
from brygga.dialogues.queries.disposal import to_dispose as spine_counts
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


def outlook(dialogue: Dialogue) -> Outlook:
    plan = plan_of(dialogue)
    rule = plan.rule if plan else _rule_of_mandate(dialogue)
    return Outlook(
        dialogue=dialogue,
        rule=rule,
        plan=plan,
        due_on=due_on(dialogue, rule) if rule else None,
        counts=tuple(to_dispose(dialogue).items()),
        unregistered=unregistered(dialogue),
        log=tuple(RetentionLog.objects.filter(dialogue=dialogue).order_by("-started_at")),
    )


def to_dispose(dialogue: Dialogue) -> dict[str, int]:
    papers = Paper.objects.filter(delivery__dialogue=dialogue, is_disposed=False).count()
    counts = spine_counts(dialogue) | registry.to_dispose(dialogue) | {"papers": papers}
    return {kind: count for kind, count in counts.items() if count}


def unregistered(dialogue: Dialogue) -> int:
    """Count what was sent to a register and has no number yet: nothing goes before it has one."""
    return Delivery.objects.filter(dialogue=dialogue, dnr="").count()


def due_plans(*, on: date) -> list[RetentionPlan]:
    """List the plans whose day has come and that nothing stops."""
    rows = RetentionPlan.objects.filter(
        carried_out_at=None, held_at=None, dialogue__ended_at__isnull=False
    ).select_related("dialogue")
    return [plan for plan in rows.order_by("pk").iterator() if is_due(plan, on=on)]


def _rule_of_mandate(dialogue: Dialogue) -> str:
    rule = Mandate.objects.filter(dialogue=dialogue).values_list("retention_class", flat=True)
    return rule.first() or ""
