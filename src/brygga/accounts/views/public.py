from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from brygga.accounts import queries
from brygga.accounts.forms.workspace import AcceptForm, ProfileForm, posted
from brygga.accounts.operations.errors import (
    InvitationClosedError,
    LinkClosedError,
    RefusalError,
)
from brygga.accounts.operations.invitations import accept_invitation as accept
from brygga.accounts.operations.people import update_profile
from brygga.accounts.operations.sign_in import use_sign_in_link
from brygga.core.ui.language import ONE_YEAR

BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, secret: str) -> HttpResponse:
    at = timezone.now()
    invitation = queries.get_invitation_by_secret(secret)
    if not invitation.is_open_at(at):
        return _closed(request)
    known = queries.person_with_address(invitation.email)
    signed_in = request.user if request.user.is_authenticated else None
    form = AcceptForm(posted(request), known=known)
    if form.is_valid():
        try:
            membership = accept(
                secret=secret,
                name=form.cleaned_data.get("name", ""),
                language=translation.get_language(),
                signed_in=signed_in,
                at=at,
            )
        except InvitationClosedError:
            return _closed(request)
        except RefusalError as error:
            form.refuse(error)
        else:
            login(request, membership.user, backend=BACKEND)
            return redirect("accounts:organisation", membership.organisation.slug)
    is_for_other = signed_in is not None and signed_in != known
    context = {"invitation": invitation, "form": form, "is_for_other": is_for_other}
    return render(request, "accounts/invitation.html", context)


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/invitation_closed.html", status=HTTPStatus.GONE)


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    user = queries.signed_in(request)
    form = ProfileForm(posted(request), user=user)
    if form.is_valid():
        update_profile(user=user, **form.cleaned_data, by=user, at=timezone.now())
        language = form.cleaned_data["language"]
        with translation.override(language):
            messages.success(request, gettext("Saved."))
        response = redirect("accounts:profile")
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=ONE_YEAR,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
        return response
    context = {"form": form, "organisations": queries.organisations_of(user)}
    return render(request, "accounts/profile.html", context)


@login_not_required
@never_cache
@require_safe
def sign_in_by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Sign one of the demo's people in. A GET that writes, since it is clicked in a terminal."""
    try:
        user = use_sign_in_link(secret=secret, at=timezone.now())
    except LinkClosedError:
        return render(request, "accounts/link_closed.html", status=HTTPStatus.GONE)
    login(request, user, backend=BACKEND)
    return redirect(settings.LOGIN_REDIRECT_URL)
