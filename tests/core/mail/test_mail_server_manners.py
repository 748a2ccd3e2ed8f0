"""Mail servers that want encryption or a password, and those that are not what they seem."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from brygga.config.environment import mail_server
from brygga.core.mail.enums import State
from tests.core.mail.ledger import ask, carry
from tests.core.mail.office import Office, open_house

pytestmark = pytest.mark.django_db
PASSWORD = "losen:ord@1"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for this machine, which nobody trusts yet, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "office.test")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("certificate") / "office.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return path


def only_with_password(server, session, envelope, mechanism, given):
    is_right = (given.login, given.password) == (b"brygga", PASSWORD.encode())
    return AuthResult(success=is_right, handled=False)


@pytest.fixture
def strict_office(settings, certificate):
    """A server that takes letters over an encrypted connection and with a password only."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    office = Office()
    house = open_house(
        office,
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=only_with_password,
    )
    office.port = house.port
    yield office
    house.stop()


def address(office, *, scheme="smtp+starttls", password="losen%3Aord%401"):
    return mail_server(f"{scheme}://brygga:{password}@127.0.0.1:{office.port}")


def test_a_letter_goes_over_an_encrypted_connection_with_a_password(
    strict_office, settings, monkeypatch, certificate
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings.MAIL_SERVER = address(strict_office)
    assert carry(ask()).state == State.SENT
    assert len(strict_office.received) == 1


def test_a_wrong_password_keeps_the_letter_and_does_not_show_itself(
    strict_office, settings, monkeypatch, certificate
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings.MAIL_SERVER = address(strict_office, password="hemligt")
    message = carry(ask())
    assert message.state == State.QUEUED
    assert "SMTPAuthenticationError" in message.last_error
    assert "hemligt" not in message.last_error
    assert strict_office.received == []


def test_a_password_that_cannot_be_sent_is_told_and_not_shown(strict_office, settings):
    settings.MAIL_SERVER = address(strict_office, password="l%C3%B6sen")
    message = carry(ask())
    assert message.state == State.QUEUED
    assert message.last_error == "The mail server's user and password must be ASCII."


def test_a_server_whose_certificate_nobody_vouches_for_gets_no_letter(strict_office, settings):
    settings.MAIL_SERVER = address(strict_office)
    message = carry(ask())
    assert message.state == State.QUEUED
    assert "CERTIFICATE_VERIFY_FAILED" in message.last_error
    assert strict_office.received == []


def test_a_server_that_cannot_encrypt_gets_no_letter_where_encryption_is_asked_for(
    office, settings
):
    settings.MAIL_SERVER = mail_server(f"smtp+starttls://127.0.0.1:{settings.MAIL_SERVER.port}")
    message = carry(ask())
    assert (message.state, message.attempts) == (State.QUEUED, 1)
    assert "STARTTLS" in message.last_error
    assert office.received == []


def test_a_server_that_speaks_in_clear_where_encryption_comes_first_gets_no_letter(
    office, settings
):
    settings.MAIL_SERVER = mail_server(f"smtps://127.0.0.1:{settings.MAIL_SERVER.port}")
    message = carry(ask())
    assert message.state == State.QUEUED
    assert "SSL" in message.last_error
    assert office.received == []
