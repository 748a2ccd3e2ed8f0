"""Which database a command works on: the one that is given, or the embedded one."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from brygga.config.environment import Environment
from brygga.config.postgres import EmbeddedPostgres, PostgresError


@contextmanager
def database(environment: Environment, *, may_join: bool) -> Iterator[EmbeddedPostgres | None]:
    """Set DATABASE_URL for the block. Yield the embedded server if this process owns it."""
    if environment.text("DATABASE_URL"):
        yield None
        return
    if environment.text("BRYGGA_MODE") == "production":
        raise PostgresError("Set DATABASE_URL: the embedded PostgreSQL is not for production.")
    server = EmbeddedPostgres(environment.folder("BRYGGA_DATA") / "postgres")
    if may_join and (url := server.join()):
        with _address(url):
            yield None
        return
    with server.running() as url, _address(url):
        yield server


@contextmanager
def _address(url: str) -> Iterator[None]:
    os.environ["DATABASE_URL"] = url
    try:
        yield
    finally:
        del os.environ["DATABASE_URL"]


def ensure_secret_key(environment: Environment) -> None:
    """Outside production, keep one key in the data folder: sessions outlive a restart."""
    if environment.text("BRYGGA_SECRET_KEY") or environment.text("BRYGGA_MODE") == "production":
        return
    folder = environment.folder("BRYGGA_DATA")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "secret-key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
    os.environ["BRYGGA_SECRET_KEY"] = path.read_text()
