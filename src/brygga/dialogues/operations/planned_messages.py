"""The communication plan, line by line: planned, changed, done."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.dialogues.models import Dialogue, PlannedMessage
from brygga.dialogues.operations.activities import ForeignStepError
from brygga.dialogues.operations.changes import apply_changes
from brygga.dialogues.operations.once import create_once


@transaction.atomic
def add_message(
    *,
    dialogue: Dialogue,
    facts: Mapping[str, Any],
    client_key: str | None = None,
    by: User | None,
    at: datetime,
) -> PlannedMessage:
    """Plan a message. With a client key, the same form sent twice plans one."""
    _refuse_foreign(dialogue.pk, facts)
    message, is_new = create_once(PlannedMessage.objects, client_key, dialogue=dialogue, **facts)
    if is_new:
        record(action="planned_message.add", subject=message, by=by, at=at, fields=sorted(facts))
    return message


@transaction.atomic
def edit_message(
    *,
    message: PlannedMessage,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    by: User | None,
    at: datetime,
) -> PlannedMessage:
    """Change a message. Raises EditConflictError on a clash."""
    message = PlannedMessage.objects.select_for_update().get(pk=message.pk)
    changed = apply_changes(message, before=before, after=after)
    _refuse_foreign(message.dialogue_id, {"step": message.step})
    message.version += 1
    message.save()
    record(action="planned_message.edit", subject=message, by=by, at=at, fields=changed)
    return message


@transaction.atomic
def mark_told(
    *, message: PlannedMessage, on: date | None, by: User | None, at: datetime
) -> PlannedMessage:
    """Note on which day it was told; None takes the note back. The first day stays."""
    message = PlannedMessage.objects.select_for_update().get(pk=message.pk)
    if on is not None and message.done_on is not None:
        return message
    message.done_on = on
    message.version += 1
    message.save(update_fields=["done_on", "version"])
    record(action="planned_message.told", subject=message, by=by, at=at, fields=["done_on"])
    return message


@transaction.atomic
def remove_message(*, message: PlannedMessage, by: User | None, at: datetime) -> None:
    message = PlannedMessage.objects.select_for_update().get(pk=message.pk)
    record(action="planned_message.remove", subject=message, by=by, at=at)
    message.delete()


def _refuse_foreign(dialogue_id: int, facts: Mapping[str, Any]) -> None:
    if (step := facts.get("step")) is not None and step.dialogue_id != dialogue_id:
        raise ForeignStepError
