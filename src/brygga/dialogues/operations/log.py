"""Writing in the process diary. What is written stays."""

from datetime import datetime

from django.db import transaction

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.dialogues.enums import LogKind
from brygga.dialogues.models import Dialogue, ProcessLogEntry


@transaction.atomic
def write_entry(
    *,
    dialogue: Dialogue,
    kind: LogKind,
    text: str,
    by: User | None,
    at: datetime,
    reason: str = "",
    is_public: bool = False,
) -> ProcessLogEntry:
    entry = ProcessLogEntry.objects.create(
        dialogue=dialogue,
        at=at,
        by=by,
        kind=kind,
        text=text[:300],
        reason=reason,
        is_public=is_public,
    )
    record(action="dialogue.log", subject=dialogue, by=by, at=at, fields=[kind.value])
    return entry
