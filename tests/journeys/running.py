"""Brygga as it runs in a municipality: web and worker as processes, on a database of their own.

Nothing here touches the ORM: Playwright's sync API and the ORM do not share a process.
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
TIME_TO_ANSWER = 240  # seconds; a machine that does much else starts slowly


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def with_name(url, name):
    """Give the address of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def create_database(name, template=None):
    """Make a database, a copy of another where one is named, and give its address."""
    server = os.environ["DATABASE_URL"]
    with psycopg.connect(with_name(server, "postgres"), autocommit=True) as connection:
        words = "CREATE DATABASE {} TEMPLATE {}" if template else "CREATE DATABASE {}"
        names = [sql.Identifier(each) for each in (name, template) if each]
        connection.execute(sql.SQL(words).format(*names))
    return with_name(server, name)


class Installation:
    """One data folder and one port, with as many databases as there are journeys."""

    def __init__(self, folder, mail_port):
        self.folder = folder
        self.name = folder.name
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.mail_port = mail_port
        folder.mkdir()

    def environment(self, database_url):
        return {
            **os.environ,
            "BRYGGA_MODE": "local",
            "BRYGGA_SECRET_KEY": "the journeys' own key, known to nobody else " * 2,
            "BRYGGA_ADDRESS": self.address,
            "BRYGGA_DATA": str(self.folder),
            "BRYGGA_MAIL_URL": f"smtp://127.0.0.1:{self.mail_port}",
            "BRYGGA_OUTGOING_NETWORKS": "127.0.0.0/8, ::1",  # a login that runs here
            "DATABASE_URL": database_url,
            "PYTHONPATH": str(ROOT),
        }

    def run(self, database_url, *words):
        """Run a module of ours to its end, and give what it printed."""
        done = subprocess.run(
            [sys.executable, "-P", "-m", *words],
            env=self.environment(database_url),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def started(self, database_url, *, worker=True):
        """Let web and worker run for the time of the block."""
        web = ["brygga.config.web", "--port", str(self.port)]
        parts = [web, ["brygga.config.commandline", "worker"]] if worker else [web]
        with (self.folder / "said").open("w") as said:
            processes = [
                subprocess.Popen(
                    [sys.executable, "-P", "-m", *words],
                    env=self.environment(database_url),
                    cwd=ROOT,
                    stdout=said,
                    stderr=said,
                )
                for words in parts
            ]
            try:
                self.wait_until_it_answers(processes[0])
                yield
            finally:
                for process in processes:
                    process.terminate()
                for process in processes:
                    process.wait(30)

    def wait_until_it_answers(self, web):
        deadline = time.monotonic() + TIME_TO_ANSWER
        while not self.answers():
            assert web.poll() is None, (self.folder / "said").read_text()
            assert time.monotonic() < deadline, (self.folder / "said").read_text()
            time.sleep(0.1)

    def answers(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/", headers={"Host": f"localhost:{self.port}"})
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()


class Site:
    """The demo as a journey finds it: its address, and the links that walk into it."""

    def __init__(self, installation, database_url, links, addresses):
        self.installation = installation
        self.database_url = database_url
        self.address = installation.address
        self.links = links
        self.addresses = addresses

    def product_map(self, name):
        """Give the map that the product shows of a dialogue, as the bytes of map.json."""
        words = ("tests.journeys.product_map", name)
        return self.installation.run(self.database_url, *words).encode()

    def url(self, path):
        return self.address + path
