from brygga.core.editing.operations.drafts import (
    DraftTooLongError,
    forget_drafts,
    forget_old_drafts,
    forget_writer,
    keep_draft,
    throw_away_draft,
)
from brygga.core.editing.operations.presence import forget_absent, note_presence

__all__ = [
    "DraftTooLongError",
    "forget_absent",
    "forget_drafts",
    "forget_old_drafts",
    "forget_writer",
    "keep_draft",
    "note_presence",
    "throw_away_draft",
]
