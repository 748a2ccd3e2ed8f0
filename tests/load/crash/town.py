"""An installation as an operator runs it, with what is needed to kill its parts."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from brygga.config import proctable

ROOT = Path(__file__).resolve().parents[3]
TIME_TO_START = 400
SERVES = "postgres: brygga brygga"  # how PostgreSQL names the process of one connection


class Town:
    """`brygga serve` with the embedded PostgreSQL, two web processes, a worker, a mail server."""

    def __init__(self, folder, mail_port):
        self.folder = folder
        self.port = free_port()
        self.mail_port = mail_port
        self.process = None

    @property
    def environment(self):
        given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        return given | {
            "BRYGGA_MODE": "local",
            "BRYGGA_ADDRESS": f"http://localhost:{self.port}",
            "BRYGGA_DATA": str(self.folder),
            "BRYGGA_SECRET_KEY": "known to the crash harness and to nobody else " * 2,
            "BRYGGA_MAIL_URL": f"smtp://127.0.0.1:{self.mail_port}",
            "BRYGGA_TRUSTED_PROXIES": "127.0.0.0/8",
            "BRYGGA_WEB_WORKERS": "2",
            "BRYGGA_DATABASE_POOL": "4",
            "DJANGO_SETTINGS_MODULE": "brygga.config.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }

    def __enter__(self):
        words = ["tests.load.crash.impatient", "serve", "--port", str(self.port)]
        with (self.folder / "said").open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *words],
                cwd=ROOT,
                env=self.environment,
                stdout=said,
                stderr=said,
            )
        self.wait_for(self.answers, TIME_TO_START)
        self.wait_for(lambda: self.notes().get("worker"), TIME_TO_START)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)

    def run(self, module, *words):
        """Run a module of ours on this installation's database, and give what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", module, *words],
            cwd=ROOT,
            env=self.environment | {"DATABASE_URL": self.database},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def database(self):
        return json.loads((self.folder / "postgres" / "in-use").read_text())["url"]

    def rows(self, query):
        """Ask the database, however long it takes to recover."""
        deadline = time.monotonic() + 60
        while True:
            try:
                with psycopg.connect(self.database) as connection:
                    return connection.execute(query).fetchall()
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def notes(self):
        try:
            return json.loads((self.folder / "supervisor").read_text())
        except ValueError:
            return {}

    def answers(self):
        try:
            return self.get("/dialoger/").status == http.HTTPStatus.OK
        except OSError:
            return False

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers={"Host": f"localhost:{self.port}"})
            return connection.getresponse()
        finally:
            connection.close()

    def wait_for(self, holds, seconds=60):
        deadline = time.monotonic() + seconds
        while not holds():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.05)

    def said(self):
        return (self.folder / "said").read_text()[-4_000:]

    def kill(self, target, dice):
        """Send SIGKILL to one process of the kind; say whether there was one just then."""
        pids = PROCESSES[target](self)
        if not pids:
            return False
        try:
            os.kill(dice.choice(pids), signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True


def noted(name):
    return lambda town: [int(pid) for pid in [town.notes().get(name)] if pid]


def web_processes(town):
    """Those that the web server itself starts for the work; they bear its own words."""
    outer = noted("web")(town)
    return [
        pid
        for pid in proctable.find(lambda words: str(town.port) in words and "--workers" in words)
        if pid not in outer
    ]


def back_ends(town):
    """The database's processes for one connection each; if one dies PostgreSQL restarts all."""
    found = []
    for parent in noted("postgres")(town):
        try:
            children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
            found += [int(pid) for pid in children if title_of(pid).startswith(SERVES)]
        except OSError:  # it has just died
            continue
    return found


def title_of(pid):
    return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")


PROCESSES = {
    "web": noted("web"),
    "web process": web_processes,
    "worker": noted("worker"),
    "database": noted("postgres"),
    "database connection": back_ends,
}


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
