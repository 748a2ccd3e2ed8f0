"""How surely we know who is signed in, and for how long we go on believing it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext

from brygga.accounts.adapter.device import device_in_words
from brygga.accounts.models import User
from brygga.accounts.models.session import DEVICE, PUBLIC_ID, SEEN_AT, SIGNED_IN_AT, THROUGH
from brygga.accounts.queries import has_second_factor
from brygga.accounts.rules import needs_second_factor
from brygga.core.http import new_public_id

NOTED_EVERY = timedelta(minutes=5)
# What one reaches without the second factor that one's roles ask for.
OPEN_WHILE_WEAK = ("mfa_", "account_logout", "account_reauthenticate")
# What belongs to the person, not to the organisation through whose login they came.
OWN_ACCOUNT = ("mfa_", "account_reauthenticate", "register:account", "register:erase_account")


class AssuranceMiddleware:
    """Ends sessions that are too old, and tells the rules what a session is good for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session and request.user.is_authenticated:
            at = timezone.now()
            if _is_over(request, at):
                logout(request)
                messages.info(request, gettext("You were signed out to be safe. Sign in again."))
            else:
                _note(request, at)
                _tell_what_it_is_good_for(request, request.user, at)
                if request.method in ("GET", "HEAD"):
                    return self._read_only(request, request.user)
        return self.get_response(request)

    def _read_only(self, request: HttpRequest, user: User) -> HttpResponse:
        """Read the roles once for the page; a write, and a stream that goes on, asks anew."""
        user.roles_read = {}
        try:
            return self.get_response(request)
        finally:
            user.roles_read = None

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_: object
    ) -> HttpResponse | None:
        user = request.user
        if not user.is_authenticated or request.resolver_match is None:
            return None
        name = request.resolver_match.view_name
        if user.bound_to and _is_own_account(request, name):
            return render(request, "accounts/bound.html", status=403)
        if user.is_weak and getattr(view, "login_required", True):
            return None if name.startswith(OPEN_WHILE_WEAK) else _lead_to_second_factor(request)
        return None


def is_strong(request: HttpRequest, user: User) -> bool:
    """Tell whether a second factor was shown in this session."""
    return any(each.get("method") == "mfa" for each in get_authentication_records(request, user))


def _is_over(request: HttpRequest, at: datetime) -> bool:
    session = request.session
    if SIGNED_IN_AT not in session:
        return False
    age = at - datetime.fromisoformat(session[SIGNED_IN_AT])
    idle = at - datetime.fromisoformat(session[SEEN_AT])
    return age > settings.BRYGGA_SESSION_AGE or idle > settings.BRYGGA_SESSION_IDLE


def _note(request: HttpRequest, at: datetime) -> None:
    session = request.session
    session.setdefault(PUBLIC_ID, new_public_id())
    if SIGNED_IN_AT not in session:
        session[SIGNED_IN_AT] = at.isoformat()
        session[DEVICE] = device_in_words(request.headers.get("User-Agent", ""))
    if SEEN_AT not in session or at - datetime.fromisoformat(session[SEEN_AT]) > NOTED_EVERY:
        session[SEEN_AT] = at.isoformat()


def _tell_what_it_is_good_for(request: HttpRequest, user: User, at: datetime) -> None:
    user.session_key = request.session.session_key
    user.bound_to = request.session.get(THROUGH)
    user.is_weak = (
        not user.bound_to
        and not is_strong(request, user)
        and needs_second_factor(user, timezone.localdate(at))
    )


def _is_own_account(request: HttpRequest, name: str) -> bool:
    if name == "accounts:profile":
        return request.method == "POST"
    return name.startswith(OWN_ACCOUNT)


def _lead_to_second_factor(request: HttpRequest) -> HttpResponse:
    if not has_second_factor(request.user):
        return redirect("mfa_index")
    asked = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
    return redirect(f"{resolve_url('mfa_reauthenticate')}?{asked}")
