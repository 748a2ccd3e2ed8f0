"""Secrets that travel in links: drawn here, and only their hash is kept."""

import hashlib
import secrets


def draw_secret() -> str:
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
