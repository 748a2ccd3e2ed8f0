"""What `serve` and `demo` do before they start."""

import os
import subprocess
import sys

import psycopg

PREPARE = [sys.executable, "-P", "-m", "brygga.config.prepare"]


def test_two_machines_that_start_at_once_on_a_new_database_do_not_meet(
    make_database, passable_folder
):
    url = make_database()
    machines = []
    for name in ("one", "other"):
        data = passable_folder / name
        environment = {**os.environ, "DATABASE_URL": url, "BRYGGA_DATA": str(data)}
        machines.append(subprocess.Popen(PREPARE, env=environment))
    assert [machine.wait(300) for machine in machines] == [0, 0]
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM django_migrations").fetchone()[0] > 0
