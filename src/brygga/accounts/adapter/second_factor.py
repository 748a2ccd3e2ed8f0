"""How allauth keeps the secrets of second factors."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import InvalidToken

from brygga.accounts.models.secrets import decrypt, encrypt


class SecondFactorAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Where the key of the installation is another now, no code is right any more."""
        try:
            return decrypt(encrypted_text)
        except InvalidToken:
            return str(generate_totp_secret())
