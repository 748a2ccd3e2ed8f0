"""What is true of every letter that has come to an end."""

from datetime import datetime

from django.conf import settings

from brygga.core.mail.enums import State
from brygga.core.mail.models import EMPTY, Message

ERROR_LIMIT = 300


def settle(message: Message, state: State, *, at: datetime, error: str = "") -> None:
    """Close the letter: nobody holds it, a secret's content goes at once, the rest in time."""
    message.state = state
    if state != State.UNCERTAIN:
        message.claim = message.claimed_at = None
    if state == State.SENT:
        message.sent_at = at
    elif state != State.UNCERTAIN:
        message.handed_over_at = None
    if error:
        note_fault(message, error, at=at)
    message.empty_after = at + settings.MAIL_KEPT_FOR
    if message.is_secret:
        empty(message, at=at)
    message.save()


def empty(message: Message, *, at: datetime) -> None:
    for field, nothing in EMPTY.items():
        setattr(message, field, nothing)
    message.attachments.all().delete()
    message.emptied_at = at


def note_fault(message: Message, text: str, *, at: datetime) -> None:
    message.last_error = _without_address(text, message.recipient)
    message.last_error_at = at


def _without_address(text: str, address: str) -> str:
    """Keep a server's words, but not whom they speak of: the health page shows them."""
    clean = text.replace("\x00", "")
    for part in (address, address.partition("@")[0]):
        if len(part) > 2:
            clean = clean.replace(part, "…")
    return " ".join(clean.split())[:ERROR_LIMIT]
