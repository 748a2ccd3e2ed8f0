from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods
from requests import HTTPError, RequestException

from brygga.accounts import queries
from brygga.accounts.adapter.own_login import configuration_of
from brygga.accounts.enums import LoginKind, Permission
from brygga.accounts.forms.own_login import OwnLoginForm
from brygga.accounts.forms.workspace import posted
from brygga.accounts.operations.errors import RefusalError
from brygga.accounts.operations.own_login import save_own_login
from brygga.accounts.views.workspace import show
from brygga.core.http.outgoing import OutgoingRefusedError
from brygga.core.limits.requests import count_request

TRIES_A_DAY = 200


@require_http_methods(["GET", "HEAD", "POST"])
def own_login(request: HttpRequest, slug: str) -> HttpResponse:
    day, at = timezone.localdate(), timezone.now()
    organisation = queries.get_organisation_for(
        request.user, slug, Permission.MANAGE_OWN_LOGIN, day
    )
    login = queries.own_login_of(organisation)
    other = login is not None and login.kind != LoginKind.OIDC
    login = None if other else login
    form = OwnLoginForm(posted(request), login=login)
    tried = ""
    if form.is_valid():
        if "try" in request.POST:
            count_request(request, scope="own_login", limit=TRIES_A_DAY, at=at)
            tried = fault_of(form.cleaned_data["issuer"]) or "well"
        else:
            by = queries.signed_in(request)
            try:
                save_own_login(organisation=organisation, facts=form.facts(), by=by, at=at)
            except RefusalError as error:
                form.refuse(error)
            else:
                messages.success(request, gettext("Saved."))
                return redirect("accounts:own_login", slug)
    return show(
        request,
        "accounts/own_login.html",
        organisation,
        day,
        form=form,
        login=login,
        other=other,
        tried=tried,
        callback=queries.callback_of(login, request.build_absolute_uri("/")) if login else "",
    )


def fault_of(issuer: str) -> str:
    """Say in plain words why a login does not answer as it must; empty where it does."""
    try:
        configuration_of(issuer)
    except OutgoingRefusedError:
        return gettext("Brygga does not call that address. It must be public and use https.")
    except HTTPError:
        return gettext("There is a server, but it does not tell how one signs in there.")
    except RequestException:
        return gettext("Nobody answers there, or not as a login does. Is the address right?")
    except OAuth2Error:
        return gettext("The login calls itself something else. Write the issuer exactly so.")
    return ""
