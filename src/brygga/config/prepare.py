"""Bring database, static files and texts to this version, in a process of its own."""

import argparse
import io
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.core.management import call_command, get_commands
from django.db import connection

DEMO = "demo"
MIGRATION_LOCK = 0x62727967  # any number that nobody else locks; these letters are "bryg"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--demo-links", default="")
    links = parser.parse_args().demo_links
    django.setup()
    with one_machine_at_a_time():
        call_command("migrate", interactive=False, verbosity=0)
    call_command("translations", compile=True, stdout=io.StringIO())
    call_command("collectstatic", interactive=False, verbosity=0)
    if links and DEMO in get_commands():
        call_command(DEMO, links=links)


@contextmanager
def one_machine_at_a_time() -> Iterator[None]:
    """Several machines may start on one database at once; one of them migrates it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


if __name__ == "__main__":
    main()
