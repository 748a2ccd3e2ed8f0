"""Strict mode: everything that residents write waits until somebody has read it."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.dialogues.enums import LogKind
from brygga.dialogues.models import Dialogue
from brygga.dialogues.operations.log import write_entry

ON = gettext_noop("From now on everything is read before others see it")
OFF = gettext_noop("From now on contributions are shown at once and read afterwards")


@transaction.atomic
def set_strict_mode(
    *, dialogue: Dialogue, is_on: bool, reason: str, by: User, at: datetime
) -> Dialogue:
    """Turn strict mode on or off; the process diary says why, in public."""
    locked = Dialogue.objects.select_for_update(of=("self",)).get(pk=dialogue.pk)
    if locked.reads_first == is_on:
        return locked
    locked.reads_first = is_on
    locked.save(update_fields=["reads_first"])
    with translation.override(locked.language):
        text = gettext(ON if is_on else OFF)
    write_entry(
        dialogue=locked,
        kind=LogKind.CHOICE,
        text=text,
        reason=reason,
        is_public=True,
        by=by,
        at=at,
    )
    record(action="dialogue.strict_mode", subject=locked, by=by, at=at, fields=["reads_first"])
    return locked
