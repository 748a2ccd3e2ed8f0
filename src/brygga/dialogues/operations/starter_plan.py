"""Planning all that the form's starter plan suggests, at once."""

from datetime import datetime

from django.db import transaction

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.dialogues.models import Activity, Dialogue, PlannedMessage
from brygga.dialogues.queries.starter_plan import Suggestion, starter_plan


class NoDayToCountFromError(Exception):
    """The mandate says neither when it is decided nor when people are told."""


@transaction.atomic
def begin_plan(*, dialogue: Dialogue, by: User | None, at: datetime) -> int:
    """Plan what the starter plan suggests and is not there yet; tell how many things that was."""
    dialogue = Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    plan = starter_plan(dialogue, at=at)
    if not plan.suggestions:
        raise NoDayToCountFromError
    for one in plan.new:
        _plan(dialogue, one, by)
    if plan.new:
        record(action="plan.begin", subject=dialogue, by=by, at=at, fields=["activities"])
    return len(plan.new)


def _plan(dialogue: Dialogue, one: Suggestion, by: User | None) -> None:
    if one.activity_kind:
        Activity.objects.create(
            dialogue=dialogue,
            title=one.title,
            kind=one.activity_kind,
            purpose=one.text,
            step=one.step,
            responsible=by,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            is_fixed=one.is_fixed,
            starter_code=one.code,
        )
    elif one.channel:
        PlannedMessage.objects.create(
            dialogue=dialogue,
            to_whom=one.title,
            text=one.text,
            channel=one.channel,
            due_on=one.day,
            step=one.step,
            responsible=by,
            is_fixed=one.is_fixed,
            starter_code=one.code,
        )
