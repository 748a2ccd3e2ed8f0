"""A passkey in software: real keys and real signatures, over what the server asked."""

import json

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

HERE = "testserver"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Passkey:
    def __init__(self, name=b"a passkey"):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = name
        self.owner = b""

    def made(self, options, flags=PRESENT | VERIFIED):
        """Answer what the server asks when a passkey is added."""
        asked = options["publicKey"]
        self.owner = websafe_decode(asked["user"]["id"])
        public = ES256.from_cryptography_key(self.key.public_key())
        kept = AttestedCredentialData.create(bytes(16), self.name, public)
        data = AuthenticatorData.create(sha256(HERE.encode()), flags | ATTESTED, 0, kept)
        return self._answer(
            {
                "clientDataJSON": self._asked("webauthn.create", asked["challenge"]),
                "attestationObject": AttestationObject.create("none", data, {}),
            },
            {"credProps": {"rk": True}},
        )

    def shown(self, options, flags=PRESENT | VERIFIED, owner=None):
        """Answer what the server asks when somebody signs in."""
        data = AuthenticatorData.create(sha256(HERE.encode()), flags, 0)
        client = self._asked("webauthn.get", options["publicKey"]["challenge"])
        signed = self.key.sign(data + sha256(client), ec.ECDSA(hashes.SHA256()))
        handle = self.owner if owner is None else owner
        answer = {"clientDataJSON": client, "authenticatorData": data, "signature": signed}
        return self._answer(answer | ({"userHandle": handle} if handle else {}), {})

    def _asked(self, kind, challenge):
        asked = websafe_decode(challenge)
        return CollectedClientData.create(kind, asked, f"https://{HERE}")

    def _answer(self, response, results):
        told = {name: websafe_encode(value) for name, value in response.items()}
        name = websafe_encode(self.name)
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "response": told,
                "clientExtensionResults": results,
            }
        )
