"""Reads. The public face that other apps use; the modules beside hold the rest."""

from brygga.dialogues.queries.access import (
    Access,
    Reader,
    access_to,
    dialogues_for,
    get_access,
    get_current_step,
    get_dialogue_for,
    get_public_dialogue,
    public_dialogues,
    reader_permissions,
)

__all__ = [
    "Access",
    "Reader",
    "access_to",
    "dialogues_for",
    "get_access",
    "get_current_step",
    "get_dialogue_for",
    "get_public_dialogue",
    "public_dialogues",
    "reader_permissions",
]
