"""Writing the mandate, field by field, by several people at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.dialogues.enums import DialogueState
from brygga.dialogues.models import Dialogue, Mandate
from brygga.dialogues.operations.changes import apply_changes
from brygga.dialogues.queries.mandates import PROMISED
from brygga.dialogues.queries.start_check import Point, check_day, feeds_kind_for, start_check


class MandateBreaksError(Exception):
    """The change would leave a published dialogue without a mandate that holds."""

    def __init__(self, failing: tuple[Point, ...]) -> None:
        super().__init__(", ".join(point.code for point in failing))
        self.failing = failing


class PromiseGivenError(Exception):
    """What a published dialogue has promised is moved with a reason, not written over."""


@transaction.atomic
def save_mandate(
    *,
    dialogue: Dialogue,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    by: User,
    at: datetime,
) -> Mandate:
    """Save what one person changed from what they were shown (`before`) to `after`.

    Raises EditConflictError when somebody else has changed the same field meanwhile, and
    MandateBreaksError when a published dialogue's start check would no longer hold. The promise
    given when it was published is locked: PromiseGivenError.
    """
    dialogue = Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    mandate = Mandate.objects.select_for_update().get(dialogue=dialogue)
    changed = apply_changes(mandate, before=before, after=after)
    if not changed:
        return mandate
    if dialogue.state == DialogueState.PUBLISHED and PROMISED.intersection(changed):
        raise PromiseGivenError
    mandate.feeds = feeds_kind_for(dialogue.form, dialogue.visibility)
    refuse_if_it_breaks(dialogue, mandate, at=at)
    mandate.version += 1
    mandate.save()
    record(action="mandate.save", subject=mandate, by=by, at=at, fields=changed)
    return mandate


def refuse_if_it_breaks(dialogue: Dialogue, mandate: Mandate, *, at: datetime) -> None:
    if dialogue.state != DialogueState.PUBLISHED:
        return
    check = start_check(dialogue, mandate, on=check_day(dialogue, localdate(at)))
    if not check.holds:
        raise MandateBreaksError(check.failing)
