"""Cold start of the demo: from the command to its first page, in a folder that did not exist.

Everything is made on the way: the database, its tables, the fictional municipality, the static
files. The baseline is an empty PostgreSQL of the same package, made and started in the same run.
"""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from brygga.config.postgres import EmbeddedPostgres

LONGEST = 900.0  # seconds


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="brygga-start-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # where root runs it, the database's own user passes
        bare = of_an_empty_database(folder / "bare")
        demo = of_the_demo(folder / "demo")
    print("| started | s | to the baseline |")
    print("|---|--:|--:|")
    print(f"| an empty PostgreSQL | {bare:.1f} | 1.0 |")
    print(f"| the demo, until its first page | {demo:.1f} | {demo / bare:.1f} |")


def of_an_empty_database(folder: Path) -> float:
    begun = time.monotonic()
    with EmbeddedPostgres(folder).running():
        return time.monotonic() - begun


def of_the_demo(folder: Path) -> float:
    port = free_port()
    given = {each: value for each, value in os.environ.items() if each != "DATABASE_URL"}
    begun = time.monotonic()
    with (folder.parent / "said").open("wb") as said:
        demo = subprocess.Popen(
            [str(Path(sys.executable).with_name("brygga")), "demo", "--port", str(port)],
            env=given | {"BRYGGA_DATA": str(folder)},
            stdout=said,
            stderr=said,
        )
    try:
        while not answers(port):
            if demo.poll() is not None or time.monotonic() > begun + LONGEST:
                raise SystemExit((folder.parent / "said").read_text())
            time.sleep(0.05)
        return time.monotonic() - begun
    finally:
        demo.terminate()
        demo.wait(60)


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
