"""Prove `make test` and `make demo` on a fresh clone, with an empty HOME and a bare PATH.

Both run twice: with the real data that BRYGGA_REAL_DATA names, and without any. What configures
the package installer (PIP_*, UV_*, proxies, certificates) is kept: it is the network's, not ours.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ("PIP_", "UV_", "SSL_", "REQUESTS_", "HTTP", "http", "NO_PROXY", "no_proxy")
TIME_TO_STOP = 60
TIME_FOR_DEMO = 600  # seconds, with the installation
COREUTILS = (
    "[ arch b2sum base32 base64 basename cat chgrp chmod chown chroot cksum comm cp csplit cut "
    "date dd df dir dirname du echo env expand expr factor false fmt fold groups head hostid id "
    "install join link ln logname ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc "
    "numfmt od paste pathchk pr printenv printf ptx pwd readlink realpath rm rmdir seq sha1sum "
    "sha256sum shred shuf sleep sort split stat stty sum sync tac tail tee test timeout touch tr "
    "true truncate tsort tty uname unexpand uniq unlink users vdir wc who whoami yes"
)


def main() -> int:
    given = Path(os.environ.get("BRYGGA_REAL_DATA", ROOT.parent / "shared" / "data")).resolve()
    ways = [("without real data", Path("/nonexistent"))]
    if given.is_dir():
        ways.insert(0, ("with real data", given))
    else:
        say(f"There are no real data in {given}: that way is not run.")
    for name, data in ways:
        with tempfile.TemporaryDirectory(prefix="brygga-clean-") as folder:
            say(f"== {name}")
            check(Path(folder), data)
    say("Clean.")
    return 0


def check(folder: Path, data: Path) -> None:
    clone = folder / "brygga"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    environment = bare_environment(folder, data)
    subprocess.run(["make", "test"], cwd=clone, env=environment, check=True)
    check_demo(clone, environment, folder / "links.json")


def bare_environment(folder: Path, data: Path) -> dict[str, str]:
    programs, home = folder / "programs", folder / "home"
    programs.mkdir()
    home.mkdir()
    python = shutil.which("python3.11")
    assert python, "python3.11 is not in PATH"
    launcher = programs / "python3.11"  # no link: a virtual environment must find its library
    launcher.write_text(f'#!/bin/sh\nexec "{Path(python).resolve()}" "$@"\n')
    launcher.chmod(0o755)
    for name in ("make", *COREUTILS.split()):
        if found := shutil.which(name):
            (programs / name).symlink_to(found)
    kept = {name: value for name, value in os.environ.items() if name.startswith(KEPT)}
    return {
        **kept,
        "PATH": str(programs),
        "HOME": str(home),
        "BRYGGA_REAL_DATA": str(data),
        "BRYGGA_DATA": str(folder / "data"),
        "BRYGGA_DEMO_LINKS": str(folder / "links.json"),
    }


def check_demo(clone: Path, environment: dict[str, str], links: Path) -> None:
    """Start the demo, wait for its page and its links, stop it, and see that nothing stays."""
    port = free_port()
    demo = subprocess.Popen(
        ["make", "demo", f"PORT={port}"], cwd=clone, env=environment, start_new_session=True
    )
    try:
        deadline = time.monotonic() + TIME_FOR_DEMO
        while not (answers(port) and links.exists()):
            assert demo.poll() is None, f"make demo ended with {demo.returncode}"
            assert time.monotonic() < deadline, "make demo did not answer in time"
            time.sleep(0.5)
        say(f"The demo answers; its sign-in links:\n{links.read_text()}")
    finally:
        stop(demo)
    assert not answers(port), "something still answers after the end of make demo"


def stop(demo: subprocess.Popen[bytes]) -> None:
    """Ask make and what it started to stop, and wait for the last of them."""
    deadline = time.monotonic() + TIME_TO_STOP
    os.killpg(demo.pid, signal.SIGTERM)
    demo.wait(TIME_TO_STOP)
    while time.monotonic() < deadline:
        try:
            os.killpg(demo.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.2)
    raise AssertionError("make demo did not stop when asked")


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/", timeout=10) as response:
            return bool(response.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
