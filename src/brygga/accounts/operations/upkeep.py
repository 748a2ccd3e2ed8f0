"""What is thrown away when it can no longer be used."""

from datetime import datetime

from django.db import transaction

from brygga.accounts.models import SignInLink
from brygga.accounts.models.session import UserSession


@transaction.atomic
def forget_expired(*, at: datetime) -> int:
    """Delete sessions and sign-in links that have expired; tell how many went."""
    sessions, _ = UserSession.objects.filter(expire_date__lt=at).delete()
    links, _ = SignInLink.objects.filter(expires_at__lt=at).delete()
    return sessions + links
