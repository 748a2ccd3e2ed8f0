"""Sign-in links for the demo: each signs one person in once. Routed on a local machine only."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from brygga.accounts.models import SignInLink, User
from brygga.accounts.models.secrets import draw_secret, hash_of
from brygga.accounts.operations.errors import LinkClosedError
from brygga.core.audit.operations import record

GOOD_FOR = timedelta(days=1)


class NotLocalError(RuntimeError):
    """Sign-in links are for the demo on one machine; here everybody signs in by code."""


@transaction.atomic
def make_sign_in_link(*, user: User, at: datetime) -> str:
    """Make the whole address that signs this person in, once, within a day."""
    if not settings.BRYGGA_SIGN_IN_LINKS:
        raise NotLocalError
    secret = draw_secret()
    link = SignInLink.objects.create(
        user=user, secret_hash=hash_of(secret), expires_at=at + GOOD_FOR
    )
    record(action="sign_in_link.made", subject=link, by=None, at=at)
    return settings.BRYGGA_ADDRESS + reverse("accounts:sign_in_by_link", args=[secret])


@transaction.atomic
def use_sign_in_link(*, secret: str, at: datetime) -> User:
    link = (
        SignInLink.objects.select_for_update(of=["self"])
        .select_related("user")
        .filter(secret_hash=hash_of(secret), used_at=None, expires_at__gt=at)
        .first()
    )
    if link is None or not link.user.is_active:
        raise LinkClosedError
    link.used_at = at
    link.save(update_fields=["used_at"])
    record(action="sign_in_link.used", subject=link, by=link.user, at=at)
    return link.user
