"""Give every test run a PostgreSQL of its own, before Django's settings are read.

Loaded with `-p` in pyproject.toml, since pytest-django reads the settings before any conftest.
"""

import fcntl
import os
import shutil
import signal
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from brygga.config import proctable
from brygga.config.ownership import InUseError
from brygga.config.postgres import EmbeddedPostgres

PREFIX = "brygga-tests-"


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    """Start the server, unless one is given; workers of xdist inherit it from the controller."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    given = dict(os.environ)
    os.environ.setdefault("BRYGGA_MODE", "test")
    with one_at_a_time():
        remove_leftovers(Path(tempfile.gettempdir()))
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        folder.chmod(0o711)  # where root runs the tests, the server's own user passes
        server = EmbeddedPostgres(folder / "postgres", durable=False)
        if not given.get("DATABASE_URL"):
            os.environ["DATABASE_URL"] = server.start()
    os.environ["BRYGGA_DATA"] = str(folder)

    def remove():
        server.stop()
        remove_folder(folder)
        os.environ.clear()
        os.environ.update(given)

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
            if left.stat().st_uid != os.getuid():
                continue
            if server.folder.exists():
                server.remove()
        except (InUseError, FileNotFoundError):  # it lives, or its own run is just removing it
            continue
        remove_folder(left)


def remove_folder(folder):
    """End the servers that tests started inside and lost, and remove what they still write."""
    for pid in proctable.find(lambda words: f" -D {folder}/" in " ".join(words)):
        proctable.end(pid, (signal.SIGQUIT, 10), (signal.SIGKILL, 10))

    def removed():
        shutil.rmtree(folder, ignore_errors=True)
        return not folder.exists()

    assert proctable.wait_until_gone(removed, 20), f"{folder} cannot be removed"
