"""Other processes of this machine: who they are, and how to end them."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

PROC = Path("/proc")
PR_SET_PDEATHSIG = 1


def command_line(pid: int) -> list[str]:
    """Return the words that started a process; empty if it is gone, dead or a kernel thread."""
    if sys.platform == "linux":
        try:
            return os.fsdecode((PROC / str(pid) / "cmdline").read_bytes()).split("\0")[:-1]
        except OSError:
            return []
    return next((words for number, words in _listed() if number == pid), [])


def find(wanted: Callable[[list[str]], bool]) -> list[int]:
    """Return the ids of all processes whose command line is wanted."""
    if sys.platform == "linux":
        pids = (int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit())
        everybody = ((pid, command_line(pid)) for pid in pids)
    else:
        everybody = _listed()
    return [pid for pid, words in everybody if words and wanted(words)]


def _listed() -> Iterator[tuple[int, list[str]]]:
    """List processes where there is no /proc. A path with a space is split: compare joined."""
    output = subprocess.run(
        ["/bin/ps", "-axww", "-o", "pid=,command="], capture_output=True, text=True, check=True
    ).stdout
    for line in output.splitlines():
        pid, _, command = line.strip().partition(" ")
        yield int(pid), command.split()


def wait_until_gone(gone: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not gone():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def end(pid: int, *steps: tuple[signal.Signals, float]) -> None:
    """End a process that is not our child: send each signal in turn until it is gone."""
    for number, seconds in steps:
        if not command_line(pid):
            return
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        if wait_until_gone(lambda: not command_line(pid), seconds):
            return


def dies_with_parent(number: signal.Signals) -> Callable[[], None]:
    """Make a `preexec_fn`: the kernel sends the child this signal when its parent dies.

    Linux only; elsewhere the next start finds the orphan by its command line.
    """
    if sys.platform != "linux":
        return lambda: None
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def bind() -> None:
        libc.prctl(PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:  # it died between fork and prctl
            os.kill(os.getpid(), number)

    return bind
