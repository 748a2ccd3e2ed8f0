"""Whose request this is, where somebody takes part without a name.

A participant is known by a secret: in a signed cookie per dialogue, and in the address of the
receipt. We keep only its hash. What is forged, foreign or cut off is nobody.
"""

import hashlib
from collections.abc import Mapping

from django.core.signing import BadSignature, Signer
from django.http import Http404

from brygga.dialogues.models import Dialogue, Participant


def participant_of(dialogue: Dialogue, cookies: Mapping[str, str]) -> Participant | None:
    """Give who takes part in this dialogue by these cookies (`request.COOKIES`), or None."""
    secret = secret_in(dialogue, cookies)
    if not secret:
        return None
    return Participant.objects.filter(dialogue=dialogue, secret_hash=hash_of(secret)).first()


def get_participant(secret: str) -> Participant:
    """Give who holds a return link, with the dialogue; raises Http404 for any other address."""
    participant = (
        Participant.objects.filter(secret_hash=hash_of(secret))
        .select_related("dialogue__organisation__logo", "dialogue__mandate__feeds_body")
        .first()
    )
    if participant is None:
        raise Http404
    return participant


def secret_in(dialogue: Dialogue, cookies: Mapping[str, str]) -> str:
    """Give the secret in the dialogue's cookie; empty where there is none that we signed."""
    return secret_by_id(dialogue.public_id, cookies)


def secret_by_id(public_id: str, cookies: Mapping[str, str]) -> str:
    try:
        return _signer(public_id).unsign(cookies.get(_name(public_id), ""))
    except BadSignature:
        return ""


def cookie_name(dialogue: Dialogue) -> str:
    return _name(dialogue.public_id)


def signer_of(dialogue: Dialogue) -> Signer:
    return _signer(dialogue.public_id)


def _name(public_id: str) -> str:
    return f"brygga_deltar_{public_id}"


def _signer(public_id: str) -> Signer:
    return Signer(salt=f"brygga.participant.{public_id}")


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
