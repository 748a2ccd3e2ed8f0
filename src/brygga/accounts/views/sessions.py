"""Where a person is signed in, and signing out there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from brygga.accounts import queries
from brygga.accounts.operations import sessions as operations


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    found = queries.sessions_of(queries.signed_in(request), at=timezone.now())
    return render(request, "accounts/sessions.html", {"sessions": found})


@require_POST
def end_session(request: HttpRequest, public_id: str) -> HttpResponse:
    user, at = queries.signed_in(request), timezone.now()
    session = queries.get_session_for(user, public_id, at=at)
    operations.end_session(session=session, by=user, at=at)
    messages.success(request, gettext("You are signed out there."))
    return redirect("accounts:sessions")


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    user = queries.signed_in(request)
    operations.end_sessions(user=user, by=user, at=timezone.now())
    messages.success(request, gettext("You are signed out everywhere but here."))
    return redirect("accounts:sessions")
