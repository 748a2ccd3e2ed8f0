"""Coming back from a login that speaks SAML, in two steps, and what we say of ourselves."""

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from cryptography.fernet import InvalidToken
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from brygga.accounts import queries
from brygga.accounts.adapter import saml as adapter
from brygga.accounts.adapter.social import refuse
from brygga.accounts.models.own_login import SamlFacts
from brygga.core.limits.requests import count_request

ANSWERS_A_DAY = 5_000  # from one address: a whole town hall shares one


def get_saml(public_id: str) -> SamlFacts:
    saml = queries.saml_with(public_id)
    if saml is None or not adapter.is_installed():
        raise Http404
    return saml


# A foreign page posts here, so our token cannot come along. The answer is signed, and counts only
# for the browser whose session asked for it: that is looked at in the second step.
@csrf_exempt
@login_not_required
@never_cache
@require_POST
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Check the answer; our cookie comes with no foreign form, so lead on to where it does."""
    saml = get_saml(public_id)
    count_request(request, scope="saml_answer", limit=ANSWERS_A_DAY, at=timezone.now())
    response = request.POST.get("SAMLResponse", "")
    if not response:
        return refuse(request, saml.login, status=400)
    try:
        proved = adapter.checked(request, saml, response)
    except (adapter.SamlRefusedError, InvalidToken):
        return refuse(request, saml.login, status=401)
    ticket = urlencode({"svar": adapter.keep_for_the_way_back(saml.login, proved)})
    return HttpResponseRedirect(f"{reverse('own_login_saml_finish', args=[public_id])}?{ticket}")


@login_not_required
@never_cache
@require_safe
def finish(request: HttpRequest, public_id: str) -> HttpResponse:
    saml = get_saml(public_id)
    provider = get_adapter(request).get_provider(request, public_id)
    try:
        proved = adapter.take_back(saml.login, request.GET.get("svar", ""))
        state = provider.unstash_redirect_state(request, proved["asked"])
    except (adapter.SamlRefusedError, PermissionDenied):
        return refuse(request, saml.login, status=401)
    sociallogin = provider.sociallogin_from_response(request, proved)
    sociallogin.state = state
    done: HttpResponse = complete_social_login(request, sociallogin)
    return done


@login_not_required
@require_safe
def metadata(request: HttpRequest, public_id: str) -> HttpResponse:
    saml = get_saml(public_id)
    try:
        text = adapter.our_metadata(request, saml)
    except InvalidToken as error:
        raise Http404 from error
    return HttpResponse(text, content_type="application/samlmetadata+xml")
