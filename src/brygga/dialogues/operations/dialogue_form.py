"""Changing the form of a dialogue, for instance when a simple matter turns out to be complex."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext, override

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.dialogues.enums import DialogueForm, LogKind, StepKind, StepState
from brygga.dialogues.models import Dialogue, Step
from brygga.dialogues.operations.log import write_entry
from brygga.dialogues.operations.mandate import refuse_if_it_breaks
from brygga.dialogues.operations.steps import ReasonMissingError, create_steps
from brygga.dialogues.queries.start_check import feeds_kind_for
from brygga.dialogues.queries.templates import step_templates

# Where one stands after the change: the same stretch of the way, never further on.
PLAIN = {
    StepKind.PREPARATION: StepKind.BEFORE,
    StepKind.PERSPECTIVES: StepKind.DURING,
    StepKind.DIALOGUE: StepKind.DURING,
    StepKind.PROPOSALS: StepKind.DURING,
    StepKind.DECISION: StepKind.AFTER,
    StepKind.IMPLEMENTATION: StepKind.AFTER,
    StepKind.CAPACITY: StepKind.AFTER,
}
COMPLEX = {
    StepKind.BEFORE: StepKind.PREPARATION,
    StepKind.DURING: StepKind.PERSPECTIVES,
    StepKind.AFTER: StepKind.DECISION,
}


class SameFormError(Exception):
    """The dialogue already has that form."""


@transaction.atomic
def change_form(
    *, dialogue: Dialogue, form: DialogueForm, reason: str, by: User, at: datetime
) -> Dialogue:
    """Give a dialogue another form and its steps, in a new round; the old ones stay in the past.

    Raises MandateBreaksError when a published dialogue's mandate does not hold in the new form.
    """
    if not reason:
        raise ReasonMissingError
    dialogue = (
        Dialogue.objects.select_for_update(of=("self",))
        .select_related("mandate")
        .get(pk=dialogue.pk)
    )
    if dialogue.form == form:
        raise SameFormError
    dialogue.form = form
    dialogue.version += 1
    dialogue.save(update_fields=["form", "version"])
    mandate = dialogue.mandate
    mandate.feeds = feeds_kind_for(form, dialogue.visibility)
    refuse_if_it_breaks(dialogue, mandate, at=at)
    mandate.version += 1
    mandate.save(update_fields=["feeds", "version"])
    _lay_new_steps(dialogue, form, at)
    with override(dialogue.language):
        text = gettext("New form: %(form)s") % {"form": form.label}
    write_entry(
        dialogue=dialogue,
        kind=LogKind.FORM_CHANGED,
        text=text,
        reason=reason,
        is_public=True,
        by=by,
        at=at,
    )
    record(action="dialogue.change_form", subject=dialogue, by=by, at=at, fields=["form"])
    return dialogue


def _lay_new_steps(dialogue: Dialogue, form: DialogueForm, at: datetime) -> None:
    steps = Step.objects.filter(dialogue=dialogue)
    current = steps.get(state=StepState.CURRENT)
    templates = step_templates(form)
    here = _same_stretch(StepKind(current.kind), [template.kind for template in templates])
    latest = steps.aggregate(latest=Max("round"))["latest"]
    current.state = StepState.LEFT
    current.save(update_fields=["state"])
    steps.filter(state=StepState.COMING).delete()
    create_steps(dialogue, templates, round_number=latest + 1, here=here, on=localdate(at))


def _same_stretch(kind: StepKind, kinds: list[StepKind]) -> int:
    if kind in kinds:
        return kinds.index(kind)
    return kinds.index((PLAIN | COMPLEX)[kind])
