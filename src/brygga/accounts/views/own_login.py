"""Signing in through an organisation's own login."""

from http import HTTPStatus

from allauth.account.views import RequestLoginCodeView
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from cryptography.fernet import InvalidToken
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from brygga.accounts import queries
from brygga.accounts.adapter.own_login import FAILURES, OwnLoginAdapter
from brygga.accounts.adapter.saml import NotInstalledError
from brygga.accounts.adapter.social import refuse
from brygga.core.limits.requests import count_request

STARTS_A_DAY = 5_000  # from one address: a whole town hall shares one
ON_A_PAGE = 50


@login_not_required
@require_safe
def own_logins(request: HttpRequest) -> HttpResponse:
    search = request.GET.get("q", "")[:120]
    found = queries.own_logins(search)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/own_logins.html", {"page": page, "search": search})


@login_not_required
@never_cache
@require_safe
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the login. A GET, since the policy for forms lets them lead nowhere else."""
    login = queries.get_own_login_to_use(slug)
    count_request(request, scope="own_login_start", limit=STARTS_A_DAY, at=timezone.now())
    asked = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    try:
        provider = get_adapter(request).get_provider(request, login.public_id)
        answer: HttpResponse = provider.redirect(request, "login", asked if is_ours else None)
    except (*FAILURES, InvalidToken, NotInstalledError):
        return refuse(request, login, status=HTTPStatus.FAILED_DEPENDENCY)
    return answer


@login_not_required
@never_cache
@require_safe
def callback(request: HttpRequest, public_id: str) -> HttpResponse:
    try:
        view = OAuth2CallbackView.adapter_view(OwnLoginAdapter(request, public_id))
        answer: HttpResponse = view(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return answer


class AskForCodeView(RequestLoginCodeView):  # type: ignore[misc]  # allauth is untyped
    """Sends a code, or first offers the login that the address's domain belongs to."""

    def form_valid(self, form: object) -> HttpResponse:
        email = self.request.POST.get("email", "")
        login = queries.own_login_for_address(email)
        if login is not None and self.request.POST.get("way") != "code":
            context = {"organisation": login.organisation, "email": email}
            context["next"] = self.request.POST.get("next", "")
            return render(self.request, "accounts/choose_login.html", context)
        answer: HttpResponse = super().form_valid(form)
        return answer


ask_for_code = AskForCodeView.as_view()
