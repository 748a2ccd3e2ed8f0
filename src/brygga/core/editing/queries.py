from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core import signing
from django.db.models import QuerySet

from brygga.core.editing.models import Draft, Presence

SALT = "brygga.core.editing"
HERE_FOR = timedelta(seconds=45)


class ForeignTokenError(Exception):
    """The token was made for somebody else, or by nobody of ours."""


@dataclass(frozen=True)
class Drafting:
    """A form whose text is kept while it is written: what it needs, and what is kept already."""

    form: str
    subject: str
    names: tuple[str, ...]
    back: str
    token: str
    typed: dict[str, str]
    saved_at: datetime | None


@dataclass(frozen=True)
class Company:
    """Who else has the same thing open, as signed into the page that shows it."""

    token: str
    others: list[AbstractBaseUser]


def drafting(
    user: AbstractBaseUser, *, form: str, subject: str, names: Sequence[str], back: str
) -> Drafting:
    """Give what a page needs for keeping a draft; it has checked that the person may write."""
    token = signing.dumps([user.pk, form, subject, list(names), back], salt=SALT)
    kept = Draft.objects.filter(user_id=user.pk, form=form, subject=subject).first()
    typed = {name: kept.typed[name] for name in names if name in kept.typed} if kept else {}
    return Drafting(
        form, subject, tuple(names), back, token, typed, kept.saved_at if kept else None
    )


def subjects_of_drafts(users: QuerySet[Any]) -> set[str]:
    """Tell what people's drafts are about: the public ids that their forms named."""
    return set(Draft.objects.filter(user__in=users).values_list("subject", flat=True))


def drafts_of(
    users: QuerySet[Any], *, subjects: Collection[str] | None = None
) -> list[dict[str, object]]:
    """Give what people have typed and not sent, for the person whose it is."""
    rows = Draft.objects.filter(user__in=users).order_by("saved_at")
    if subjects is not None:
        rows = rows.filter(subject__in=subjects)
    return [{"form": row.form, "saved": row.saved_at.isoformat(), **row.typed} for row in rows]


def drafting_of(token: str, user: AbstractBaseUser) -> Drafting:
    try:
        pk, form, subject, names, back = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        raise ForeignTokenError from None
    if pk != user.pk:
        raise ForeignTokenError
    return drafting(user, form=form, subject=subject, names=names, back=back)


def company(
    user: AbstractBaseUser, place: str, *, at: datetime, has_others: bool = True
) -> Company:
    """Give those who have had the place open within the last seconds, but for the asker."""
    present = Presence.objects.filter(place=place, seen_at__gt=at - HERE_FOR)
    rows = present.exclude(user_id=user.pk).select_related("user").order_by("pk")
    token = signing.dumps([user.pk, place], salt=f"{SALT}.place")
    return Company(token, [row.user for row in rows] if has_others else [])


def place_of(token: str, user: AbstractBaseUser) -> str:
    try:
        pk, place = signing.loads(token, salt=f"{SALT}.place", max_age=timedelta(hours=12))
    except (signing.BadSignature, ValueError):
        raise ForeignTokenError from None
    if pk != user.pk:
        raise ForeignTokenError
    return str(place)
