"""`brygga serve` and `brygga demo`: prepare, start web and worker, keep them alive."""

import argparse
import http.client
import json
import os
import socket
import subprocess
import time
from contextlib import closing
from pathlib import Path

from brygga.config.database import database, ensure_secret_key
from brygga.config.environment import CURRENT
from brygga.config.processes import PYTHON, Part, Supervisor, say, stopping_on_signals

TIME_FOR_PORT = 20.0  # seconds; a killed predecessor may still be letting go of it
TIME_TO_ANSWER = 60.0


class ServeError(RuntimeError):
    """The service could not be started; the message says what to do."""


def run_serve(arguments: argparse.Namespace) -> int:
    return serve(arguments.host, arguments.port)


def run_demo(arguments: argparse.Namespace) -> int:
    if not CURRENT.given.get("BRYGGA_ADDRESS"):
        os.environ["BRYGGA_ADDRESS"] = f"http://localhost:{arguments.port}"
    return serve(arguments.host, arguments.port, demo=True)


def serve(host: str, port: int, *, demo: bool = False) -> int:
    folder = CURRENT.folder("BRYGGA_DATA")
    links = folder / "demo-links.json" if demo else None
    ensure_secret_key(CURRENT)
    supervisor = Supervisor(folder, [web(host, port), worker()])
    with (
        stopping_on_signals(supervisor),
        supervisor.owning(),
        database(CURRENT, may_join=False) as supervisor.database,
    ):
        wait_for_port(host, port)
        prepare(links)
        with supervisor.started():
            wait_until_it_answers(supervisor, host, port)
            say(f"Brygga answers on {CURRENT.text('BRYGGA_ADDRESS')}")
            if links is not None:
                show_links(links)
            supervisor.watch()
    return 0


def web(host: str, port: int) -> Part:
    words = [*PYTHON, "brygga.config.web", "--host", host, "--port", str(port)]
    return Part("web", [*words, "--workers", CURRENT.text("BRYGGA_WEB_WORKERS")])


def worker() -> Part:
    return Part("worker", [*PYTHON, "brygga.config.commandline", "worker"])


def wait_for_port(host: str, port: int) -> None:
    """Bind as a trial: a second web server would share the port in silence and take turns."""
    deadline = time.monotonic() + TIME_FOR_PORT
    while fault := port_fault(host, port):
        if time.monotonic() > deadline or listens(host, port):
            raise ServeError(f"Port {port} on {host} is not free ({fault}). Choose another --port.")
        time.sleep(0.2)


def port_fault(host: str, port: int) -> str:
    """Say why a port cannot be had; empty if it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            return error.strerror or str(error)
    return ""


def listens(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


def prepare(links: Path | None) -> None:
    words = []
    if links is not None:
        links.touch(mode=0o600)  # whoever has a link is signed in by it
        words = ["--demo-links", str(links)]
    run_module("brygga.config.prepare", *words)


def run_module(name: str, *words: str) -> None:
    result = subprocess.run([*PYTHON, name, *words], check=False)  # noqa: S603 – our own module
    if result.returncode:
        raise ServeError("The database could not be prepared; the reason stands above.")


def wait_until_it_answers(supervisor: Supervisor, host: str, port: int) -> None:
    deadline = time.monotonic() + TIME_TO_ANSWER
    while not answers(host, port):
        if time.monotonic() > deadline:
            raise ServeError(f"The web server did not answer in {TIME_TO_ANSWER:.0f} seconds.")
        if supervisor.beat():
            return


def answers(host: str, port: int) -> bool:
    """Say whether the start page answers without a fault of ours."""
    connection = http.client.HTTPConnection(reachable(host), port, timeout=10)
    try:
        connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except OSError:
        return False
    finally:
        connection.close()


def reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 – compared only


def show_links(written: Path) -> None:
    """Print the sign-in links, and write them where BRYGGA_DEMO_LINKS says."""
    text = written.read_text()
    for who, link in json.loads(text or "{}").items():
        say(f"  {who:28} {link}")
    if wanted := CURRENT.text("BRYGGA_DEMO_LINKS"):
        Path(wanted).write_text(text)
