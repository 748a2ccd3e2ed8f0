"""Brygga calls other systems through one guard; tests/core/http/test_outgoing attacks the guard."""

import ast
from ipaddress import ip_address

import pytest

from brygga.core.http.outgoing import OutgoingRefusedError, guarded_session, may_call
from tests.security.pages import SOURCES

CALLS = {"requests", "urllib.request", "httpx", "http.client", "urllib3", "aiohttp", "ftplib"}
# The guard itself; where a login, or a broker of e-IDs, is read through it, the errors of the
# library that it is made of; the command line, which asks its own server whether it has started.
MAY_IMPORT = {
    "core/http/outgoing.py": {"requests", "urllib3"},
    "accounts/adapter/broker.py": {"requests"},
    "accounts/adapter/own_login.py": {"requests"},
    "accounts/adapter/saml_metadata.py": {"requests"},
    "accounts/views/workspace/own_login.py": {"requests"},
    "accounts/views/workspace/saml.py": {"requests"},
    "config/serve.py": {"http.client"},
}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_nothing_but_the_guard_can_call_out():
    """Stand for CVE-2026-45573: a call that somebody adds beside the guard fails here."""
    found = {}
    for path in SOURCES.rglob("*.py"):
        calls = {
            call for call in CALLS for name in imported(path) if f"{name}.".startswith(f"{call}.")
        }
        if calls:
            found[path.relative_to(SOURCES).as_posix()] = calls
    assert found == MAY_IMPORT


@pytest.mark.parametrize("inside", ["127.0.0.1", "169.254.169.254", "10.0.0.5", "::1", "fd00::1"])
def test_what_only_the_server_reaches_is_not_called_for_others(settings, inside):
    """Stand for CVE-2026-45573: the machine itself, its neighbours and a cloud's metadata."""
    settings.BRYGGA_OUTGOING_NETWORKS = []
    assert not may_call(ip_address(inside))
    host = f"[{inside}]" if ":" in inside else inside
    with pytest.raises(OutgoingRefusedError):
        guarded_session().get(f"https://{host}/")
