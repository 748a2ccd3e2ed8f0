"""The embedded PostgreSQL, one test for each trap that was met."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest

from brygga.config import proctable
from brygga.config.ownership import InUseError
from brygga.config.postgres import STILL_ENDING, EmbeddedPostgres, PostgresError
from tests.postgres_plugin import PREFIX, remove_leftovers

OWNER = """
import sys, time
from pathlib import Path
from brygga.config.postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]), durable=False)
server.start()
print(server.url, flush=True)
time.sleep(600)
"""


@pytest.fixture
def folder(passable_folder):
    return passable_folder / "postgres"


@pytest.fixture
def server(folder):
    made = EmbeddedPostgres(folder, durable=False)
    yield made
    made.stop()


@pytest.fixture
def stranger(server):
    """A living process of the server's user that is no PostgreSQL."""
    with server.running():
        pass
    process = subprocess.Popen(["sleep", "600"], cwd="/", **server._user.process_options)
    yield process
    assert process.poll() is None, "the supervisor killed a stranger"
    process.kill()
    process.wait()


@pytest.fixture
def owner(folder):
    """Another process that owns a running server."""
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER, folder], stdout=subprocess.PIPE, text=True
    )
    process.url = process.stdout.readline().strip()
    yield process
    process.kill()
    process.communicate()


def ask(url, query):
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchone()[0]


def execute(url, statement):
    with psycopg.connect(url) as connection:
        connection.execute(statement)


def servers_on(server):
    return proctable.find(server._is_our_server)


def test_it_knows_swedish_letters_in_every_locale(server):
    url = server.start()
    assert ask(url, "SELECT lower('ÅÄÖ')") == "åäö"
    assert ask(url, "SHOW server_encoding") == "UTF8"
    assert ask(url, "SELECT to_tsvector('swedish', 'Åtgärder') @@ 'åtgärd'::tsquery")


def test_it_listens_on_no_network_address_and_opens_its_socket_to_nobody_else(server):
    url = server.start()
    assert ask(url, "SHOW listen_addresses") == ""
    sockets = server.folder / "socket"
    assert sockets.stat().st_mode & 0o077 == 0
    assert (sockets / ".s.PGSQL.5432").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("durable", "fsync"), [(True, "on"), (False, "off")])
def test_only_a_server_for_tests_gives_up_durability(folder, durable, fsync):
    with EmbeddedPostgres(folder, durable=durable).running() as url:
        assert ask(url, "SHOW fsync") == fsync
        assert ask(url, "SHOW synchronous_commit") == fsync
        assert ask(url, "SHOW full_page_writes") == fsync


def test_the_oldest_version_we_promise_runs_too_and_a_cluster_keeps_its_version(folder):
    with EmbeddedPostgres(folder, durable=False, version="16").running() as url:
        assert ask(url, "SHOW server_version_num").startswith("16")
    with EmbeddedPostgres(folder, durable=False).running() as url:
        assert ask(url, "SHOW server_version_num").startswith("16")
        assert ask(url, "SELECT lower('ÅÄÖ')") == "åäö"


def test_what_was_committed_survives_a_killed_server(server):
    server.durable = True
    url = server.start()
    execute(url, "CREATE TABLE voice AS SELECT 'heard' AS word")
    server.process.kill()
    server.process.wait()
    assert not server.alive()
    server.stop()
    assert ask(server.start(), "SELECT word FROM voice") == "heard"


def test_a_stale_pid_file_whose_number_lives_again_does_not_block_the_start(server, stranger):
    pid_file = server.cluster / "postmaster.pid"
    pid_file.write_text(f"{stranger.pid}\n{server.cluster}\n1700000000\n5432\n/tmp\n\n0 0\nready\n")
    pid_file.chmod(0o600)
    server._user.own(pid_file)
    assert ask(server.start(), "SELECT 1") == 1


def test_a_leftover_socket_lock_whose_number_lives_again_does_not_block_the_start(server, stranger):
    sockets = server.folder / "socket"
    sockets.mkdir(mode=0o700)
    lock = sockets / ".s.PGSQL.5432.lock"
    lock.write_text(f"{stranger.pid}\n{server.cluster}\n1700000000\n5432\n{sockets}\n")
    for path in (sockets, lock):
        server._user.own(path)
    assert ask(server.start(), "SELECT 1") == 1


def test_a_second_process_does_not_join_in_silence_but_hears_who_owns_the_server(owner, server):
    with pytest.raises(InUseError, match=f"in use by process {owner.pid} "):
        server.start()
    server.stop()
    assert ask(owner.url, "SELECT 1") == 1


def test_a_second_process_may_join_openly_and_does_not_end_what_it_joined(owner, server):
    url = server.join()
    assert ask(url, "SELECT 1") == 1
    server.stop()
    assert ask(url, "SELECT 1") == 1


def test_nobody_joins_a_server_whose_owner_has_gone(owner, server):
    owner.kill()
    owner.wait()
    assert server.join() is None


def test_the_server_ends_with_a_killed_owner(owner, server):
    assert len(servers_on(server)) == 1
    owner.kill()
    owner.wait()
    if sys.platform == "linux":
        assert proctable.wait_until_gone(lambda: not servers_on(server), 20)
    assert ask(server.start(), "SELECT 1") == 1
    assert len(servers_on(server)) == 1


def test_an_orphan_that_outlived_its_owner_is_found_by_its_command_line_and_ended(server):
    with server.running():
        pass
    sockets = server.folder / "elsewhere"
    sockets.mkdir()
    server._user.own(sockets)
    orphan = subprocess.Popen(
        [
            *(server._programs() / "bin" / "postgres", "-D", str(server.cluster)),
            *("-c", "listen_addresses=", "-c", f"unix_socket_directories={sockets}"),
        ],
        cwd="/",
        stderr=subprocess.DEVNULL,
        **server._user.process_options,
    )
    assert proctable.wait_until_gone((sockets / ".s.PGSQL.5432").exists, 20)
    threading.Thread(target=orphan.wait, daemon=True).start()  # no zombie of ours stays
    (server.cluster / "postmaster.pid").unlink()  # nor does a missing file hide it
    assert ask(server.start(), "SELECT 1") == 1
    assert servers_on(server) == [server.process.pid]


def test_the_start_waits_for_back_ends_that_a_killed_server_left(server):
    connection = psycopg.connect(server.start())
    back_end = connection.info.backend_pid
    os.kill(back_end, signal.SIGSTOP)
    server.process.kill()
    server.process.wait()
    server.stop()
    logged = server.log.stat().st_size

    def wake():
        proctable.wait_until_gone(lambda: STILL_ENDING in server.log.read_text()[logged:], 20)
        os.kill(back_end, signal.SIGCONT)

    thread = threading.Thread(target=wake)
    thread.start()
    assert ask(server.start(), "SELECT 1") == 1
    thread.join()
    connection.close()
    assert STILL_ENDING in server.log.read_text()[logged:]


def test_a_server_that_does_not_answer_in_time_is_ended_and_the_folder_free(server):
    server.timeout = 0
    with pytest.raises(PostgresError, match="No answer in 0 seconds"):
        server.start()
    assert servers_on(server) == []
    server.timeout = 60
    assert ask(server.start(), "SELECT 1") == 1


def test_a_server_that_cannot_start_says_why(server):
    with server.running():
        pass
    (server.cluster / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(PostgresError, match="no_such_setting"):
        server.start()


def test_a_cluster_half_made_by_a_killed_process_is_made_anew(server):
    half = server.folder / "initialising"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    assert ask(server.start(), "SELECT 1") == 1
    assert not half.exists()


def test_a_folder_too_deep_for_a_socket_gets_one_elsewhere_and_it_is_removed(folder):
    deep = EmbeddedPostgres(folder / ("d" * 100), durable=False)
    with deep.running() as url:
        assert ask(url, "SELECT 1") == 1
        sockets = Path(deep.ownership.notes()["sockets"])
        assert sockets.stat().st_mode & 0o777 == 0o700
    assert not sockets.exists()


def test_a_socket_elsewhere_goes_with_the_next_start_when_its_owner_was_killed(folder):
    deep = folder / ("d" * 100)
    killed = EmbeddedPostgres(deep, durable=False)
    killed.start()
    left = Path(killed.ownership.notes()["sockets"])
    killed.process.kill()
    killed.process.wait()
    killed.ownership.give_back()
    with EmbeddedPostgres(deep, durable=False).running():
        assert not left.exists()


def test_a_dead_server_is_revived_at_the_same_address_with_all_that_was_committed(server):
    server.durable = True
    url = server.start()
    execute(url, "CREATE TABLE voice AS SELECT 'heard' AS word")
    server.process.kill()
    server.process.wait()
    server.revive()
    assert ask(url, "SELECT word FROM voice") == "heard"


def test_what_a_killed_test_run_left_goes_with_the_next_and_a_living_one_stays(passable_folder):
    killed, living = (passable_folder / f"{PREFIX}{name}" for name in ("killed", "living"))
    with EmbeddedPostgres(living / "postgres", durable=False).running() as url:
        left = EmbeddedPostgres(killed / "postgres", durable=False)
        left.start()
        left.process.kill()
        left.process.wait()
        left.ownership.give_back()
        remove_leftovers(passable_folder)
        assert not killed.exists()
        assert ask(url, "SELECT 1") == 1


def test_what_another_users_test_run_left_is_not_ours_to_remove(passable_folder, monkeypatch):
    (passable_folder / f"{PREFIX}other").mkdir()
    with monkeypatch.context() as other:
        other.setattr(os, "getuid", lambda: 12345)
        remove_leftovers(passable_folder)
    assert (passable_folder / f"{PREFIX}other").exists()
    remove_leftovers(passable_folder)
    assert not (passable_folder / f"{PREFIX}other").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another user")
def test_root_opens_the_way_for_the_server_no_further_than_passing(passable_folder, capfd):
    private = passable_folder / "private"
    private.mkdir(mode=0o700)
    with EmbeddedPostgres(private / "postgres", durable=False).running() as url:
        assert ask(url, "SELECT 1") == 1
    assert private.stat().st_mode & 0o777 == 0o701
    assert str(private) in capfd.readouterr().err
