"""Taking part without an account."""

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.utils.crypto import salted_hmac

from brygga.core.audit.operations import record
from brygga.dialogues.enums import WITHDRAWABLE, ContributionState, ModerationStep
from brygga.dialogues.models import Contribution, Dialogue, ModerationEvent, Participant
from brygga.dialogues.operations.standing_for import end_merge, one_at_a_time, release
from brygga.dialogues.queries.identity import must_identify
from brygga.dialogues.queries.participants import cookie_name, hash_of, signer_of
from brygga.dialogues.registry import registry

COOKIE_AGE = timedelta(days=400)  # browsers keep no cookie longer
SECRET_BYTES = 24


class NotYourContributionError(Exception):
    """The contribution is not this participant's, or is not there at all."""


class CannotBeWithdrawnError(Exception):
    """The contribution has been hidden or erased, so there is nothing to take back."""


class NotIdentifiedError(Exception):
    """The dialogue demands that one shows by e-ID who one is before taking part."""


@dataclass(frozen=True)
class Joined:
    participant: Participant
    secret: str


@transaction.atomic
def join(*, dialogue: Dialogue, language: str, at: datetime, once: str = "") -> Joined:
    """Make a participant of somebody who has just voted or spoken for the first time.

    Never call it for a mere visit. `once` is the word of the page that was sent
    (`HumanForm.once`): the same page sent twice, as by a double tap, gives the same participant.
    """
    secret = _secret_for(dialogue, once) if once else secrets.token_urlsafe(SECRET_BYTES)
    # Held as the key to it holds it: a demand comes wholly before or after, and nobody else waits.
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM dialogues_dialogue WHERE id = %s FOR KEY SHARE", [dialogue.pk])
    participant, _ = Participant.objects.get_or_create(
        secret_hash=hash_of(secret),
        defaults={"dialogue": dialogue, "language": language, "joined_at": at},
    )
    ensure_identified(participant)
    return Joined(participant, secret)


def ensure_identified(participant: Participant) -> None:
    if must_identify(participant):
        raise NotIdentifiedError


def remember(response: HttpResponse, dialogue: Dialogue, secret: str) -> None:
    """Keep who takes part in a cookie of this dialogue only."""
    response.set_cookie(
        cookie_name(dialogue),
        signer_of(dialogue).sign(secret),
        max_age=COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


@transaction.atomic
def withdraw(*, participant: Participant, public_id: str, at: datetime) -> Contribution:
    """Take one's own contribution back: it is no longer shown, and the record keeps it."""
    one_at_a_time(participant.dialogue_id)
    contribution = (
        Contribution.objects.select_for_update()
        .filter(participant=participant, public_id=public_id)
        .first()
    )
    if contribution is None:
        raise NotYourContributionError(public_id)
    if contribution.state == ContributionState.WITHDRAWN:
        return contribution
    if contribution.state not in WITHDRAWABLE:
        raise CannotBeWithdrawnError(public_id)
    before, contribution.state = contribution.state, ContributionState.WITHDRAWN
    contribution.save(update_fields=["state"])
    contribution.cases.filter(closed_at=None).update(closed_at=at)
    ModerationEvent.objects.create(
        contribution=contribution,
        kind=ModerationStep.WITHDRAWN,
        at=at,
        from_state=before,
        to_state=ContributionState.WITHDRAWN,
    )
    end_merge(contribution, at=at)
    release(contribution, reread=False, by=None, at=at)
    registry.moderated(contribution, at)
    record(action="contribution.withdraw", subject=contribution, by=None, at=at, fields=["state"])
    return contribution


def _secret_for(dialogue: Dialogue, once: str) -> str:
    """Derive the secret from the page's word and the server's key, so that only we can."""
    digest = salted_hmac(
        "brygga.participant.join", f"{dialogue.public_id}\n{once}", algorithm="sha256"
    ).digest()
    return urlsafe_b64encode(digest[:SECRET_BYTES]).decode()
