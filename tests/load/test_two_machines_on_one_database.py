"""Two web servers and two workers against one PostgreSQL that is not ours."""

import itertools
import json
import os
import subprocess
import sys
import time
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.config.conftest import new_passable_folder
from tests.core.mail.office import Office, open_house
from tests.load.crash.account import balance
from tests.load.crash.town import Town, free_port
from tests.load.crash.writers import WRITERS
from tests.load.external_postgres import external_postgres

WRITING = 8  # seconds
WHO_WORKS = "SELECT count(*) FROM procrastinate_workers"


class Machines(Town):
    """The same as a town, in four processes that know only the database's address."""

    def __init__(self, folder, mail_port, url):
        super().__init__(folder, mail_port)
        self.url = url
        self.ports = [self.port, free_port()]
        self.processes = []

    @property
    def database(self):
        return self.url

    @property
    def environment(self):
        return super().environment | {"DATABASE_URL": self.url, "BRYGGA_WEB_WORKERS": "1"}

    def __enter__(self):
        self.run("brygga.config.prepare")
        web = [["brygga.config.web", "--port", str(port)] for port in self.ports]
        for words in [*web, *[["brygga.config.commandline", "worker"]] * 2]:
            with (self.folder / "said").open("ab") as said:
                process = subprocess.Popen(
                    [sys.executable, "-P", "-m", *words],
                    cwd=self.folder,
                    env=self.environment,
                    stdout=said,
                    stderr=said,
                )
            self.processes.append(process)
        self.process = self.processes[0]
        for port in self.ports:
            self.port = port
            self.wait_for(self.answers)
        return self

    def __exit__(self, *_):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(60)


@pytest.fixture(scope="module")
def url():
    with external_postgres(new_passable_folder()) as url:
        yield url


def test_what_is_written_through_either_machine_is_there_once_and_each_letter_leaves_once(url):
    office = Office()
    house = open_house(office)
    with Machines(new_passable_folder(), house.port, url) as town:
        scene = json.loads(town.run("tests.load.crash.scene"))
        ports = itertools.cycle(town.ports)
        writers = [
            writer(next(ports), scene, number) for number, writer in enumerate((*WRITERS, *WRITERS))
        ]
        for writer in writers:
            writer.start()
        time.sleep(WRITING)
        for writer in writers:
            writer.enough.set()
        for writer in writers:
            writer.join()
            assert writer.fault is None
            assert writer.writes.refused == []
        lines = balance(town, scene, writers, office)
        [(workers,)] = town.rows(WHO_WORKS)
    house.stop()
    for kind, line in lines.items():
        assert (line.lost, line.doubled, line.unknown) == (0, 0, 0), (kind, lines)
        assert line.acknowledged > 0, kind
    assert workers == 2


def test_a_backup_finds_a_database_with_a_password_and_goes_into_another(url):
    archive = new_passable_folder() / "kept.tar"
    assert brygga(url, "backup", str(archive)) == ""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE other")
    other = urlsplit(url)._replace(path="/other").geturl()
    assert brygga(other, "restore", str(archive)) == ""
    count = "SELECT count(*) FROM perspectives_voteevent"
    with psycopg.connect(url) as old, psycopg.connect(other) as new:
        assert old.execute(count).fetchone() == new.execute(count).fetchone()


def brygga(url, *words):
    """Run one of our commands; gives why it failed."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "brygga.config.commandline", *words],
        env={**os.environ, "BRYGGA_DATA": str(new_passable_folder()), "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr if done.returncode else ""
