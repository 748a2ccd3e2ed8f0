"""The doctor: each check in health, and made wrong on purpose over the same set-up."""

import argparse
import os
import socket
import subprocess
import sys

import psycopg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from brygga.config import doctor
from brygga.config.environment import Environment
from brygga.config.ownership import Ownership

SAFE = {
    "BRYGGA_MODE": "production",
    "BRYGGA_SECRET_KEY": "k" * 50,
    "BRYGGA_ADDRESS": "https://dialog.exempelby.se",
    "DATABASE_URL": "postgresql://brygga@db/brygga",
    "BRYGGA_DATABASE_POOL": "4",
    "BRYGGA_MAIL_URL": "smtp://mail",
    "BRYGGA_MAIL_FROM": "dialog@exempelby.se",
}


def fine(verdict):
    """Every fault has a cure, and only faults have one."""
    assert verdict.finding
    return verdict.fine


def test_python_is_new_enough_or_a_newer_one_is_asked_for():
    assert fine(doctor.python((3, 11)))
    assert not fine(doctor.python((3, 10)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"BRYGGA_SECRET_KEY": "short"},
        {"BRYGGA_MODE": "live"},
        {"BRYGGA_DATABASE_POOL": "many"},
    ],
)
def test_safe_settings_are_fine_and_unsafe_ones_are_named(wrong):
    assert fine(doctor.settings(Environment(SAFE)))
    assert not fine(doctor.settings(Environment({**SAFE, **wrong})))


def test_a_folder_that_can_be_written_is_fine_and_one_that_cannot_is_not(tmp_path):
    assert fine(doctor.data_folder(tmp_path / "new"))
    (tmp_path / "file").touch()
    assert not fine(doctor.data_folder(tmp_path / "file" / "under"))


def test_a_full_disk_is_said(tmp_path, monkeypatch):
    assert fine(doctor.data_folder(tmp_path))
    monkeypatch.setattr(doctor, "FREE_SPACE", 2**80)
    assert not fine(doctor.data_folder(tmp_path))


def test_a_mail_server_that_answers_is_fine_and_one_that_has_gone_is_not():
    server = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    settings = Environment({"BRYGGA_MAIL_URL": f"smtp://127.0.0.1:{server.port}"})
    server.start()
    try:
        assert fine(doctor.mail(settings))
    finally:
        server.stop()
    assert not fine(doctor.mail(settings))


def test_without_a_mail_server_mail_goes_to_files():
    assert fine(doctor.mail(Environment({})))


def test_a_compiled_text_is_fine_and_a_newer_source_is_not(tmp_path):
    source = tmp_path / "app/locale/sv/LC_MESSAGES/django.po"
    source.parent.mkdir(parents=True)
    source.touch()
    assert not fine(doctor.translations(tmp_path))
    source.with_suffix(".mo").touch()
    assert fine(doctor.translations(tmp_path))
    later = source.stat().st_mtime + 10
    os.utime(source, (later, later))
    assert not fine(doctor.translations(tmp_path))


def test_static_files_are_collected_or_asked_for(tmp_path):
    assert not fine(doctor.static_files(tmp_path))
    (tmp_path / "staticfiles.json").touch()
    assert fine(doctor.static_files(tmp_path))


def test_a_free_port_is_fine_and_a_taken_one_is_not(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert not fine(doctor.port_free(tmp_path, port))
    assert fine(doctor.port_free(tmp_path, port))


def test_a_port_that_our_own_service_listens_on_is_fine(tmp_path):
    supervisor = Ownership(tmp_path / "supervisor")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        supervisor.take()
        assert fine(doctor.port_free(tmp_path, taken.getsockname()[1]))
        supervisor.give_back()


def test_a_named_browser_is_found_or_asked_for(tmp_path):
    browser = tmp_path / "chromium"
    assert not fine(doctor.browser(str(browser)))
    browser.touch(mode=0o755)
    assert fine(doctor.browser(str(browser)))


def test_a_database_that_does_not_answer_is_one_fault_with_its_reason():
    unreachable = f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"
    (verdict,) = doctor.examine_database(Environment({"DATABASE_URL": unreachable}))
    assert not fine(verdict)
    assert "refused" in verdict.finding


def test_in_production_a_missing_database_url_is_a_fault():
    (verdict,) = doctor.examine_database(Environment({**SAFE, "DATABASE_URL": ""}))
    assert not fine(verdict)


@pytest.fixture
def connect(make_database, monkeypatch):
    """Make an empty database the given one, and connect to it."""
    connections = []

    def open_connection(encoding="UTF8"):
        url = make_database(encoding)
        monkeypatch.setenv("DATABASE_URL", url)
        connections.append(psycopg.connect(url, autocommit=True))
        return connections[-1]

    yield open_connection
    for connection in connections:
        connection.close()


def test_a_new_database_server_is_fine_and_an_old_one_is_not(connect, monkeypatch):
    connection = connect()
    assert fine(doctor.database_version(connection))
    monkeypatch.setattr(doctor, "POSTGRESQL", 99)
    assert not fine(doctor.database_version(connection))


def test_a_database_in_utf8_is_fine_and_in_another_encoding_is_not(connect):
    assert fine(doctor.database_encoding(connect("UTF8")))
    assert not fine(doctor.database_encoding(connect("LATIN1")))


def test_migrations_and_worker_are_missed_in_a_new_database_and_fine_once_there(connect):
    connection = connect()
    assert not fine(doctor.migrations(connection))
    assert not fine(doctor.worker(connection))
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], check=True)
    assert fine(doctor.migrations(connection))
    assert not fine(doctor.worker(connection))
    connection.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert fine(doctor.worker(connection))
    connection.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '5 min'")
    assert not fine(doctor.worker(connection))


def test_a_healthy_database_gives_a_verdict_for_each_check(make_database):
    url = os.environ["DATABASE_URL"]
    verdicts = doctor.examine_database(Environment({"DATABASE_URL": url}))
    assert [verdict.name for verdict in verdicts] == [
        "database",
        "database version",
        "database encoding",
        "migrations",
        "worker",
    ]


@pytest.mark.parametrize(("cure", "status"), [("", 0), ("Do this.", 1)])
def test_the_status_tells_whether_anything_is_wrong_and_the_cure_is_printed(
    monkeypatch, capsys, cure, status
):
    monkeypatch.setattr(
        doctor,
        "examine",
        lambda *_: [doctor.Verdict("one", "fine"), doctor.Verdict("two", "found", cure)],
    )
    assert doctor.run(argparse.Namespace(port=0)) == status
    assert cure in capsys.readouterr().out


def test_every_check_is_asked(monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "examine_database", lambda _: [])
    names = [it.name for it in doctor.examine(Environment({"BRYGGA_DATA": str(tmp_path)}), 0)]
    assert names == [
        "python",
        "settings",
        "data folder",
        "mail",
        "translations",
        "static files",
        "port",
        "browser",
    ]


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
