"""Demanding identity, and keeping of an identity no more than that it is one."""

from base64 import urlsafe_b64encode
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, gettext_noop

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.dialogues.enums import LogKind
from brygga.dialogues.models import Dialogue, IdentityDemand, Participant
from brygga.dialogues.operations.log import write_entry
from brygga.dialogues.operations.participants import SECRET_BYTES, Joined
from brygga.dialogues.queries.identity import brokers_to_choose, has_unidentified
from brygga.dialogues.queries.participants import hash_of

ON = gettext_noop("From now on residents show by e-ID who they are before they take part")
OFF = gettext_noop("From now on residents take part without showing who they are")


class NoBrokerError(Exception):
    """The organisation has nobody through whom residents could show who they are."""


class AnsweredWithoutError(Exception):
    """Somebody has answered without showing it, and could answer once more as a known person."""


@transaction.atomic
def demand_identity(
    *, dialogue: Dialogue, is_on: bool, reason: str, legal_ground: str, by: User, at: datetime
) -> None:
    """Demand identity, or stop doing so; the process diary says why, in public.

    It has to stand before the first answer: who answered without a name could else answer twice.
    """
    dialogue = Dialogue.objects.select_for_update(of=("self",)).get(pk=dialogue.pk)
    if is_on and not brokers_to_choose(dialogue).exists():
        raise NoBrokerError
    kept = IdentityDemand.objects.filter(dialogue=dialogue).first()
    if (kept.is_on if kept else False) == is_on:
        return
    if is_on and has_unidentified(dialogue):
        raise AnsweredWithoutError
    demand = kept or IdentityDemand(dialogue=dialogue)
    demand.is_on = is_on
    if is_on:
        demand.reason, demand.legal_ground = reason, legal_ground
    demand.save()
    with translation.override(dialogue.language):
        text = gettext(ON if is_on else OFF)
    why = f"{reason}\n{legal_ground}".strip()
    write_entry(
        dialogue=dialogue,
        kind=LogKind.CHOICE,
        text=text,
        reason=why,
        is_public=True,
        by=by,
        at=at,
    )
    record(action="dialogue.identity", subject=dialogue, by=by, at=at, fields=["is_on"])


def join_identified(*, demand: IdentityDemand, person: str, language: str, at: datetime) -> Joined:
    """Give the one participant that a person is in this dialogue, on whatever device.

    Kept is a keyed hash with the dialogue's own salt: it joins nobody across dialogues, and without
    the server's key nobody can try numbers out. The secret is made from it, since what is kept of
    a secret is only its hash, and another device has to be given the same one.
    """
    mark = salted_hmac(f"brygga.identity.{demand.salt}", person, algorithm="sha256").hexdigest()
    digest = salted_hmac("brygga.identity.secret", mark, algorithm="sha256").digest()
    secret = urlsafe_b64encode(digest[:SECRET_BYTES]).decode()
    participant, _ = Participant.objects.get_or_create(
        dialogue=demand.dialogue,
        person_mark=mark,
        defaults={"secret_hash": hash_of(secret), "language": language, "joined_at": at},
    )
    return Joined(participant, secret)
