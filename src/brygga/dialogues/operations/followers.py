"""Following a dialogue by e-mail: asked for, confirmed, told, ended. No tie to a participant."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from brygga.core.limits.operations import TooManyError, count_one
from brygga.core.mail.operations import Wanted, queue_messages
from brygga.dialogues.enums import FollowerState
from brygga.dialogues.models import Dialogue, Follower
from brygga.dialogues.queries.followers import (
    confirm_token,
    confirmed_followers,
    end_token,
    get_asked,
    may_be_written_to,
)
from brygga.dialogues.queries.participants import hash_of

FOLLOW_MAIL = "dialogues.follow"
ASK_AGAIN_AFTER = timedelta(minutes=10)
LETTERS_TO_ONE = 20  # in a day and about all dialogues: nobody's mailbox is flooded through us


class LinkExpiredError(Exception):
    """The confirmation link is too old, or a newer one has been sent."""


@transaction.atomic
def ask_to_follow(*, dialogue: Dialogue, email: str, language: str, at: datetime) -> None:
    """Send a link to confirm with. Who asks is told the same thing whatever happens here.

    Somebody who follows already gets a letter that says so, so that nobody waits for one in vain.
    However often one asks, an address gets at most one letter in ten minutes about a dialogue, and
    a few in a day about all. About an internal dialogue only its insiders are written to.
    """
    email = email.strip().lower()
    if not may_be_written_to(dialogue, email):
        return
    try:
        count_one(scope="follow-letter", address=email, limit=LETTERS_TO_ONE, at=at)
    except TooManyError:
        return
    follower = _asking(dialogue, email, language, at)
    if follower is None:
        return
    follows = follower.state == FollowerState.CONFIRMED
    letter = _letter_to(
        follower,
        key=f"follow:{follower.pk}:{follower.asked_at.timestamp():.0f}",
        template="dialogues/mail/following" if follows else "dialogues/mail/confirm",
        context={
            "dialogue": dialogue.title,
            "confirm_url": _address("dialogues:confirm_following", confirm_token(follower)),
        },
        at=at,
    )
    queue_messages([letter], at=at)


def _asking(dialogue: Dialogue, email: str, language: str, at: datetime) -> Follower | None:
    """Note that somebody asks now; None where they did so a moment ago."""
    follower, is_new = Follower.objects.select_for_update().get_or_create(
        dialogue=dialogue,
        email=email,
        defaults={
            "language": language,
            "secret_hash": hash_of(secrets.token_urlsafe()),
            "asked_at": at,
        },
    )
    if is_new:
        return follower
    if at - follower.asked_at < ASK_AGAIN_AFTER:
        return None
    follower.asked_at = at
    follower.language = language
    if follower.state == FollowerState.ENDED:
        follower.state = FollowerState.PENDING
    follower.save(update_fields=["asked_at", "language", "state"])
    return follower


@transaction.atomic
def confirm(*, token: str, at: datetime) -> Follower:
    """Begin to follow; the same link again changes nothing. Raises LinkExpiredError."""
    asked = get_asked(token, at=at)
    follower = Follower.objects.select_for_update().get(pk=asked.follower.pk)
    if follower.state == FollowerState.CONFIRMED:
        return follower
    if asked.is_expired or asked.is_used:
        raise LinkExpiredError
    follower.state = FollowerState.CONFIRMED
    follower.confirmed_at = at
    follower.ended_at = None
    follower.save(update_fields=["state", "confirmed_at", "ended_at"])
    return follower


@transaction.atomic
def end(*, follower: Follower, at: datetime) -> None:
    locked = Follower.objects.select_for_update().get(pk=follower.pk)
    if locked.state == FollowerState.ENDED:
        return
    locked.state = FollowerState.ENDED
    locked.ended_at = at
    locked.save(update_fields=["state", "ended_at"])


@transaction.atomic
def notify_followers(
    *,
    dialogue: Dialogue,
    key: str,
    kind: str,
    template: str,
    context: Mapping[str, object],
    at: datetime,
) -> int:
    """Write to all who follow, in the caller's transaction; return how many letters are new.

    `key` names what is told, such as "decision:8f3kq2…": told twice, it is sent once to each.
    The template finds the dialogue's title and address and the link that ends the following beside
    what `context` holds.
    """
    letters = (
        _letter_to(
            follower,
            key=f"{key}:{follower.pk}",
            template=template,
            context={**context, "dialogue": dialogue.title},
            at=at,
            kind=kind,
        )
        for follower in confirmed_followers(dialogue)
    )
    return queue_messages(letters, at=at)


def _letter_to(
    follower: Follower,
    *,
    key: str,
    template: str,
    context: Mapping[str, object],
    at: datetime,
    kind: str = FOLLOW_MAIL,
) -> Wanted:
    dialogue_url = f"{settings.BRYGGA_ADDRESS}{follower.dialogue.get_absolute_url()}"
    return Wanted(
        key=key,
        kind=kind,
        recipient=follower.email,
        language=follower.language,
        template=template,
        context={**context, "dialogue_url": dialogue_url},
        due_at=at,
        unsubscribe_url=_address("dialogues:end_following", end_token(follower)),
    )


def _address(name: str, token: str) -> str:
    return f"{settings.BRYGGA_ADDRESS}{reverse(name, args=[token])}"
