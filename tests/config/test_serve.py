"""`brygga serve` as an operator runs it, and kill -9 of each of its processes."""

import http.client
import json
import os
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from brygga.config import proctable, serve
from brygga.config.serve import ServeError, wait_for_port
from tests.config.conftest import new_passable_folder

BRYGGA = Path(sys.executable).with_name("brygga")


class Service:
    """A running `brygga serve` with a data folder and a port of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.process = None

    @property
    def environment(self):
        given = {**os.environ, "BRYGGA_DATA": str(self.folder), "BRYGGA_MODE": "local"}
        del given["DATABASE_URL"]
        return {**given, "BRYGGA_DATABASE_POOL": "2"}

    def start(self):
        for name in ("brygga", "whitenoise"):
            (self.folder / f"{name}.py").write_text("raise SystemExit('this is not ours')")
        with (self.folder / "said").open("a") as said:
            self.process = subprocess.Popen(
                [BRYGGA, "serve", "--port", str(self.port)],
                cwd=self.folder,  # where files by such names must not be taken for us
                env=self.environment,
                stderr=said,
                stdout=subprocess.DEVNULL,
            )
        self.wait_for(lambda: self.answers() or self.process.poll() is not None)
        assert self.process.poll() is None, (self.folder / "said").read_text()
        self.wait_for(lambda: "web" in self.notes())

    def notes(self):
        try:
            return json.loads((self.folder / "supervisor").read_text())
        except ValueError:
            return {}

    def pid(self, name):
        return int(self.notes().get(name, 0))

    def answers(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/dialoger/")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def ask(self, query):
        url = json.loads((self.folder / "postgres" / "in-use").read_text())["url"]
        with psycopg.connect(url) as connection:
            return connection.execute(query).fetchone()[0]

    def newest_worker(self):
        try:
            return self.ask("SELECT max(id) FROM procrastinate_workers") or 0
        except psycopg.Error:
            return 0

    def wait_for(self, holds):
        assert proctable.wait_until_gone(holds, 60), (self.folder / "said").read_text()

    def everything(self):
        """All living processes that know this data folder or port."""
        marks = (str(self.folder), str(self.port))
        return proctable.find(lambda words: any(mark in " ".join(words) for mark in marks))


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@pytest.fixture(scope="module")
def service():
    made = Service(new_passable_folder())
    made.start()
    yield made
    made.process.terminate()
    made.process.wait(60)


def test_web_answers_again_after_kill_9(service):
    before = service.pid("web")
    os.kill(before, signal.SIGKILL)
    service.wait_for(lambda: service.pid("web") not in {0, before})
    service.wait_for(service.answers)


def test_web_answers_again_after_kill_9_of_its_inner_process(service):
    """The web server starts a process of its own for the work."""
    inner = [
        pid
        for pid in proctable.find(lambda words: str(service.port) in words and "--workers" in words)
        if pid != service.pid("web")
    ]
    assert len(inner) == 1
    os.kill(inner[0], signal.SIGKILL)
    service.wait_for(lambda: not proctable.command_line(inner[0]))
    service.wait_for(service.answers)


def test_a_worker_beats_again_after_kill_9(service):
    service.wait_for(service.newest_worker)
    before, pid = service.newest_worker(), service.pid("worker")
    os.kill(pid, signal.SIGKILL)
    service.wait_for(lambda: service.pid("worker") not in {0, pid})
    service.wait_for(lambda: service.newest_worker() > before)


def test_nothing_committed_is_lost_and_a_worker_beats_after_kill_9_of_postgresql(service):
    service.wait_for(service.newest_worker)
    before, pid = service.newest_worker(), service.pid("postgres")
    with psycopg.connect(
        json.loads((service.folder / "postgres" / "in-use").read_text())["url"]
    ) as connection:
        connection.execute("CREATE TABLE voice AS SELECT 'heard' AS word")
    os.kill(pid, signal.SIGKILL)
    service.wait_for(lambda: service.pid("postgres") not in {0, pid})
    assert service.ask("SELECT word FROM voice") == "heard"
    assert service.answers(), "a connection of the pool that broke was handed out"
    service.wait_for(lambda: service.newest_worker() > before)


def test_it_starts_again_after_kill_9_of_the_supervisor_and_nobody_stays_behind(service):
    before = {service.pid(name) for name in ("web", "worker", "postgres")}
    service.process.kill()
    service.process.wait()
    service.start()
    assert service.answers()
    assert all(not proctable.command_line(pid) for pid in before)


def test_a_second_serve_on_the_folder_is_refused_and_the_first_lives_on(service):
    second = subprocess.run(
        [BRYGGA, "serve", "--port", str(free_port())],
        env=service.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 1
    assert f"in use by process {service.process.pid} " in second.stderr
    assert service.answers()


def test_sigterm_stops_everything(service):
    assert service.everything()
    service.process.terminate()
    assert service.process.wait(60) == 0
    assert service.everything() == []
    service.start()


def test_a_taken_port_is_refused_since_two_web_servers_would_share_it_in_silence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServeError, match=f"Port {port} .* is not free"):
            wait_for_port("127.0.0.1", port)
    wait_for_port("127.0.0.1", port)


def test_a_port_that_nobody_answers_on_is_waited_for(monkeypatch):
    monkeypatch.setattr(serve, "TIME_FOR_PORT", 0)
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        with pytest.raises(ServeError, match="is not free"):
            wait_for_port("127.0.0.1", bound.getsockname()[1])


def test_the_links_are_shown_and_written_where_asked(tmp_path, monkeypatch, capfd):
    wanted = tmp_path / "wanted.json"
    monkeypatch.setenv("BRYGGA_DEMO_LINKS", str(wanted))
    written = tmp_path / "links.json"
    written.write_text('{"process leader": "http://localhost/in"}')
    serve.show_links(written)
    assert json.loads(wanted.read_text()) == {"process leader": "http://localhost/in"}
    assert "http://localhost/in" in capfd.readouterr().err


def test_the_links_are_for_our_eyes_only(tmp_path, monkeypatch):
    links = tmp_path / "links.json"
    monkeypatch.setattr(serve, "PYTHON", (sys.executable, "-c", "0"))
    serve.prepare(links)
    assert stat.S_IMODE(links.stat().st_mode) == 0o600
