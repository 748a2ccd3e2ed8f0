"""“Ångra”: a notice with a button that takes back what somebody has just done.

The button carries what is needed, signed for that person and good for some minutes; nothing is
stored. The area that offered it takes it back by an operation of its own, which checks the rights
anew and leaves its own row in the audit trail: undoing adds, it erases nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core import signing
from django.http import HttpRequest

SALT = "brygga.core.undo"
GOOD_FOR = timedelta(minutes=10)
TAG = "undo:"

Facts = Mapping[str, str]
TakeBack = Callable[[AbstractBaseUser, Facts, datetime], None]


class TooLateError(Exception):
    """The time is up, or somebody has done something else meanwhile."""


class NotYoursError(Exception):
    """The button was made for another person, or by nobody of ours."""


@dataclass(frozen=True)
class Offer:
    kind: str
    facts: Facts
    back: str


_kinds: dict[str, TakeBack] = {}


def offer_undo(kind: str, take_back: TakeBack) -> None:
    """Called in AppConfig.ready; `take_back` raises TooLateError, or Http404 without the right."""
    _kinds[kind] = take_back


def say_with_undo(request: HttpRequest, text: str, *, kind: str, back: str, **facts: str) -> None:
    """Tell what was done, with the button that takes it back."""
    token = signing.dumps([kind, facts, back, request.user.pk], salt=SALT)
    messages.success(request, text, extra_tags=f"{TAG}{token}")


def offer_of(token: str, user: AbstractBaseUser) -> Offer:
    """Read a button that was made for this person, however old it is."""
    try:
        kind, facts, back, pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise NotYoursError from None
    if pk != user.pk or kind not in _kinds:
        raise NotYoursError
    return Offer(kind, facts, back)


def take_back(token: str, user: AbstractBaseUser, *, at: datetime) -> None:
    offer = offer_of(token, user)
    try:
        signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.SignatureExpired:
        raise TooLateError from None
    _kinds[offer.kind](user, offer.facts, at)
