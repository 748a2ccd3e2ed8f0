"""What follows when somebody's second factor changes."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils import translation

from brygga.accounts.models import User
from brygga.accounts.operations.sessions import end_sessions
from brygga.core.audit.operations import record
from brygga.core.mail.kinds import ACCOUNT
from brygga.core.mail.operations import queue_message


@transaction.atomic
def note_second_factor_change(*, user: User, by: User | None, at: datetime) -> None:
    """End the person's other sessions, and tell them by mail in case it was somebody else."""
    row = record(action="second_factor.changed", subject=user, by=by, at=at)
    end_sessions(user=user, by=by, at=at)
    with translation.override(user.language):
        queue_message(
            key=f"second_factor:{row.pk}",
            kind=ACCOUNT,
            recipient=user.email,
            language=user.language,
            template="accounts/mail/second_factor",
            context={"site_address": settings.BRYGGA_ADDRESS},
            due_at=at,
            at=at,
        )


@transaction.atomic
def remove_second_factor(*, user: User, at: datetime) -> None:
    """Let an operator help somebody who has lost all of it."""
    Authenticator.objects.filter(user=user).delete()
    note_second_factor_change(user=user, by=None, at=at)
