"""Asking a broker of e-IDs who somebody is, and telling nothing on but that one answer.

Nothing of it is kept in a session: what has to be remembered until the answer comes is given back
to the browser, encrypted. The address for the answer is each broker's own, so that an answer of one
is worth nothing at another (the mix-up attack).
"""

import base64
import hashlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus, urlencode

import requests
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from cryptography.fernet import InvalidToken
from django.core.cache import cache
from django.utils.crypto import constant_time_compare, get_random_string

from brygga.accounts.adapter import oidc_token
from brygga.accounts.adapter.own_login import configuration_of
from brygga.accounts.models.broker import EidBroker
from brygga.accounts.models.secrets import decrypt
from brygga.core.http.outgoing import guarded_session

BASIC = "client_secret_basic"  # also what holds where a broker does not say
SCOPES = "openid https://id.oidc.se/scope/naturalPersonNumber"
NUMBER_LENGTH = 12  # with the century: the same person through every broker
SHORTEST_OTHER = 10  # an identity that is no Swedish number, as of somebody from abroad
ONCE_FOR = 3600  # seconds that an answer is remembered; what is begun lives for far less
BROKER_FAILURES = (OAuth2Error, requests.RequestException, InvalidToken)


@dataclass(frozen=True)
class Begun:
    """What the browser keeps until the answer comes."""

    state: str
    nonce: str
    verifier: str


def begin(broker: EidBroker, callback: str) -> tuple[str, Begun]:
    """Give the address at the broker; raises one of BROKER_FAILURES."""
    configuration = configuration_of(broker.issuer)
    begun = Begun(*(get_random_string(48) for _ in range(3)))
    digest = hashlib.sha256(begun.verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": broker.client_id,
        "redirect_uri": callback,
        "scope": SCOPES,
        "state": begun.state,
        "nonce": begun.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        "prompt": "login",  # who shares a screen does not answer for the one before
    }
    there = configuration["authorization_endpoint"]
    return f"{there}{'&' if '?' in there else '?'}{urlencode(asked)}", begun


def person_in(broker: EidBroker, begun: Begun, query: dict[str, str], callback: str) -> str:
    """Give the person's number from the answer; raises one of BROKER_FAILURES."""
    if not constant_time_compare(query.get("state", ""), begun.state) or "code" not in query:
        raise OAuth2Error("That answers something else.")
    if query.get("iss", broker.issuer) != broker.issuer:
        raise OAuth2Error("Somebody else answers.")
    if not cache.add(f"broker:{begun.state}", 1, ONCE_FOR):
        raise OAuth2Error("That has been answered.")
    configuration = configuration_of(broker.issuer)
    sent = {
        "grant_type": "authorization_code",
        "code": query["code"],
        "redirect_uri": callback,
        "code_verifier": begun.verifier,
    }
    try:
        tokens = _tokens(broker, configuration, sent)
        claims = oidc_token.checked(configuration, broker.client_id, tokens.get("id_token"))
        if not constant_time_compare(str(claims.get("nonce", "")), begun.nonce):
            raise OAuth2Error("The token answers something else.")
        if broker.person_claim not in claims:
            claims |= _told_more(configuration, tokens["access_token"], claims["sub"])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise OAuth2Error("The token cannot be read.") from error
    return _written_alike(claims.get(broker.person_claim))


def _written_alike(person: object) -> str:
    """Write an identity in one way, so that no two spellings make two people of one."""
    signs = "".join(sign for sign in person if sign.isalnum()) if isinstance(person, str) else ""
    is_whole = len(signs) == NUMBER_LENGTH if signs.isdigit() else len(signs) >= SHORTEST_OTHER
    if not (is_whole and signs.isascii()):
        raise OAuth2Error("The broker does not say who it is.")
    return signs.upper()


def _tokens(broker: EidBroker, configuration: dict[str, Any], sent: dict[str, str]) -> Any:
    """Change the code for tokens, showing our secret in the way that the broker wants."""
    secret = decrypt(broker.secret_kept) if broker.secret_kept else ""
    ways = configuration.get("token_endpoint_auth_methods_supported", [BASIC])
    auth = None
    if secret and BASIC in ways:
        auth = (quote_plus(broker.client_id), quote_plus(secret))
    else:
        sent |= {"client_id": broker.client_id} | ({"client_secret": secret} if secret else {})
    with guarded_session() as session:
        answer = session.post(configuration["token_endpoint"], data=sent, auth=auth)
        answer.raise_for_status()
        return answer.json()


def _told_more(configuration: dict[str, Any], token: str, subject: str) -> dict[str, Any]:
    with guarded_session() as session:
        answer = session.get(
            configuration["userinfo_endpoint"], headers={"Authorization": f"Bearer {token}"}
        )
        answer.raise_for_status()
        more: dict[str, Any] = answer.json()
    if more.get("sub") != subject:
        raise OAuth2Error("The answers speak of different people.")
    return more
