from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods
from requests import RequestException

from brygga.accounts import queries
from brygga.accounts.adapter.saml import addresses, is_installed
from brygga.accounts.adapter.saml_metadata import (
    MetadataError,
    NotDescribedError,
    UnsignedMetadataError,
    certificate_of,
    described,
    fetched,
)
from brygga.accounts.enums import LoginKind, Permission
from brygga.accounts.forms.saml import SamlLoginForm
from brygga.accounts.forms.workspace import posted
from brygga.accounts.models import Organisation, OwnLogin
from brygga.accounts.operations.errors import RefusalError
from brygga.accounts.operations.saml import Described, save_saml_login
from brygga.accounts.views.workspace import show
from brygga.core.http.outgoing import OutgoingRefusedError
from brygga.core.limits.requests import count_request

READS_A_DAY = 200


@require_http_methods(["GET", "HEAD", "POST"])
def saml_login(request: HttpRequest, slug: str) -> HttpResponse:
    day, at = timezone.localdate(), timezone.now()
    organisation = queries.get_organisation_for(
        request.user, slug, Permission.MANAGE_OWN_LOGIN, day
    )
    login = queries.own_login_of(organisation)
    login = login if login and login.kind == LoginKind.SAML else None
    form = SamlLoginForm(posted(request), login=login)
    if is_installed() and form.is_valid():
        count_request(request, scope="own_login", limit=READS_A_DAY, at=at)
        if save(request, organisation, form, login):
            messages.success(request, gettext("Saved."))
            return redirect("accounts:saml_login", slug)
    return show(
        request,
        "accounts/saml_login.html",
        organisation,
        day,
        form=form,
        login=login,
        is_installed=is_installed(),
        ours=addresses(request, login) if login else {},
    )


def save(
    request: HttpRequest, organisation: Organisation, form: SamlLoginForm, login: OwnLogin | None
) -> bool:
    found = read_metadata(form, login)
    if found is None:
        return False
    try:
        save_saml_login(
            organisation=organisation,
            facts=form.facts(),
            described=found,
            trust=form.trust(),
            by=queries.signed_in(request),
            at=timezone.now(),
        )
    except RefusalError as error:
        form.refuse(error)
        return False
    return True


def read_metadata(form: SamlLoginForm, login: OwnLogin | None) -> Described | None:
    """Read what the form points at, or keep what is here; leave an error on the form otherwise."""
    cleaned = form.cleaned_data
    field = "metadata_url" if cleaned["metadata_url"] else "metadata"
    try:
        if cleaned["metadata_signer"]:
            cleaned["metadata_signer"] = certificate_of(cleaned["metadata_signer"])
    except ValueError:
        form.add_error("metadata_signer", gettext("That is no certificate."))
        return None
    try:
        text = fetched(cleaned["metadata_url"]) if field == "metadata_url" else cleaned["metadata"]
        if text:
            return described(text, cleaned["issuer"], cleaned["metadata_signer"])
    except (MetadataError, RequestException) as error:
        form.add_error(field, in_words(error))
        return None
    if login and login.issuer == cleaned["issuer"]:
        return Described(login.saml.sign_in_at, tuple(login.saml.certificates))
    form.add_error("metadata_url", gettext("Write an address, or paste the metadata below."))
    return None


def in_words(error: Exception) -> str:
    if isinstance(error, OutgoingRefusedError):
        return gettext("Brygga does not call that address. It must be public and use https.")
    if isinstance(error, UnsignedMetadataError):
        return gettext("The metadata is not signed with the certificate below.")
    if isinstance(error, NotDescribedError):
        return gettext("The metadata describes no login with that entity id, address and key.")
    if isinstance(error, MetadataError):
        return gettext("That is no SAML metadata.")
    return gettext("Nobody answers there. Is the address right?")
