"""Walking the jetty: on to the next step, or back to an earlier one."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext, override

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.dialogues.enums import DialogueForm, LogKind, StepState
from brygga.dialogues.models import ChecklistItem, Dialogue, Step
from brygga.dialogues.operations.changes import apply_changes
from brygga.dialogues.operations.log import write_entry
from brygga.dialogues.queries.start_check import Point, check_day, start_check
from brygga.dialogues.queries.steps import Check, checklist_of, get_next_step, steps_of
from brygga.dialogues.queries.templates import StepTemplate, step_templates


class StepHasMovedError(Exception):
    """The dialogue no longer stands in the step that one wanted to leave."""


class LastStepError(Exception):
    """There is no step after this one; the dialogue can be closed instead."""


class StartCheckFailsError(Exception):
    """The start check does not hold, so nobody can be asked anything yet."""

    def __init__(self, failing: tuple[Point, ...]) -> None:
        super().__init__(", ".join(point.code for point in failing))
        self.failing = failing


class ExitCriteriaError(Exception):
    """Some criteria for leaving the step are unmet, and no reason was given."""

    def __init__(self, unmet: tuple[Check, ...]) -> None:
        super().__init__(", ".join(check.item.code for check in unmet))
        self.unmet = unmet


class ReasonMissingError(Exception):
    """The choice needs a reason, which the process diary keeps."""


class NotAnEarlierStepError(Exception):
    """One can return only to a step that comes before the present one."""


class LadderAboveMandateError(Exception):
    """A step cannot promise more influence than the mandate gives."""


def create_steps(
    dialogue: Dialogue,
    templates: tuple[StepTemplate, ...],
    *,
    round_number: int,
    here: int,
    on: date,
) -> list[Step]:
    """Lay out steps from templates, standing since a day in the one with index `here`."""
    steps = Step.objects.bulk_create(
        Step(
            dialogue=dialogue,
            kind=template.kind,
            position=index + 1,
            round=round_number,
            state=_state_at(index, here),
            starts_on=on if index == here else None,
            residents_take_part=template.residents_take_part,
        )
        for index, template in enumerate(templates)
    )
    for step, template in zip(steps, templates, strict=True):
        _create_checklist(step, template)
    return steps


@transaction.atomic
def move_on(
    *, dialogue: Dialogue, from_step: Step, reason: str = "", by: User, at: datetime
) -> Step:
    """Leave a step whose exit criteria are met, or for a logged reason, for the next one.

    The first step is left only with a start check that holds. A form sent twice moves once.
    """
    current = _lock_current(dialogue, from_step)
    following = get_next_step(dialogue)
    if following is None:
        raise LastStepError
    if current.position == 1:
        _refuse_without_mandate(dialogue, at=at)
    unmet = checklist_of(current).unmet
    if unmet and not reason:
        raise ExitCriteriaError(unmet)
    today = localdate(at)
    current.state = StepState.DONE
    current.last_day = max(today, current.starts_on) if current.starts_on else today
    current.save(update_fields=["state", "last_day"])
    following.state = StepState.CURRENT
    following.starts_on = today
    if following.last_day and following.last_day < today:
        following.last_day = None
    following.save(update_fields=["state", "starts_on", "last_day"])
    _log_move(dialogue, LogKind.STEP_MOVED, current, following, reason=reason, by=by, at=at)
    return following


@transaction.atomic
def return_to(
    *, dialogue: Dialogue, from_step: Step, to_step: Step, reason: str, by: User, at: datetime
) -> Step:
    """Go back to an earlier step, which begins a new round from there on."""
    if not reason:
        raise ReasonMissingError
    current = _lock_current(dialogue, from_step)
    steps = steps_of(dialogue)
    here = steps.index(current)
    if to_step not in steps[:here]:
        raise NotAnEarlierStepError
    again = _begin_round(steps, steps.index(to_step), here, localdate(at))
    _log_move(dialogue, LogKind.STEP_RETURNED, current, again, reason=reason, by=by, at=at)
    return again


@transaction.atomic
def edit_step(
    *, step: Step, before: Mapping[str, Any], after: Mapping[str, Any], by: User, at: datetime
) -> Step:
    """Change a step's dates, level or texts. Raises EditConflictError as the mandate does."""
    step = (
        Step.objects.select_for_update(of=("self",))
        .select_related("dialogue__mandate")
        .get(pk=step.pk)
    )
    changed = apply_changes(step, before=before, after=after)
    allowed = step.dialogue.mandate.ladder_level
    if step.ladder_level and allowed and step.ladder_level > allowed:
        raise LadderAboveMandateError
    if changed:
        step.save(update_fields=changed)
        record(action="step.edit", subject=step, by=by, at=at, fields=changed)
    return step


@transaction.atomic
def tick(*, item: ChecklistItem, is_done: bool, by: User, at: datetime) -> ChecklistItem:
    item = ChecklistItem.objects.select_for_update().get(pk=item.pk)
    if is_done == (item.done_at is not None):
        return item
    item.done_at = at if is_done else None
    item.done_by = by if is_done else None
    item.save(update_fields=["done_at", "done_by"])
    action = "checklist.tick" if is_done else "checklist.untick"
    record(action=action, subject=item, by=by, at=at, fields=[item.code])
    return item


@transaction.atomic
def tick_list(
    *, step: Step, ticked: set[str], were_ticked: set[str], by: User, at: datetime
) -> None:
    """Tick and untick what one person changed on a list, given by codes; the rest stays."""
    for item in step.checklist.filter(code__in=ticked ^ were_ticked).order_by("pk"):
        tick(item=item, is_done=item.code in ticked, by=by, at=at)


def _state_at(index: int, here: int) -> StepState:
    if index == here:
        return StepState.CURRENT
    return StepState.DONE if index < here else StepState.COMING


def _create_checklist(step: Step, template: StepTemplate) -> None:
    ChecklistItem.objects.bulk_create(
        ChecklistItem(
            step=step,
            code=check.code,
            role=check.role,
            is_exit_criterion=check.is_exit_criterion,
        )
        for check in template.checks
    )


def _begin_round(steps: list[Step], back: int, here: int, today: date) -> Step:
    """Lay the stretch from `back` to `here` once more, and let the later steps join its round."""
    round_number = max(step.round for step in steps) + 1
    templates = step_templates(DialogueForm(steps[here].dialogue.form))
    steps[here].state = StepState.LEFT
    steps[here].save(update_fields=["state"])
    stretch = [_once_more(step, round_number) for step in steps[back : here + 1]]
    stretch[0].state = StepState.CURRENT
    stretch[0].starts_on = today
    for step, template in zip(stretch, templates[back:], strict=False):
        step.save()
        _create_checklist(step, template)
    for later in steps[here + 1 :]:
        later.round = round_number
        later.save(update_fields=["round"])
    return stretch[0]


def _once_more(step: Step, round_number: int) -> Step:
    return Step(
        dialogue=step.dialogue,
        kind=step.kind,
        position=step.position,
        round=round_number,
        ladder_level=step.ladder_level,
        residents_take_part=step.residents_take_part,
        exit_criteria=step.exit_criteria,
        public_text=step.public_text,
    )


def _lock_current(dialogue: Dialogue, from_step: Step) -> Step:
    """Hold the dialogue's row, so that two people move it one after the other."""
    Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    current = Step.objects.filter(dialogue=dialogue, state=StepState.CURRENT).first()
    if current is None or current.pk != from_step.pk:
        raise StepHasMovedError
    return current


def _refuse_without_mandate(dialogue: Dialogue, *, at: datetime) -> None:
    check = start_check(dialogue, dialogue.mandate, on=check_day(dialogue, localdate(at)))
    if not check.holds:
        raise StartCheckFailsError(check.failing)


def _log_move(
    dialogue: Dialogue,
    kind: LogKind,
    left: Step,
    entered: Step,
    *,
    reason: str,
    by: User,
    at: datetime,
) -> None:
    with override(dialogue.language):
        text = gettext("From “%(left)s” to “%(entered)s”") % {
            "left": left.get_kind_display(),
            "entered": entered.get_kind_display(),
        }
    write_entry(
        dialogue=dialogue, kind=kind, text=text, reason=reason, is_public=True, by=by, at=at
    )
    record(action="step.move", subject=entered, by=by, at=at, fields=["state"])
