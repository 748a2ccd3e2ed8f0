"""`brygga doctor`: say what is wrong here, and how to mend it."""

import argparse
import os
import shutil
import smtplib
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import psycopg

import brygga
from brygga.config import chromium
from brygga.config.database import database, ensure_secret_key
from brygga.config.environment import CURRENT, Environment, mail_server, unsafe
from brygga.config.ownership import InUseError, Ownership
from brygga.config.postgres import PostgresError
from brygga.config.processes import PYTHON
from brygga.config.serve import port_fault

OLDEST_PYTHON = (3, 11)
POSTGRESQL = 16
FREE_SPACE = 2**30  # bytes
HEARTBEAT = timedelta(seconds=60)  # a living worker beats every ten
MODES = ("local", "test", "production")
PACKAGE = Path(brygga.__file__).parent


@dataclass(frozen=True)
class Verdict:
    """What was found; with a cure if it is wrong."""

    name: str
    finding: str
    cure: str = ""

    @property
    def fine(self) -> bool:
        return not self.cure


def run(arguments: argparse.Namespace) -> int:
    """Print every verdict; the status is 1 if anything is wrong."""
    ensure_secret_key(CURRENT)
    verdicts = examine(CURRENT, arguments.port)
    for verdict in verdicts:
        mark = "ok   " if verdict.fine else "WRONG"
        print(f"{mark} {verdict.name}: {verdict.finding}")  # noqa: T201 – this is the report
        if verdict.cure:
            print(f"      → {verdict.cure}")  # noqa: T201 – this is the report
    return 0 if all(verdict.fine for verdict in verdicts) else 1


def examine(environment: Environment, port: int) -> list[Verdict]:
    folder = environment.folder("BRYGGA_DATA")
    return [
        python(sys.version_info[:2]),
        settings(environment),
        data_folder(folder),
        mail(environment),
        translations(PACKAGE),
        static_files(folder / "static"),
        port_free(folder, port),
        browser(environment.text("BRYGGA_CHROMIUM")),
        *examine_database(environment),
    ]


def examine_database(environment: Environment) -> list[Verdict]:
    """Ask the database, if it can be reached at all."""
    with ExitStack() as stack:
        try:
            stack.enter_context(database(environment, may_join=True))
            address = environment.text("DATABASE_URL")
            connection = psycopg.connect(address, connect_timeout=5, autocommit=True)
        except (InUseError, PostgresError, psycopg.Error) as error:
            cure = "Start PostgreSQL, or correct DATABASE_URL."
            return [Verdict("database", str(error).strip(), cure)]
        stack.enter_context(connection)
        checks = (database_version, database_encoding, migrations, worker)
        return [Verdict("database", "answers"), *(check(connection) for check in checks)]


def python(version: tuple[int, ...]) -> Verdict:
    found = ".".join(map(str, version))
    return Verdict(
        "python", found, "" if version >= OLDEST_PYTHON else "Install Python 3.11 or newer."
    )


def settings(environment: Environment) -> Verdict:
    mode = environment.text("BRYGGA_MODE")
    if mode not in MODES:
        return Verdict("settings", f"BRYGGA_MODE is {mode}", f"Use one of {', '.join(MODES)}.")
    try:
        faults = unsafe(environment) if mode == "production" else []
    except ValueError as error:
        return Verdict("settings", str(error), "Give a whole number.")
    finding = f"unsafe for {mode}" if faults else f"safe for {mode}"
    return Verdict("settings", finding, " ".join(faults))


def data_folder(folder: Path) -> Verdict:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial = folder / ".doctor"
        trial.touch()
        trial.unlink()
    except OSError as error:
        cure = "Give the user of brygga the right to write there, or set BRYGGA_DATA."
        return Verdict("data folder", f"{folder}: {error.strerror}", cure)
    free = shutil.disk_usage(folder).free
    cure = "" if free >= FREE_SPACE else "Make room: at least 1 GB."
    return Verdict("data folder", f"{folder} with {free / 2**30:.1f} GB free", cure)


def mail(environment: Environment) -> Verdict:
    server = mail_server(environment.text("BRYGGA_MAIL_URL"))
    if server is None:
        return Verdict("mail", "written as files to the data folder")
    place = f"{server.host}:{server.port}"
    kind = smtplib.SMTP_SSL if server.tls else smtplib.SMTP
    try:
        with kind(server.host, server.port, timeout=10) as connection:
            connection.noop()
    except (OSError, smtplib.SMTPException) as error:
        return Verdict(
            "mail", f"{place}: {error}", "Start the mail server or mend BRYGGA_MAIL_URL."
        )
    return Verdict("mail", f"{place} answers")


def translations(package: Path) -> Verdict:
    sources = list(package.rglob("locale/*/LC_MESSAGES/django.po"))
    stale = [
        source
        for source in sources
        if not (compiled := source.with_suffix(".mo")).exists()
        or compiled.stat().st_mtime < source.stat().st_mtime
    ]
    cure = "Run `brygga manage translations --compile`." if stale else ""
    return Verdict("translations", f"{len(sources) - len(stale)} of {len(sources)} compiled", cure)


def static_files(folder: Path) -> Verdict:
    if (folder / "staticfiles.json").exists():
        return Verdict("static files", "collected")
    cure = "Run `brygga manage collectstatic`; `brygga serve` does it at every start."
    return Verdict("static files", "not collected", cure)


def port_free(folder: Path, port: int) -> Verdict:
    supervisor = Ownership(folder / "supervisor")
    if supervisor.held_by_other():
        return Verdict("port", f"brygga runs as process {supervisor.notes().get('pid')}")
    fault = port_fault("127.0.0.1", port)
    cure = "End the program that listens there, or choose another --port." if fault else ""
    return Verdict("port", f"{port}: {fault or 'free'}", cure)


def browser(named: str) -> Verdict:
    if not (PACKAGE.parents[1] / "tests").exists():
        return Verdict("browser", "not needed: only `make test` drives one")
    found = chromium.find(named)
    return Verdict("browser", str(found or "no Chromium"), "" if found else chromium.CURE)


Connection = psycopg.Connection[tuple[object, ...]]


def database_version(connection: Connection) -> Verdict:
    found = connection.info.server_version // 10000
    cure = "" if found >= POSTGRESQL else f"Upgrade to PostgreSQL {POSTGRESQL} or newer."
    return Verdict("database version", str(found), cure)


def database_encoding(connection: Connection) -> Verdict:
    found = connection.info.parameter_status("server_encoding") or "unknown"
    cure = "" if found == "UTF8" else "Make a new database: CREATE DATABASE … ENCODING 'UTF8'."
    return Verdict("database encoding", found, cure)


def migrations(_: Connection) -> Verdict:
    words = [*PYTHON, "django", "migrate", "--check"]
    result = subprocess.run(  # noqa: S603 – Django's own command
        words, capture_output=True, text=True, check=False, env=dict(os.environ)
    )
    if result.returncode == 0:
        return Verdict("migrations", "all applied")
    finding = (result.stdout + result.stderr).strip().splitlines()[-1:]
    cure = "Run `brygga manage migrate`; `brygga serve` does it at every start."
    return Verdict("migrations", " ".join(finding) or "some are missing", cure)


def worker(connection: Connection) -> Verdict:
    cure = "Start `brygga serve`, or `brygga worker` beside it."
    query = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - %s"
    try:
        row = connection.execute(query, [HEARTBEAT]).fetchone()
    except psycopg.Error as error:
        return Verdict("worker", str(error).splitlines()[0], cure)
    alive = row[0] if row else 0
    return Verdict("worker", f"{alive} alive", "" if alive else cure)
