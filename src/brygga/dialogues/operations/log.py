"""Writing in the process diary. What is written stays."""

from datetime import datetime

from django.db import transaction

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.dialogues.enums import LogKind
from brygga.dialogues.models import Dialogue, ProcessLogEntry
from brygga.dialogues.operations.once import create_once


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
    client_key: str | None = None,
) -> ProcessLogEntry:
    entry, is_new = create_once(
        ProcessLogEntry.objects,
        client_key,
        dialogue=dialogue,
        at=at,
        by=by,
        kind=kind,
        text=text[:300],
        reason=reason,
        is_public=is_public,
    )
    if is_new:
        record(action="dialogue.log", subject=dialogue, by=by, at=at, fields=[kind.value])
    return entry
