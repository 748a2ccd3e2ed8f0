"""Ending the sessions of a person: each is gone with its row, on every machine at once."""

from datetime import datetime

from django.db import transaction

from brygga.accounts.models import User
from brygga.accounts.models.session import UserSession
from brygga.core.audit.operations import record


@transaction.atomic
def end_session(*, session: UserSession, by: User, at: datetime) -> None:
    if session.user:
        record(action="session.ended", subject=session.user, by=by, at=at)
    session.delete()


@transaction.atomic
def end_sessions(*, user: User, by: User | None, at: datetime) -> int:
    """End all sessions of a person, but not the one in which they do this themselves."""
    sessions = UserSession.objects.filter(user=user)
    if by is not None and by.pk == user.pk and by.bound_to:
        sessions = sessions.filter(through=by.bound_to)
    if by is not None and by.pk == user.pk and by.session_key:
        sessions = sessions.exclude(session_key=by.session_key)
    count, _ = sessions.delete()
    if count:
        record(action="sessions.ended", subject=user, by=by, at=at)
    return count
