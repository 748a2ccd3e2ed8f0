"""Nobody has a password that others know: not from the installation, not from the source."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.hashers import is_password_usable

from brygga.accounts.models import SignInLink, User
from brygga.config.environment import CURRENT, Environment, unsafe
from tests.security.pages import SOURCES

# A quoted value given to a name that keeps something secret.
GIVEN = re.compile(
    r"(?i)\b\w*(?:password|passwd|secret_key|api_key)\w*\s*=\s*[\"'][^\"'{}]{4,}[\"']"
)


@pytest.mark.django_db
def test_a_new_installation_has_nobody_in_it():
    """Stand for the installer that ships an administrator with a known password (Consul)."""
    assert not User.objects.exists()
    assert not SignInLink.objects.exists()


def test_no_source_holds_a_password():
    """Stand for the same: nothing to find in the source."""
    found = {
        f"{path.relative_to(SOURCES)}: {line.strip()}"
        for path in SOURCES.rglob("*.py")
        for line in path.read_text().splitlines()
        if GIVEN.search(line)
    }
    assert found == set()


def test_there_are_no_passwords_to_guess_or_to_hash_weakly(world):
    """Stand for PYSEC-2024-99 and Consul #6266: one signs in by a code or a passkey."""
    assert not any(is_password_usable(person.password) for person in world.people.values())
    assert settings.ACCOUNT_LOGIN_BY_CODE_ENABLED


def test_production_starts_only_with_secrets_of_its_own():
    """Stand for defaults that follow into production: they are refused, each with its reason."""
    given = Environment({"BRYGGA_MODE": "production"})
    assert any("BRYGGA_SECRET_KEY" in fault for fault in unsafe(given))
    assert not settings.BRYGGA_SIGN_IN_LINKS, "only the demo signs people in by links"
    assert CURRENT.text("BRYGGA_MODE") == "test"
