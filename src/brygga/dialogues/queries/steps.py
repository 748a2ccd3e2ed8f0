"""The steps as they stand: of each kind in the dialogue's form, the latest round."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from brygga.dialogues.enums import DialogueForm, StepKind, StepState, TeamRole
from brygga.dialogues.models import ChecklistItem, Dialogue, ProcessLogEntry, Step
from brygga.dialogues.queries.templates import check_text, step_templates


@dataclass(frozen=True)
class Check:
    """A point of a checklist with its wording, ticked or not."""

    item: ChecklistItem
    text: str

    @property
    def role_label(self) -> str:
        return str(TeamRole(self.item.role).label)


@dataclass(frozen=True)
class Checklist:
    exit_criteria: tuple[Check, ...]
    advice: tuple[Check, ...]

    @property
    def unmet(self) -> tuple[Check, ...]:
        return tuple(check for check in self.exit_criteria if check.item.done_at is None)

    @property
    def done_count(self) -> int:
        return sum(check.item.done_at is not None for check in self.exit_criteria + self.advice)

    @property
    def total(self) -> int:
        return len(self.exit_criteria) + len(self.advice)


def kinds_of(form: str) -> list[StepKind]:
    return [template.kind for template in step_templates(DialogueForm(form))]


def steps_of(dialogue: Dialogue) -> list[Step]:
    """Give the dialogue's steps in order, each in its latest round."""
    kinds = kinds_of(dialogue.form)
    latest: dict[str, Step] = {
        step.kind: step for step in dialogue.steps.filter(kind__in=kinds).order_by("round", "pk")
    }
    return [latest[kind] for kind in kinds if kind in latest]


def rounds_of(step: Step) -> QuerySet[Step]:
    """Give the same step's earlier rounds, the first one first."""
    return Step.objects.filter(
        dialogue=step.dialogue_id, kind=step.kind, round__lt=step.round
    ).order_by("round")


def get_next_step(dialogue: Dialogue) -> Step | None:
    return step_after_current(steps_of(dialogue))


def step_after_current(steps: Sequence[Step]) -> Step | None:
    for here, step in enumerate(steps):
        if step.state == StepState.CURRENT:
            return steps[here + 1] if here + 1 < len(steps) else None
    return None


def checklist_of(step: Step) -> Checklist:
    form = DialogueForm(step.dialogue.form)
    kind = StepKind(step.kind)
    items = step.checklist.select_related("done_by").order_by("pk")
    checks = [Check(item, check_text(form, kind, item.code)) for item in items]
    return Checklist(
        exit_criteria=tuple(check for check in checks if check.item.is_exit_criterion),
        advice=tuple(check for check in checks if not check.item.is_exit_criterion),
    )


def log_of(dialogue: Dialogue) -> QuerySet[ProcessLogEntry]:
    return (
        ProcessLogEntry.objects.filter(dialogue=dialogue)
        .select_related("by")
        .order_by("-at", "-pk")
    )
