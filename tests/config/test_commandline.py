"""`brygga` as it is typed."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from brygga.config import commandline, proctable
from brygga.config.database import database, ensure_secret_key
from brygga.config.environment import Environment
from brygga.config.postgres import EmbeddedPostgres, PostgresError

BRYGGA = Path(sys.executable).with_name("brygga")
ASK = "from django.db import connection as c; print(c.cursor().execute('SHOW fsync').fetchone())"


@pytest.fixture
def brygga(passable_folder):
    """Run the command on a data folder of its own, with no database given."""

    def run(*words, **options):
        return subprocess.run(
            [BRYGGA, *words],
            **{"env": bare(passable_folder), "capture_output": True, "text": True, **options},
            check=False,
        )

    return run


def bare(folder):
    given = {**os.environ, "BRYGGA_DATA": str(folder), "BRYGGA_MODE": "local"}
    del given["DATABASE_URL"]
    return given


def test_manage_starts_a_durable_postgresql_for_as_long_as_it_needs_one(brygga, passable_folder):
    result = brygga("manage", "shell", "-v0", "-c", ASK)
    assert "('on',)" in result.stdout, result.stderr
    server = EmbeddedPostgres(passable_folder / "postgres")
    assert proctable.find(server._is_our_server) == []


def test_manage_joins_a_running_postgresql_and_lets_it_live(brygga, passable_folder):
    server = EmbeddedPostgres(passable_folder / "postgres", durable=False)
    with server.running() as url:
        result = brygga("manage", "shell", "-v0", "-c", ASK)
        assert "('off',)" in result.stdout, result.stderr
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_manage_uses_the_database_that_is_given(brygga, passable_folder):
    given = {**bare(passable_folder), "DATABASE_URL": os.environ["DATABASE_URL"]}
    result = brygga("manage", "shell", "-v0", "-c", ASK, env=given)
    assert "('off',)" in result.stdout, result.stderr
    assert not (passable_folder / "postgres").exists()


def test_manage_passes_djangos_options_and_its_status(brygga):
    assert "--check" in brygga("manage", "migrate", "--help").stdout
    assert brygga("manage", "migrate", "--check").returncode == 1


def test_a_stopped_manage_takes_its_postgresql_with_it(passable_folder):
    process = subprocess.Popen(
        [BRYGGA, "manage", "shell", "-v0", "-c", "print('on', flush=True); input()"],
        env=bare(passable_folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout.readline() == b"on\n"
    server = EmbeddedPostgres(passable_folder / "postgres")
    assert len(proctable.find(server._is_our_server)) == 1
    process.send_signal(signal.SIGTERM)
    process.communicate()
    assert process.returncode == 128 + signal.SIGTERM
    assert proctable.find(server._is_our_server) == []


def test_the_engines_commands_load_no_django():
    code = (
        "import sys; from brygga.config.commandline import main\n"
        "try: main(['opinion', 'map', '--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] == 'django'))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert "VOTES.csv" in result.stdout
    assert result.stdout.splitlines()[-1] == "[]"


def test_a_word_nobody_knows_is_refused_with_the_words_that_are_known(brygga):
    result = brygga("dance")
    assert result.returncode == 2
    assert all(word in result.stderr for word in ("demo", "serve", "worker", "doctor", "manage"))


def test_a_known_fault_is_one_line_and_no_traceback(brygga, passable_folder):
    with EmbeddedPostgres(passable_folder / "postgres", durable=False).running():
        result = brygga("serve", "--port", "0")
    assert result.returncode == 1
    assert result.stderr.startswith("brygga: ")
    assert len(result.stderr.splitlines()) == 1


def test_production_never_falls_back_on_the_embedded_postgresql():
    production = Environment({"BRYGGA_MODE": "production"})
    with pytest.raises(PostgresError, match="DATABASE_URL"), database(production, may_join=True):
        pytest.fail("production must name its database")


@pytest.fixture
def key_in_environment(monkeypatch):
    monkeypatch.setenv("BRYGGA_SECRET_KEY", "")


def test_the_secret_key_outlives_a_restart_and_is_for_our_eyes_only(tmp_path, key_in_environment):
    local = Environment({"BRYGGA_DATA": str(tmp_path)})
    ensure_secret_key(local)
    first = os.environ["BRYGGA_SECRET_KEY"]
    ensure_secret_key(local)
    assert os.environ["BRYGGA_SECRET_KEY"] == first
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


@pytest.mark.parametrize("given", [{"BRYGGA_MODE": "production"}, {"BRYGGA_SECRET_KEY": "given"}])
def test_no_key_is_made_where_one_is_given_or_must_be(tmp_path, key_in_environment, given):
    ensure_secret_key(Environment({"BRYGGA_DATA": str(tmp_path), **given}))
    assert os.environ["BRYGGA_SECRET_KEY"] == ""
    assert list(tmp_path.iterdir()) == []


def test_main_leaves_a_clear_status_when_interrupted(monkeypatch):
    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(commandline, "manage", interrupt)
    before = signal.getsignal(signal.SIGTERM)
    assert commandline.main(["manage"]) == 128 + signal.SIGINT
    signal.signal(signal.SIGTERM, before)
