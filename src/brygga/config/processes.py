"""Keep the parts of an installation alive: PostgreSQL, web and worker, until told to stop."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from brygga.config import proctable
from brygga.config.ownership import Ownership
from brygga.config.postgres import EmbeddedPostgres, PostgresError

SHORTEST_PAUSE, LONGEST_PAUSE = 0.1, 10.0  # seconds before a part that died is started again
LONG_LIFE = 30.0  # seconds after which a death is news again
TIME_TO_STOP = 15.0
BEAT = 0.1
PYTHON = (sys.executable, "-P", "-m")  # -P: whatever lies in the current folder is not ours
ORPHAN_STEPS = ((signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0))


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201  # the operator's terminal or journal


@dataclass
class Part:
    """A program that must run. It leads a process group, so that its own children end with it."""

    name: str
    words: Sequence[str]
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    born: float = field(default=0.0, init=False)
    pause: float = field(default=SHORTEST_PAUSE, init=False)
    due: float = field(default=0.0, init=False)

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603  # our own programs
            self.words,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=proctable.dies_with_parent(signal.SIGTERM),  # noqa: PLW1509  # calls prctl only
        )
        self.born = time.monotonic()
        self.due = 0.0

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def keep(self) -> bool:
        """Start again what died, later each time it dies young; say whether it was started."""
        if self.alive():
            return False
        now = time.monotonic()
        if not self.due:
            self._bury(now)
        if now < self.due:
            return False
        self.start()
        return True

    def _bury(self, now: float) -> None:
        assert self.process is not None
        self.pause = (
            SHORTEST_PAUSE if now - self.born > LONG_LIFE else min(2 * self.pause, LONGEST_PAUSE)
        )
        self.due = now + self.pause
        say(f"{self.name} ended ({self.process.returncode}); it starts again.")
        self._kill_group()

    def ask_to_stop(self) -> None:
        if self.process is not None and self.alive():
            self.process.terminate()

    def stop(self, deadline: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"{self.name} did not stop in time and is killed.")
        self._kill_group()
        self.process.wait()

    def _kill_group(self) -> None:
        """End what the program itself started: a web server's children would keep its port."""
        assert self.process is not None
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return


@dataclass
class Supervisor:
    """Run parts in order over a database. One supervisor for each data folder."""

    folder: Path
    parts: Sequence[Part]
    database: EmbeddedPostgres | None = None
    _stopping: bool = field(
        default=False, init=False
    )  # no Event: a signal may come inside its lock
    _database_due: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.ownership = Ownership(self.folder / "supervisor")

    @contextmanager
    def owning(self) -> Iterator[None]:
        """Own the data folder, and end what a killed supervisor left running."""
        left_behind = self.ownership.notes()
        self.ownership.take()
        try:
            for part in self.parts:
                end_orphans(part, left_behind.get(part.name, ""))
            yield
        finally:
            self.ownership.note()
            self.ownership.give_back()

    @contextmanager
    def started(self) -> Iterator[None]:
        """Start all parts; stop them all at the end."""
        try:
            for part in self.parts:
                part.start()
            self._note()
            yield
        finally:
            self._stop_parts()

    def watch(self) -> None:
        """Restart what dies until SIGTERM, SIGINT or `request_stop`."""
        while not self.beat():
            pass

    def beat(self) -> bool:
        """Look once after everything; say whether it is time to stop."""
        self._keep_database()
        started_again = [part for part in self.parts if part.keep()]
        if started_again:
            self._note()
        if not self._stopping:
            time.sleep(BEAT)
        return self._stopping

    def request_stop(self) -> None:
        self._stopping = True

    def _keep_database(self) -> None:
        if self.database is None or self.database.alive():
            return
        if time.monotonic() < self._database_due:
            return
        say("PostgreSQL ended; it starts again.")
        self._database_due = time.monotonic() + LONGEST_PAUSE
        try:
            self.database.revive()
        except PostgresError as error:
            say(str(error))
        else:
            self._database_due = 0.0
        self._note()

    def _note(self) -> None:
        """Write down the process ids, for the doctor and for who comes after a kill."""
        assert self.ownership.held, "started() stands inside owning()"
        processes = {part.name: part.process for part in self.parts}
        if self.database is not None:
            processes["postgres"] = self.database.process
        self.ownership.note(**{name: str(it.pid) for name, it in processes.items() if it})

    def _stop_parts(self) -> None:
        deadline = time.monotonic() + TIME_TO_STOP
        for part in self.parts:
            part.ask_to_stop()
        for part in self.parts:
            part.stop(deadline)


def end_orphans(part: Part, noted: str) -> None:
    """End what is left of a part: of the group that was noted, and started with the same words."""
    for pid in proctable.find(lambda words: words == list(part.words)):
        try:
            ours = noted == str(os.getpgid(pid))
        except ProcessLookupError:
            continue
        if ours:
            say(f"A killed supervisor left {part.name} (process {pid}) running; it is ended.")
            proctable.end(pid, *ORPHAN_STEPS)


@contextmanager
def stopping_on_signals(supervisor: Supervisor) -> Iterator[None]:
    """Turn SIGTERM and SIGINT into an orderly stop."""
    before = {
        number: signal.signal(number, lambda *_: supervisor.request_stop())
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
