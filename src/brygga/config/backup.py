"""`brygga backup` and `brygga restore`: database, files and key in one archive."""

import argparse
import hashlib
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from brygga.config import pgprograms
from brygga.config.database import database, ensure_secret_key
from brygga.config.environment import CURRENT
from brygga.config.processes import say
from brygga.config.serve import run_module

FORMAT = 1
DUMP, FILES, KEY, MANIFEST = "database.dump", "files", "secret-key", "manifest.json"
NEW_SETTING = b"SET transaction_timeout = 0;"  # written for every server, known from 17 on
PREAMBLE = 4_096  # bytes in which it stands, before anything that people have written


class BackupError(RuntimeError):
    """The archive could not be made or used; nothing was changed. The message says why."""


def run_backup(arguments: argparse.Namespace) -> int:
    """Write an archive while Brygga runs: the database as of one instant, then the files.

    Files are written once under random names, so that those of the instant are all there still.
    """
    at = datetime.now(UTC)
    target = Path(arguments.file or f"brygga-{at:%Y-%m-%dT%H%M%S}Z.tar").resolve()
    if target.exists():
        raise BackupError(f"{target} exists already.")
    folder = CURRENT.folder("BRYGGA_DATA")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".brygga-backup-") as work:
        dump = Path(work, DUMP)
        ensure_secret_key(CURRENT)
        with database(CURRENT, may_join=True):
            pgprograms.run(
                "pg_dump",
                ["--format=custom", "--no-owner", "--no-acl", f"--file={dump}"],
                url=os.environ["DATABASE_URL"],
            )
        archive = Path(work, "archive")
        write(archive, dump, folder, at)
        archive.chmod(0o600)  # it holds all that people have said, and the key
        archive.rename(target)
    say(f"Written: {target} ({target.stat().st_size / 2**20:.1f} MB)")
    return 0


def write(archive: Path, dump: Path, folder: Path, at: datetime) -> None:
    """Put the parts one by one into the archive, and last what they should be."""
    sums = {}
    with tarfile.open(archive, "w") as tar:
        for name, path in [(DUMP, dump), *parts_in(folder)]:
            tar.add(path, name, recursive=False)
            sums[name] = digest(path)
        manifest = Path(dump.parent, MANIFEST)
        words = {"format": FORMAT, "made_at": at.isoformat(), "sha256": sums}
        manifest.write_text(json.dumps(words, indent=1))
        tar.add(manifest, MANIFEST)


def parts_in(folder: Path) -> Iterator[tuple[str, Path]]:
    files = folder / FILES
    for path in sorted(files.rglob("*")) if files.is_dir() else []:
        if path.is_file():
            yield f"{FILES}/{path.relative_to(files)}", path
    if (folder / KEY).exists():
        yield KEY, folder / KEY


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def run_restore(arguments: argparse.Namespace) -> int:
    """Put an archive into an empty database and a data folder without files."""
    archive = Path(arguments.file).resolve()
    folder = CURRENT.folder("BRYGGA_DATA")
    folder.mkdir(parents=True, exist_ok=True)
    refuse_files(folder)
    with unpacked(archive, folder) as parts:
        if (parts / KEY).exists():
            (parts / KEY).rename(folder / KEY)
        ensure_secret_key(CURRENT)
        with database(CURRENT, may_join=False):
            refuse_rows(os.environ["DATABASE_URL"])
            fill(os.environ["DATABASE_URL"], parts)
            if (parts / FILES).exists():
                (parts / FILES).rename(folder / FILES)
            run_module("brygga.config.prepare")
            run_module("brygga.config.restored")
        made_at = json.loads((parts / MANIFEST).read_text())["made_at"]
    say(f"Restored as of {made_at}. Start it with: brygga serve")
    say("What was erased for somebody after that moment is here again: erase it once more.")
    return 0


def refuse_files(folder: Path) -> None:
    there = [name for name in (FILES, KEY) if (folder / name).exists()]
    if there:
        raise BackupError(f"{folder} is not empty ({', '.join(there)}). Restore into a new folder.")


def refuse_rows(url: str) -> None:
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone()
    if found != (0,):
        raise BackupError("The database is not empty. Restore into a new one.")


def fill(url: str, parts: Path) -> None:
    """Put the rows in, all or none."""
    script = parts / "database.sql"
    pgprograms.run("pg_restore", ["--no-owner", "--no-acl", f"--file={script}", str(parts / DUMP)])
    with script.open("r+b") as file:
        place = file.read(PREAMBLE).find(NEW_SETTING)
        if place >= 0:
            file.seek(place)
            file.write(b"--")
    manner = ["--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    pgprograms.run("psql", [*manner, f"--file={script}", f"--output={os.devnull}"], url=url)


@contextmanager
def unpacked(archive: Path, folder: Path) -> Iterator[Path]:
    """Unpack beside the data folder's content, and compare every part with the manifest."""
    with tempfile.TemporaryDirectory(dir=folder, prefix="restoring-") as work:
        parts = Path(work)
        try:
            with tarfile.open(archive) as tar:
                tar.extractall(parts, filter="data")
            sums = json.loads((parts / MANIFEST).read_text())["sha256"]
            faults = [name for name, wanted in sums.items() if digest(parts / name) != wanted]
        except (OSError, tarfile.TarError, ValueError, KeyError) as error:
            raise BackupError(f"{archive} is not a whole backup of Brygga ({error}).") from error
        if faults or DUMP not in sums:
            raise BackupError(f"{archive} is damaged: {', '.join(faults) or DUMP}.")
        yield parts
