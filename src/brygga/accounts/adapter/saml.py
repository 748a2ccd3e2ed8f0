"""SAML as Sweden Connect has it, by python3-saml, with what that leaves open closed.

Facts come from the "Deployment Profile for the Swedish eID Framework", chapters 5 and 6, and the
"Registry for Identifiers", chapter 3.1.1 (docs.swedenconnect.se/technical-framework, read in the
version of May 2026). The response is always signed there, and the assertion too for who asks for
it: we ask. Requests are signed. The level of assurance is asked for by its exact names, and an
answer with another is refused. `InResponseTo`, `Recipient` and `NotOnOrAfter` have to be there. The
assertion may be encrypted for us.

Personal identity numbers and provisional ids (prid) are never read. The name of the subject is a
pseudonym by the profile; we keep only a keyed hash of it, for those who do not follow the profile.
"""

import importlib.util
import json
from base64 import b64encode
from typing import Any
from urllib.parse import urlsplit

from allauth.socialaccount.providers.base import Provider, ProviderAccount
from cryptography import x509
from cryptography.fernet import InvalidToken
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import get_random_string, salted_hmac

from brygga.accounts.enums import Assurance
from brygga.accounts.models.own_login import OwnLogin, SamlFacts
from brygga.accounts.models.secrets import decrypt, encrypt
from brygga.accounts.operations.own_login import Claims

MAIL = "urn:oid:0.9.2342.19200300.100.1.3"
DISPLAY_NAME = "urn:oid:2.16.840.1.113730.3.1.241"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
SPACES = {
    "samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
    "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
}
LARGEST_RESPONSE = 200_000  # characters
RELAY_STATE = "brygga"  # says nothing; an empty one is signed by some and left out by others
KEPT_FOR = 120  # seconds between the two halves of coming back
REMEMBERED_FOR = 3600  # seconds that an assertion's id is: far longer than one is good for


class SamlRefusedError(Exception):
    """The answer is not what it must be."""


class NotInstalledError(Exception):
    """The extra `brygga[saml]` is not here."""


def is_installed() -> bool:
    """Tell whether the extra `brygga[saml]` is here."""
    return importlib.util.find_spec("onelogin") is not None


def addresses(request: HttpRequest, login: OwnLogin) -> dict[str, str]:
    """Where the login sends its answers, and our name there: the address of our metadata."""
    names = {"answer": "own_login_saml", "entity": "own_login_metadata"}
    return {
        name: request.build_absolute_uri(reverse(url, args=[login.public_id]))
        for name, url in names.items()
    }


def wanted_levels(saml: SamlFacts) -> list[str]:
    if not saml.least_assurance:
        return []
    levels = list(Assurance.values)
    return levels[levels.index(saml.least_assurance) :]


def settings_of(request: HttpRequest, saml: SamlFacts) -> dict[str, Any]:
    login, ours = saml.login, addresses(request, saml.login)
    algorithms = {
        "signatureAlgorithm": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        "digestAlgorithm": "http://www.w3.org/2001/04/xmlenc#sha256",
        "rejectDeprecatedAlgorithm": True,
    }
    levels = {"requestedAuthnContext": wanted_levels(saml)} if saml.least_assurance else {}
    return {
        "strict": True,
        "sp": {
            "entityId": ours["entity"],
            "assertionConsumerService": {"url": ours["answer"]},
            "NameIDFormat": PERSISTENT,
            "x509cert": saml.certificate,
            "privateKey": decrypt(saml.key_kept),
        },
        "idp": {
            "entityId": login.issuer,
            "singleSignOnService": {"url": saml.sign_in_at},
            "x509certMulti": {"signing": saml.certificates},
        },
        "security": {
            "authnRequestsSigned": True,
            "wantMessagesSigned": True,
            "wantAssertionsSigned": True,
            "wantNameId": True,
            "wantAttributeStatement": True,
            "allowRepeatAttributeName": True,
            "allowSingleLabelDomains": True,
            "failOnAuthnContextMismatch": True,
            "requestedAuthnContext": False,
        }
        | algorithms
        | levels,
    }


def _as_they_want_it(request: HttpRequest, saml: SamlFacts, response: str = "") -> dict[str, Any]:
    parts = urlsplit(addresses(request, saml.login)["answer"])
    return {
        "https": "on" if parts.scheme == "https" else "off",
        "http_host": parts.netloc,
        "script_name": "",
        "path_info": parts.path,
        "get_data": {},
        "post_data": {"SAMLResponse": response},
    }


def our_metadata(request: HttpRequest, saml: SamlFacts) -> bytes:
    from onelogin.saml2.settings import OneLogin_Saml2_Settings  # noqa: PLC0415 – an extra

    facts = settings_of(request, saml)
    good_until = x509.load_pem_x509_certificate(saml.certificate.encode()).not_valid_after_utc
    facts["security"] |= {
        "wantAssertionsEncrypted": True,  # shows our key; who cannot encrypt may leave it
        "metadataValidUntil": good_until.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    made = OneLogin_Saml2_Settings(facts, sp_validation_only=True)
    return bytes(made.get_sp_metadata())


class SamlProvider(Provider):
    id = "saml"
    name = "SAML"
    supports_redirect = True
    account_class = ProviderAccount

    def __init__(self, request: HttpRequest, app: Any, login: OwnLogin) -> None:
        super().__init__(request, app=app)
        self.login = login

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, **_: Any
    ) -> HttpResponse:
        if not is_installed():
            raise NotInstalledError
        from onelogin.saml2.auth import OneLogin_Saml2_Auth  # noqa: PLC0415 – an extra

        saml = self.login.saml
        asking = OneLogin_Saml2_Auth(_as_they_want_it(request, saml), settings_of(request, saml))
        address = asking.login(return_to=RELAY_STATE)
        self.stash_redirect_state(request, process, next_url, state_id=asking.get_last_request_id())
        return HttpResponseRedirect(address)

    def extract_uid(self, data: dict[str, Any]) -> str:
        return str(data["subject"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002 – allauth's
        """Keep nothing of what the login tells about a person."""
        return {}

    def sociallogin_from_response(self, request: HttpRequest, response: dict[str, Any]) -> Any:
        sociallogin = super().sociallogin_from_response(request, response)
        sociallogin.proved = response
        return sociallogin

    def claims_of(self, sociallogin: Any) -> Claims | None:
        """Give what is proved. An organisation's own SAML login vouches for its addresses."""
        proved = sociallogin.proved
        return Claims(
            subject=proved["subject"],
            email=proved["email"],
            is_verified=True,
            name=proved["name"],
            values=frozenset(proved["values"]),
        )


def checked(request: HttpRequest, saml: SamlFacts, response: str) -> dict[str, Any]:
    """Give what a response proves, as little of it as we need; raises SamlRefusedError."""
    from onelogin.saml2.response import OneLogin_Saml2_Response  # noqa: PLC0415 – an extra
    from onelogin.saml2.settings import OneLogin_Saml2_Settings  # noqa: PLC0415 – an extra

    if not response or len(response) > LARGEST_RESPONSE:
        raise SamlRefusedError
    try:
        rules = OneLogin_Saml2_Settings(settings_of(request, saml))
        answer = OneLogin_Saml2_Response(rules, response)
        is_valid = answer.is_valid(_as_they_want_it(request, saml, response))
        proved = _proved(request, saml, answer) if is_valid else None
    except Exception as error:
        # The library and lxml raise errors of many kinds for what they cannot read.
        raise SamlRefusedError from error
    if proved is None or not cache.add(
        f"saml:{saml.pk}:{proved.pop('assertion')}", 1, REMEMBERED_FOR
    ):
        raise SamlRefusedError
    return proved


def _proved(request: HttpRequest, saml: SamlFacts, answer: Any) -> dict[str, Any] | None:
    """Give what is proved, or None where something is missing that the library lets pass."""
    ours, document = addresses(request, saml.login), answer.get_xml_document()
    asked = answer.get_in_response_to()
    bearers = document.xpath(
        "/samlp:Response/saml:Assertion/saml:Subject"
        "/saml:SubjectConfirmation[@Method=$bearer]/saml:SubjectConfirmationData",
        namespaces=SPACES,
        bearer=BEARER,
    )
    named, levels = answer.get_nameid_data(), answer.get_authn_contexts()
    demands = (
        asked,
        document.get("Destination", ours["answer"]) == ours["answer"],
        len(bearers) == 1,
        all(each.get("InResponseTo") == asked for each in bearers),
        all(each.get("Recipient") == ours["answer"] for each in bearers),
        all(each.get("NotOnOrAfter") for each in bearers),
        ours["entity"] in answer.get_audiences(),
        set(answer.get_issuers()) == {saml.login.issuer},
        not saml.least_assurance or set(levels) & set(wanted_levels(saml)),
        named.get("Format") == PERSISTENT and named.get("Value"),
    )
    if not all(demands):
        return None
    told = answer.get_attributes()
    values = told.get(saml.login.role_claim, []) if saml.login.role_claim else []
    secret = f"{saml.login.issuer}\n{named['Value']}"
    return {
        "assertion": answer.get_assertion_id(),
        "asked": asked,
        "subject": salted_hmac("brygga.saml", secret, algorithm="sha256").hexdigest(),
        "email": _first(told, MAIL),
        "name": _first(told, DISPLAY_NAME)[:120],
        "values": [str(value)[:120] for value in values],
    }


def _first(told: dict[str, list[Any]], name: str) -> str:
    values = told.get(name) or [""]
    return str(values[0] or "").strip()


def keep_for_the_way_back(login: OwnLogin, proved: dict[str, Any]) -> str:
    """Keep what is proved until the browser comes with its cookie, which a foreign form lacks."""
    ticket = get_random_string(40)
    cache.set(_ticket_key(login, ticket), encrypt(json.dumps(proved)), KEPT_FOR)
    return ticket


def take_back(login: OwnLogin, ticket: str) -> dict[str, Any]:
    key = _ticket_key(login, ticket)
    kept = cache.get(key)
    cache.delete(key)
    try:
        found: dict[str, Any] = json.loads(decrypt(kept or ""))
    except InvalidToken as error:
        raise SamlRefusedError from error
    return found


def _ticket_key(login: OwnLogin, ticket: str) -> str:
    hidden = salted_hmac("brygga.saml.ticket", ticket, algorithm="sha256").digest()
    return f"saml-back:{login.pk}:{b64encode(hidden).decode()}"
