"""Kill web, worker and database at random under load, and count what is lost or there twice.

Prints the kill table of docs/reference/performance.md: 25 kills, with --full a thousand. The
baseline is what was acknowledged to those who wrote: the share of it that is there afterwards.
Whoever has no time for all of them sends SIGTERM: no more are killed, and the table is printed.
"""

import signal
import sys
import tempfile
import time
from pathlib import Path
from threading import Event

from tests.load.crash.harness import run

KILLS, MANY_KILLS = 25, 1_000


def main() -> None:
    kills = MANY_KILLS if "--full" in sys.argv else KILLS
    told = Event()
    signal.signal(signal.SIGTERM, lambda *_: told.set())
    with tempfile.TemporaryDirectory(prefix="brygga-crash-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # where root runs it, the database's own user passes
        print(run(folder, kills=kills, seed=int(time.time()), say=say, enough=told.is_set))


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
