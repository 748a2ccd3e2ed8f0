"""Where allauth asks which logins there are and whom they let in."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from brygga.accounts.adapter.own_login import OwnLoginProvider
from brygga.accounts.adapter.saml import SamlProvider
from brygga.accounts.enums import LoginKind
from brygga.accounts.models.own_login import OwnLogin
from brygga.accounts.models.secrets import decrypt
from brygga.accounts.operations.errors import RefusalError
from brygga.accounts.operations.own_login import admit
from brygga.accounts.queries import own_login_with
from brygga.core.http.outgoing import guarded_session


def provider_for(request: HttpRequest, login: OwnLogin) -> OwnLoginProvider | SamlProvider:
    kind = SamlProvider if login.kind == LoginKind.SAML else OwnLoginProvider
    app = SocialApp(
        provider=kind.id,
        provider_id=login.public_id,
        name=login.organisation.name[:40],
        client_id=login.client_id,
        secret=decrypt(login.secret_kept) if login.secret_kept else "",
        settings={"server_url": login.issuer, "oauth_pkce_enabled": True},
    )
    return kind(request, app=app, login=login)


def refuse(
    request: HttpRequest, login: OwnLogin, *, reason: str = "", status: int = 403
) -> HttpResponse:
    context = {"organisation": login.organisation, "reason": reason}
    return render(request, "accounts/login_refused.html", context, status=status)


class SocialAdapter(DefaultSocialAccountAdapter):
    def get_provider(
        self,
        request: HttpRequest,
        provider: str,
        client_id: str | None = None,  # noqa: ARG002 – allauth's signature
    ) -> OwnLoginProvider | SamlProvider:
        login = own_login_with(provider)
        if login is None:
            raise SocialApp.DoesNotExist
        return provider_for(request, login)

    def list_apps(self, *_: Any, **__: Any) -> list[SocialApp]:
        return []

    def get_requests_session(self) -> Any:
        return guarded_session()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002 – allauth's signature
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        provider = sociallogin.provider
        claims = provider.claims_of(sociallogin)
        if claims is None:
            raise ImmediateHttpResponse(refuse(request, provider.login, status=401))
        try:
            user = admit(login=provider.login, claims=claims, at=timezone.now())
        except RefusalError as error:
            page = refuse(request, provider.login, reason=str(error))
            raise ImmediateHttpResponse(page) from error
        sociallogin.user = user

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_: Any) -> None:
        raise ImmediateHttpResponse(refuse(request, provider.login, status=401))
