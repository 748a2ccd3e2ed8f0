"""Secrets that travel in links, of which only the hash is kept, and secrets of other systems."""

import base64
import hashlib
import secrets

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def draw_secret() -> str:
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def encrypt(text: str) -> str:
    """Make what is kept in the database worthless to whoever has only the database."""
    return _box().encrypt(text.encode()).decode()


def decrypt(kept: str) -> str:
    """Raises InvalidToken where it was kept under another BRYGGA_SECRET_KEY."""
    return _box().decrypt(kept.encode()).decode()


def _box() -> Fernet:
    derive = HKDF(SHA256(), length=32, salt=None, info=b"brygga.accounts.secrets")
    return Fernet(base64.urlsafe_b64encode(derive.derive(settings.SECRET_KEY.encode())))
