import json
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from itertools import islice
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from brygga.core.mail.enums import State
from brygga.core.mail.letters import clean_recipient
from brygga.core.mail.models import Attachment, Message
from brygga.core.mail.operations.jobs import defer_sending, defer_sending_all

NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")  # in JSON, and not an escaped backslash before u0000
AT_ONCE = 1_000


class KeyInUseError(ValueError):
    """The key belongs to a letter to somebody else."""


class UnstorableContextError(ValueError):
    """The context is not JSON that PostgreSQL can keep."""


class InvalidUnsubscribeUrlError(ValueError):
    """Not one whole web address."""


@dataclass(frozen=True)
class Enclosed:
    """A file to send with a letter."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Wanted:
    """A letter to ask for; see `queue_message` for what the parts mean."""

    key: str
    kind: str
    recipient: str
    language: str
    template: str
    context: Mapping[str, object]
    due_at: datetime
    unsubscribe_url: str = ""


@transaction.atomic
def queue_message(  # noqa: PLR0913 - a letter and what it carries
    *,
    key: str,
    kind: str,
    recipient: str,
    language: str,
    template: str,
    context: Mapping[str, object],
    due_at: datetime,
    at: datetime,
    unsubscribe_url: str = "",
    attachments: Iterable[Enclosed] = (),
) -> Message:
    """Ask for a letter, in the caller's transaction; the same key again adds nothing.

    `template` names `<template>.subject.txt`, `<template>.txt` and, if there is one,
    `<template>.html`. They are rendered at `due_at`, in `language`, with `context`. The key
    outlives the letter's content, so it must tell of no person but by number.
    """
    wanted = Wanted(key, kind, recipient, language, template, context, due_at, unsubscribe_url)
    row = _row(wanted, at)
    message, is_new = Message.objects.get_or_create(key=key, defaults=row)
    if is_new:
        Attachment.objects.bulk_create(
            Attachment(message=message, **vars(enclosed)) for enclosed in attachments
        )
        defer_sending(message)
    elif message.recipient not in {row["recipient"], ""}:
        raise KeyInUseError(f"The key {key} belongs to a letter to somebody else.")
    return message


@transaction.atomic
def queue_messages(letters: Iterable[Wanted], *, at: datetime) -> int:
    """Ask for many letters at once, as `queue_message` does for one; return how many are new."""
    rest = iter(letters)
    count = 0
    while some := list(islice(rest, AT_ONCE)):
        rows = [Message(key=wanted.key, **_row(wanted, at)) for wanted in some]
        Message.objects.bulk_create(rows, ignore_conflicts=True)
        ours = [row.message_id for row in rows]
        new = list(Message.objects.filter(message_id__in=ours).order_by("pk"))
        defer_sending_all(new)
        count += len(new)
    return count


def _row(wanted: Wanted, at: datetime) -> dict[str, Any]:
    return {
        "kind": wanted.kind,
        "message_id": new_message_id(),
        "recipient": clean_recipient(wanted.recipient),
        "language": wanted.language,
        "template": wanted.template,
        "context": storable(wanted.context),
        "unsubscribe_url": checked_url(wanted.unsubscribe_url),
        "created_at": at,
        "due_at": wanted.due_at,
        "next_attempt_at": wanted.due_at,
    }


@transaction.atomic
def queue_rendered_secret(
    *,
    kind: str,
    recipient: str,
    language: str,
    subject: str,
    body_text: str,
    body_html: str,
    at: datetime,
    lives_for: timedelta | None = None,
) -> Message:
    """Ask for a letter whose content is ready, short-lived and gone as soon as it is sent.

    After `lives_for`, a sign-in code's life unless told otherwise, it is given up unsent.
    """
    message = Message.objects.create(
        key=f"{kind}:{uuid4()}",
        kind=kind,
        message_id=new_message_id(),
        recipient=clean_recipient(recipient),
        language=language,
        subject=subject,
        body_text=body_text,
        body_html=body_html,
        state=State.RENDERED,
        created_at=at,
        due_at=at,
        rendered_at=at,
        next_attempt_at=at,
        is_secret=True,
        expires_at=at + (lives_for or settings.MAIL_SECRETS_LIVE_FOR),
    )
    defer_sending(message)
    return message


def new_message_id() -> str:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{secrets.token_hex(16)}@{domain}>"


def storable(context: Mapping[str, object]) -> object:
    try:
        text = json.dumps(dict(context), cls=DjangoJSONEncoder, allow_nan=False)
        values: object = json.loads(text)
        json.dumps(values, ensure_ascii=False).encode()
    except (TypeError, ValueError) as error:
        raise UnstorableContextError("The context must be plain JSON.") from error
    if NUL.search(text):
        raise UnstorableContextError("The context must not hold NUL characters.")
    return values


def checked_url(url: str) -> str:
    is_whole = url.startswith(("https://", "http://")) and url.isascii() and url.isprintable()
    if url and (not is_whole or any(char in url for char in ' <>"')):
        raise InvalidUnsubscribeUrlError("The address for unsubscribing must be a whole one.")
    return url
