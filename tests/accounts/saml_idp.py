"""A login by SAML in the test's own process: it reads our request and signs what a test wants."""

import base64
import zlib
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from lxml import etree
from onelogin.saml2.utils import OneLogin_Saml2_Utils as Utils

MAIL = "urn:oid:0.9.2342.19200300.100.1.3"
NAME = "urn:oid:2.16.840.1.113730.3.1.241"
NUMBER = "urn:oid:1.2.752.29.4.13"
PRID = "urn:oid:1.2.752.201.3.4"
LOA = "http://id.elegnamnden.se/loa/1.0/loa{}"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
SPACES = {
    "samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
    "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
    "md": "urn:oasis:names:tc:SAML:2.0:metadata",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
}


def moment(seconds):
    return (datetime.now(UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


class Idp:
    def __init__(self, entity_id):
        self.entity_id = entity_id
        key = generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test")])
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(datetime.now(UTC) - timedelta(days=1))
            .not_valid_after(datetime.now(UTC) + timedelta(days=30))
            .sign(key, SHA256())
        )
        self.key = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        self.certificate = certificate.public_bytes(Encoding.PEM).decode()

    @property
    def bare_certificate(self):
        return "".join(self.certificate.split("\n")[1:-2])

    def metadata(self, *, signed=False, sign_in_at="https://idp.exempelby.example/sso"):
        text = (
            f'<md:EntityDescriptor xmlns:md="{SPACES["md"]}" xmlns:ds="{SPACES["ds"]}"'
            f' ID="_m" entityID="{self.entity_id}"><md:IDPSSODescriptor'
            f' protocolSupportEnumeration="{SPACES["samlp"]}"><md:KeyDescriptor use="signing">'
            f"<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{self.bare_certificate}"
            "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
            '<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"'
            f' Location="{sign_in_at}"/></md:IDPSSODescriptor></md:EntityDescriptor>'
        )
        return self.sign(text) if signed else text

    def sign(self, text):
        return Utils.add_sign(text, self.key, self.certificate).decode()

    def answer(self, asked, *, changes=(), sign=("assertion", "response"), bend=None, **told):
        """Answer a request: `changes` are replacements in the text before it is signed."""
        request = read(asked)
        facts = {"subject": "karin", "loa": 3, "attributes": {MAIL: "karin@exempelby.example"}}
        facts |= told
        text = self._response(request, facts)
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        tree = etree.fromstring(text)
        if "assertion" in sign:
            assertion = tree.find("saml:Assertion", SPACES)
            signed = etree.fromstring(self.sign(etree.tostring(assertion).decode()))
            tree.replace(assertion, signed)
        if key := told.get("encrypted_for"):
            encrypt(tree, key)
        text = etree.tostring(tree).decode()
        if "response" in sign:
            text = self.sign(text)
        if bend:
            text = bend(text)
        return base64.b64encode(text.encode()).decode()

    def _response(self, request, facts):
        attributes = "".join(
            f'<saml:Attribute Name="{name}"><saml:AttributeValue>{value}</saml:AttributeValue>'
            "</saml:Attribute>"
            for name, values in facts["attributes"].items()
            for value in (values if isinstance(values, list) else [values])
        )
        ours = request.findtext("saml:Issuer", namespaces=SPACES)
        identity, to = request.get("ID"), request.get("AssertionConsumerServiceURL")
        return (
            f'<samlp:Response xmlns:samlp="{SPACES["samlp"]}" xmlns:saml="{SPACES["saml"]}"'
            f' ID="{Utils.generate_unique_id()}" Version="2.0" IssueInstant="{moment(0)}"'
            f' Destination="{to}" InResponseTo="{identity}">'
            f"<saml:Issuer>{self.entity_id}</saml:Issuer><samlp:Status><samlp:StatusCode"
            ' Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>'
            f'<saml:Assertion xmlns:saml="{SPACES["saml"]}" ID="{Utils.generate_unique_id()}"'
            f' Version="2.0" IssueInstant="{moment(0)}"><saml:Issuer>{self.entity_id}'
            f'</saml:Issuer><saml:Subject><saml:NameID Format="{PERSISTENT}">{facts["subject"]}'
            f'</saml:NameID><saml:SubjectConfirmation Method="{BEARER}">'
            f'<saml:SubjectConfirmationData InResponseTo="{identity}" Recipient="{to}"'
            f' NotOnOrAfter="{moment(300)}"/></saml:SubjectConfirmation></saml:Subject>'
            f'<saml:Conditions NotBefore="{moment(-30)}" NotOnOrAfter="{moment(310)}">'
            f"<saml:AudienceRestriction><saml:Audience>{ours}"
            "</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement"
            f' AuthnInstant="{moment(0)}"><saml:AuthnContext><saml:AuthnContextClassRef>'
            f"{LOA.format(facts['loa'])}</saml:AuthnContextClassRef></saml:AuthnContext>"
            f"</saml:AuthnStatement><saml:AttributeStatement>{attributes}"
            "</saml:AttributeStatement></saml:Assertion></samlp:Response>"
        )


def read(asked):
    """Read the request out of the address that the browser was sent to."""
    packed = parse_qs(urlsplit(asked).query)["SAMLRequest"][0]
    return etree.fromstring(zlib.decompress(base64.b64decode(packed), -15))


def is_signed(asked, certificate):
    """Tell whether the request bears our signature, as Sweden Connect demands."""
    parts = dict(part.split("=", 1) for part in urlsplit(asked).query.split("&"))
    signature = parts.pop("Signature")
    signed = "&".join(f"{name}={parts[name]}" for name in ("SAMLRequest", "RelayState", "SigAlg"))
    key = xmlsec.Key.from_memory(certificate, xmlsec.KeyFormat.CERT_PEM, None)
    context = xmlsec.SignatureContext()
    context.key = key
    kept = base64.b64decode(parse_qs(f"s={signature}")["s"][0])
    try:
        context.verify_binary(signed.encode(), xmlsec.constants.TransformRsaSha256, kept)
    except xmlsec.Error:
        return False
    return True


def encrypt(tree, certificate):
    """Put the assertion into an envelope that only the owner of the certificate's key opens."""
    assertion = tree.find("saml:Assertion", SPACES)
    envelope = etree.SubElement(tree, f"{{{SPACES['saml']}}}EncryptedAssertion")
    data = xmlsec.template.encrypted_data_create(
        envelope, xmlsec.Transform.AES256, type=xmlsec.EncryptionType.ELEMENT, ns="xenc"
    )
    envelope.append(data)
    xmlsec.template.encrypted_data_ensure_cipher_value(data)
    info = xmlsec.template.encrypted_data_ensure_key_info(data, ns="ds")
    key = xmlsec.template.add_encrypted_key(info, xmlsec.Transform.RSA_OAEP)
    xmlsec.template.encrypted_data_ensure_cipher_value(key)
    keys = xmlsec.KeysManager()
    keys.add_key(xmlsec.Key.from_memory(certificate, xmlsec.KeyFormat.CERT_PEM))
    context = xmlsec.EncryptionContext(keys)
    context.key = xmlsec.Key.generate(xmlsec.KeyData.AES, 256, xmlsec.KeyDataType.SESSION)
    hidden = context.encrypt_xml(data, assertion)
    if hidden.getparent() is not envelope:
        hidden.getparent().replace(hidden, envelope)
        envelope.append(hidden)
