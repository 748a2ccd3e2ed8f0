"""Writing in the process diary. What is written stays."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.dialogues.enums import LogKind
from brygga.dialogues.models import Activity, Actor, Dialogue, ProcessLogEntry, Step
from brygga.dialogues.operations.once import create_once


class ForeignSubjectError(Exception):
    """An entry is about things of its own dialogue."""


@dataclass(frozen=True)
class Subjects:
    """What an entry is about; `of_tool` is the key of a thing that a tool has offered."""

    step: Step | None = None
    actor: Actor | None = None
    activity: Activity | None = None
    of_tool: str = ""
    corrects: ProcessLogEntry | None = None


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
    subjects: Subjects | None = None,
    client_key: str | None = None,
) -> ProcessLogEntry:
    """Write an entry, and what it is about. Raises ForeignSubjectError for what lies elsewhere."""
    about = subjects or Subjects()
    for thing in (about.step, about.actor, about.activity, about.corrects):
        if thing is not None and thing.dialogue_id != dialogue.pk:
            raise ForeignSubjectError
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
        step=about.step,
        actor=about.actor,
        activity=about.activity,
        tool_subject=about.of_tool,
        corrects=about.corrects,
    )
    if is_new:
        record(action="dialogue.log", subject=dialogue, by=by, at=at, fields=[kind.value])
    return entry


@transaction.atomic
def correct_entry(
    *,
    entry: ProcessLogEntry,
    text: str,
    reason: str = "",
    client_key: str | None = None,
    by: User,
    at: datetime,
) -> ProcessLogEntry:
    """Write a new entry that corrects an older one, and is read by the same people."""
    entry = ProcessLogEntry.objects.select_for_update().get(pk=entry.pk)
    return write_entry(
        dialogue=entry.dialogue,
        kind=LogKind.CORRECTION,
        text=text,
        reason=reason,
        is_public=entry.is_public,
        subjects=Subjects(entry.step, entry.actor, entry.activity, entry.tool_subject, entry),
        client_key=client_key,
        by=by,
        at=at,
    )


@transaction.atomic
def choose_entry(*, entry: ProcessLogEntry, is_public: bool, by: User, at: datetime) -> None:
    """Let everybody read an entry with its corrections, or the team only."""
    entry = ProcessLogEntry.objects.select_for_update().get(pk=entry.pk)
    changed = ProcessLogEntry.objects.filter(Q(pk=entry.pk) | Q(corrects=entry)).exclude(
        is_public=is_public
    )
    if changed.update(is_public=is_public):
        record(
            action="dialogue.log_chosen",
            subject=entry.dialogue,
            by=by,
            at=at,
            fields=["is_public"],
        )
