"""OpenID Connect by allauth, with what it leaves open closed.

The token is always checked against the issuer's keys and the sign-in that it answers (nonce, PKCE);
the issuer has to be the one that the organisation's owner wrote; every request goes through our
guard for outgoing calls.
"""

from typing import Any

import requests
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare, get_random_string

from brygga.accounts.adapter import oidc_token
from brygga.accounts.models.own_login import OwnLogin
from brygga.accounts.operations.own_login import Claims
from brygga.core.http.outgoing import guarded_session, refuse_address

KNOWN_FOR = 600  # seconds that an issuer's configuration is remembered
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
FAILURES = (OAuth2Error, requests.RequestException)
WELL_KNOWN = "/.well-known/openid-configuration"


def configuration_of(issuer: str) -> dict[str, Any]:
    """Read what an issuer says of itself; raises one of FAILURES."""
    with guarded_session() as session:
        answer = session.get(issuer.rstrip("/") + WELL_KNOWN)
        answer.raise_for_status()
        found = answer.json()
    if not isinstance(found, dict) or found.get("issuer") != issuer:
        raise OAuth2Error("The issuer calls itself something else.")
    for name in ENDPOINTS:
        refuse_address(str(found.get(name, "")))
    return found


class OwnLoginAdapter(OpenIDConnectOAuth2Adapter):
    @property
    def openid_config(self) -> dict[str, Any]:
        login: OwnLogin = self.get_provider().login
        key = f"oidc:{login.pk}:{login.issuer}"
        found: dict[str, Any] | None = cache.get(key)
        if found is None:
            found = configuration_of(login.issuer)
            cache.set(key, found, KNOWN_FOR)
        return found

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:  # noqa: ARG002 – allauth's signature
        return request.build_absolute_uri(reverse("own_login_callback", args=[self.provider_id]))

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        try:
            claims = oidc_token.checked(
                self.openid_config, app.client_id, kwargs["response"].get("id_token")
            )
            if "email" not in claims and "userinfo_endpoint" in self.openid_config:
                more = self._fetch_user_info(token.token)
                if more.get("sub") != claims["sub"]:
                    raise OAuth2Error("The answers speak of different people.")
                claims = more | claims
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("The token cannot be read.") from error
        return self.get_provider().sociallogin_from_response(request, claims)


class OwnLoginProvider(OpenIDConnectProvider):
    oauth2_adapter_class = OwnLoginAdapter

    def __init__(self, request: HttpRequest, app: Any, login: OwnLogin) -> None:
        super().__init__(request, app=app)
        self.login = login

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, **_: Any
    ) -> HttpResponse:
        nonce = get_random_string(32)
        answer: HttpResponse = super().redirect(
            request, process, next_url, auth_params={"nonce": nonce}, nonce=nonce
        )
        return answer

    def sociallogin_from_response(self, request: HttpRequest, response: dict[str, Any]) -> Any:
        sociallogin = super().sociallogin_from_response(request, response)
        sociallogin.proved = response
        return sociallogin

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002 – allauth's
        """Keep nothing of what the issuer tells about a person."""
        return {}

    def claims_of(self, sociallogin: Any) -> Claims | None:
        """Give what is proved, or None where it answers another sign-in than this browser's."""
        proved = sociallogin.proved
        expected = sociallogin.state.get("nonce") or get_random_string(32)
        if not constant_time_compare(str(proved.get("nonce", "")), expected):
            return None
        values = proved.get(self.login.role_claim, []) if self.login.role_claim else []
        values = values if isinstance(values, list) else [values]
        return Claims(
            subject=proved["sub"],
            email=str(proved.get("email", "")),
            is_verified=any(_is_true(proved.get(name)) for name in ("email_verified", "xms_edov")),
            name=str(proved.get("name", ""))[:120],
            values=frozenset(str(value)[:120] for value in values),
        )


def _is_true(value: object) -> bool:
    return value is True or value in {"true", "True", "1"} or value == 1
