"""Secret addresses by which a person's calendar reads the dates of one organisation."""

from base64 import urlsafe_b64encode
from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from brygga.accounts.models import CalendarLink, Organisation, User
from brygga.accounts.models.secrets import draw_secret, hash_of
from brygga.core.audit.operations import record


def renew_calendar_link(
    *, user: User, organisation: Organisation, client_key: str | None, at: datetime
) -> str:
    """Make a new link, which ends the one before, and give its secret for the only time.

    The same form sent twice gives the same secret.
    """
    secret = _secret_for(user, organisation, client_key) if client_key else draw_secret()
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        link, _ = CalendarLink.objects.update_or_create(
            user=user,
            organisation=organisation,
            defaults={"secret_hash": hash_of(secret), "made_at": at},
        )
        record(action="calendar_link.renew", subject=link, by=user, at=at, fields=["secret_hash"])
    return secret


@transaction.atomic
def end_calendar_link(*, user: User, organisation: Organisation, at: datetime) -> None:
    """Let the link stop working; without one nothing happens."""
    for link in CalendarLink.objects.select_for_update().filter(
        user=user, organisation=organisation
    ):
        record(action="calendar_link.end", subject=link, by=user, at=at)
        link.delete()


def _secret_for(user: User, organisation: Organisation, client_key: str) -> str:
    """Derive the secret from the form's key and the server's, so that only we can."""
    text = f"{user.pk}\n{organisation.pk}\n{client_key}"
    digest = salted_hmac("brygga.calendar_link", text, algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")
