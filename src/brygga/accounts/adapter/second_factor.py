"""How allauth keeps the secrets of second factors."""

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import InvalidToken
from qrcode.image.svg import SvgPathFillImage

from brygga.accounts.models.secrets import decrypt, encrypt


class SecondFactorAdapter(DefaultMFAAdapter):
    def build_totp_svg(self, url: str) -> str:
        """Draw on white whatever the page's colours are: many cameras read nothing else."""
        return str(qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode"))

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Where the key of the installation is another now, no code is right any more."""
        try:
            return decrypt(encrypted_text)
        except InvalidToken:
            return str(generate_totp_secret())
