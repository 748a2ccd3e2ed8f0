"""Give every test run a PostgreSQL of its own, before Django's settings are read.

Loaded with `-p` in pyproject.toml, since pytest-django reads the settings before any conftest.
"""

import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from brygga.config.ownership import InUseError
from brygga.config.postgres import EmbeddedPostgres

PREFIX = "brygga-tests-"


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    """Start the server in the one process that has no address yet: workers of xdist inherit it."""
    os.environ.setdefault("BRYGGA_MODE", "test")
    if os.environ.get("DATABASE_URL"):
        return
    with one_at_a_time():
        remove_leftovers(Path(tempfile.gettempdir()))
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        folder.chmod(0o711)  # where root runs the tests, the server's own user passes
        server = EmbeddedPostgres(folder / "postgres", durable=False)
        os.environ["DATABASE_URL"] = server.start()
    os.environ["BRYGGA_DATA"] = str(folder)

    def remove():
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
        del os.environ["DATABASE_URL"], os.environ["BRYGGA_DATA"]

    early_config.add_cleanup(remove)


@contextmanager
def one_at_a_time():
    """Keep a run that cleans from meeting one that has made its folder but not yet locked it."""
    with Path(tempfile.gettempdir(), f"{PREFIX}{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def remove_leftovers(folder):
    """Remove what killed test runs left: their folders, and their servers if still there."""
    for left in folder.glob(f"{PREFIX}*/"):
        server = EmbeddedPostgres(left / "postgres")
        try:
            if server.folder.exists():
                server.remove()
        except InUseError:
            continue
        shutil.rmtree(left, ignore_errors=True)  # its own run may be removing it, too
