"""Setting up a login by SAML: the rest of what a login needs, and our own key pair."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.db import transaction

from brygga.accounts.models import Organisation, User
from brygga.accounts.models.own_login import OwnLogin, SamlFacts
from brygga.accounts.models.secrets import encrypt
from brygga.accounts.operations.own_login import LoginFacts, save_own_login
from brygga.core.audit.operations import record

KEY_BITS = 3072
KEY_LIVES = timedelta(days=10 * 365)


@dataclass(frozen=True)
class Described:
    """What the metadata of a login says of it."""

    sign_in_at: str
    certificates: tuple[str, ...]


@dataclass(frozen=True)
class Trust:
    """Where the metadata stands, who signs it, and how sure the login has to be of people."""

    metadata_url: str = ""
    metadata_signer: str = ""
    least_assurance: str = ""


@transaction.atomic
def save_saml_login(
    *,
    organisation: Organisation,
    facts: LoginFacts,
    described: Described,
    trust: Trust,
    by: User,
    at: datetime,
) -> OwnLogin:
    login = save_own_login(organisation=organisation, facts=facts, by=by, at=at)
    saml = SamlFacts.objects.filter(login=login).first() or _with_key(login, at)
    _describe(saml, described)
    saml.metadata_url = trust.metadata_url
    saml.metadata_signer = trust.metadata_signer
    saml.least_assurance = trust.least_assurance
    saml.save()
    return login


@transaction.atomic
def renew_description(*, saml: SamlFacts, described: Described, at: datetime) -> None:
    """Take in what the metadata says now: logins change their certificates."""
    saml = (
        SamlFacts.objects.select_for_update().select_related("login__organisation").get(pk=saml.pk)
    )
    if (saml.sign_in_at, tuple(saml.certificates)) == (
        described.sign_in_at,
        described.certificates,
    ):
        return
    _describe(saml, described)
    saml.save()
    record(action="own_login.renewed", subject=saml.login.organisation, by=None, at=at)


def _describe(saml: SamlFacts, described: Described) -> None:
    saml.sign_in_at = described.sign_in_at
    saml.certificates = list(described.certificates)


def _with_key(login: OwnLogin, at: datetime) -> SamlFacts:
    key = generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    kept = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return SamlFacts(login=login, key_kept=encrypt(kept), certificate=_certificate(key, at))


def _certificate(key: RSAPrivateKey, at: datetime) -> str:
    """Wrap our public key as SAML wants it; nobody vouches for it but the metadata."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Brygga")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + KEY_LIVES)
        .sign(key, SHA256())
    )
    return made.public_bytes(Encoding.PEM).decode()
