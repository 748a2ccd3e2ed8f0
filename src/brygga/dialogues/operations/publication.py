"""Publishing a dialogue, as what it is; and ending it."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext, override

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.dialogues.enums import DialogueState, LogKind, StepState
from brygga.dialogues.models import Dialogue, Step
from brygga.dialogues.operations.log import write_entry
from brygga.dialogues.operations.steps import ReasonMissingError, StartCheckFailsError
from brygga.dialogues.queries.start_check import start_check
from brygga.dialogues.registry import registry

UNPUBLISHED_AS_DIALOGUE = (DialogueState.DRAFT, DialogueState.INFORMATION)
OPEN = (*UNPUBLISHED_AS_DIALOGUE, DialogueState.PUBLISHED)


class WrongStateError(Exception):
    """The dialogue is not in a state in which this can be done; somebody may have been first."""


class FeedbackMissingError(Exception):
    """Whoever breaks a dialogue off tells those who took part what happens now."""


@transaction.atomic
def publish_as_dialogue(*, dialogue: Dialogue, by: User, at: datetime) -> Dialogue:
    """Publish, if the start check holds; else raise StartCheckFailsError and publish nothing."""
    dialogue = _lock(dialogue, UNPUBLISHED_AS_DIALOGUE)
    check = start_check(dialogue, dialogue.mandate, on=localdate(at))
    if not check.holds:
        raise StartCheckFailsError(check.failing)
    dialogue.state = DialogueState.PUBLISHED
    dialogue.published_at = at
    dialogue.information_reason = ""
    with override(dialogue.language):
        text = gettext("Published as a dialogue")
    _save(dialogue, LogKind.PUBLISHED, text, "", action="dialogue.publish", by=by, at=at)
    registry.published(dialogue, by, at)
    return dialogue


@transaction.atomic
def publish_as_information(*, dialogue: Dialogue, reason: str, by: User, at: datetime) -> Dialogue:
    """Publish what cannot be called a dialogue, with the reason that readers see."""
    if not reason:
        raise ReasonMissingError
    dialogue = _lock(dialogue, (DialogueState.DRAFT,))
    dialogue.state = DialogueState.INFORMATION
    dialogue.published_at = at
    dialogue.information_reason = reason
    with override(dialogue.language):
        text = gettext("Published as information")
    _save(dialogue, LogKind.PUBLISHED, text, reason, action="dialogue.inform", by=by, at=at)
    return dialogue


@transaction.atomic
def close(*, dialogue: Dialogue, by: User, at: datetime) -> Dialogue:
    """End a dialogue that has run its course; its outcomes can still be followed."""
    dialogue = _lock(dialogue, (DialogueState.PUBLISHED, DialogueState.INFORMATION))
    dialogue.state = DialogueState.CLOSED
    dialogue.ended_at = at
    _end_current_step(dialogue, StepState.DONE, at)
    with override(dialogue.language):
        text = gettext("Closed")
    _save(dialogue, LogKind.CLOSED, text, "", action="dialogue.close", by=by, at=at)
    return dialogue


@transaction.atomic
def cancel(*, dialogue: Dialogue, reason: str, feedback: str, by: User, at: datetime) -> Dialogue:
    """Break a dialogue off: why, and what those who took part are told."""
    if not reason:
        raise ReasonMissingError
    if not feedback:
        raise FeedbackMissingError
    dialogue = _lock(dialogue, OPEN)
    dialogue.state = DialogueState.CANCELLED
    dialogue.ended_at = at
    dialogue.cancel_reason = reason
    dialogue.cancel_feedback = feedback
    _end_current_step(dialogue, StepState.LEFT, at)
    with override(dialogue.language):
        text = gettext("Broken off")
    _save(dialogue, LogKind.CANCELLED, text, reason, action="dialogue.cancel", by=by, at=at)
    return dialogue


def _lock(dialogue: Dialogue, states: tuple[DialogueState, ...]) -> Dialogue:
    locked = (
        Dialogue.objects.select_for_update(of=("self",))
        .select_related("mandate", "organisation")
        .get(pk=dialogue.pk)
    )
    if locked.state not in states:
        raise WrongStateError
    return locked


def _save(
    dialogue: Dialogue,
    kind: LogKind,
    text: str,
    reason: str,
    *,
    action: str,
    by: User,
    at: datetime,
) -> None:
    dialogue.version += 1
    dialogue.save()
    write_entry(
        dialogue=dialogue, kind=kind, text=text, reason=reason, is_public=True, by=by, at=at
    )
    record(action=action, subject=dialogue, by=by, at=at, fields=["state"])


def _end_current_step(dialogue: Dialogue, state: StepState, at: datetime) -> None:
    today = localdate(at)
    step = Step.objects.filter(dialogue=dialogue, state=StepState.CURRENT).first()
    if step is None:
        return
    step.state = state
    step.last_day = max(today, step.starts_on) if step.starts_on else today
    step.save(update_fields=["state", "last_day"])
