"""What the metadata of a login by SAML says: where it stands and which certificates sign for it."""

from base64 import b64encode
from binascii import Error as NotBase64Error

import requests
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from brygga.accounts.operations.saml import Described
from brygga.core.http.outgoing import OutgoingRefusedError, guarded_session, refuse_address

DS = "http://www.w3.org/2000/09/xmldsig#"


class MetadataError(Exception):
    """The metadata is not what it must be."""


class UnsignedMetadataError(MetadataError):
    """The metadata is not signed by whom the owner named."""


class NotDescribedError(MetadataError):
    """The metadata does not describe a login with that entity id."""


def fetched(url: str) -> str:
    """Read metadata through the guard; raises requests.RequestException."""
    with guarded_session() as session:
        answer = session.get(url)
        answer.raise_for_status()
        return answer.content.decode("utf-8", "replace")


def described(metadata: str, entity_id: str, signer: str) -> Described:
    """Find one login in its own or its federation's metadata."""
    from onelogin.saml2.idp_metadata_parser import (  # noqa: PLC0415 – an extra
        OneLogin_Saml2_IdPMetadataParser,
    )

    if "'" in entity_id:
        raise NotDescribedError
    try:
        if signer:
            _refuse_unsigned(metadata, signer)
        found = OneLogin_Saml2_IdPMetadataParser.parse(metadata.encode(), entity_id=entity_id)
        login = found.get("idp", {})
        address = login.get("singleSignOnService", {}).get("url", "")
        refuse_address(address)
        certificates = tuple(_plain(text) for text in _signing(login))
    except MetadataError:
        raise
    except OutgoingRefusedError as error:
        raise NotDescribedError from error
    except Exception as error:
        # The library and lxml raise errors of many kinds for what they cannot read.
        raise MetadataError from error
    if not certificates or len(address) > 500:
        raise NotDescribedError
    return Described(sign_in_at=address, certificates=certificates)


def certificate_of(text: str) -> str:
    """Read a certificate, with or without its first and last line; raises ValueError."""
    if "BEGIN" not in text:
        text = f"-----BEGIN CERTIFICATE-----\n{text.strip()}\n-----END CERTIFICATE-----\n"
    return x509.load_pem_x509_certificate(text.encode()).public_bytes(Encoding.PEM).decode()


def _plain(text: str) -> str:
    try:
        pem = certificate_of(text)
    except (ValueError, NotBase64Error) as error:
        raise NotDescribedError from error
    return b64encode(
        x509.load_pem_x509_certificate(pem.encode()).public_bytes(Encoding.DER)
    ).decode()


def _signing(login: dict[str, object]) -> list[str]:
    several = login.get("x509certMulti")
    if isinstance(several, dict):
        return list(several.get("signing", []))
    return [str(login["x509cert"])] if "x509cert" in login else []


def _refuse_unsigned(metadata: str, signer: str) -> None:
    """Demand one signature, by that certificate, over the whole and not over a part of it."""
    from onelogin.saml2.utils import OneLogin_Saml2_Utils  # noqa: PLC0415 – an extra
    from onelogin.saml2.xml_utils import OneLogin_Saml2_XML  # noqa: PLC0415 – see above

    root = OneLogin_Saml2_XML.to_etree(metadata.encode())
    references = root.findall(f"{{{DS}}}Signature/{{{DS}}}SignedInfo/{{{DS}}}Reference")
    whole = [each for each in references if each.get("URI") == f"#{root.get('ID')}"]
    ids = root.xpath("//@ID")
    if len(references) != 1 or not whole or len(ids) != len(set(ids)):
        raise UnsignedMetadataError
    if not OneLogin_Saml2_Utils.validate_metadata_sign(root, cert=signer):
        raise UnsignedMetadataError


FAILURES = (MetadataError, requests.RequestException)
