"""Server time and queries of every page, with 10,000 dialogues and one of 100,000 participants.

Each page of the inventory is asked for through Django's client by somebody who may read it, once
to warm up and then twenty times. The ratio is to the baseline: the slowest page that we allow,
100 ms for 95 of 100 answers. `--small` tries it out on a hundredth.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command

from brygga.config.postgres import EmbeddedPostgres

TIMES, SLOWEST, MOST_QUERIES = 20, 0.100, 12
SHOWN = 15


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="brygga-pages-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # where root runs it, the database's own user passes
        with EmbeddedPostgres(folder / "postgres").running() as url:
            os.environ |= {
                "DATABASE_URL": url,
                "BRYGGA_DATA": name,
                "BRYGGA_MODE": "test",
                "DJANGO_SETTINGS_MODULE": "brygga.config.settings",
            }
            django.setup()
            call_command("migrate", verbosity=0)
            measure_all()


def measure_all() -> None:
    from django.db import connection  # noqa: PLC0415 – Django is set up only now
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    from tests.architecture.inventory import PAGES  # noqa: PLC0415
    from tests.load.crowded_world import crowded_world  # noqa: PLC0415

    setup_test_environment()
    small = "--small" in sys.argv
    world = crowded_world(
        **({"dialogues": 100, "participants": 1_000, "voices": 50} if small else {})
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    rows = [
        (page, *alone(world, page)) for page in PAGES if not (page.posts_only or page.gives_file)
    ]
    rows.sort(key=lambda row: -row[1])
    print(f"{len(rows)} pages, the slowest {SHOWN} first, and all above a goal:\n")
    print("| page | p95 ms | median ms | queries | p95 to the goal |")
    print("|---|--:|--:|--:|--:|")
    for number, (page, slowest, median, queries) in enumerate(rows):
        if number < SHOWN or slowest > SLOWEST or queries > MOST_QUERIES:
            print(
                f"| {page} | {slowest * 1000:.0f} | {median * 1000:.0f} | {queries} |"
                f" {slowest / SLOWEST:.2f} |"
            )
    over = sum(row[1] > SLOWEST for row in rows), sum(row[3] > MOST_QUERIES for row in rows)
    print(f"\n{over[0]} pages above 100 ms, {over[1]} above {MOST_QUERIES} queries.")


def alone(world: Any, page: Any) -> tuple[float, float, int]:
    """Measure a page, and take back what it and its arguments wrote."""
    from django.db import transaction  # noqa: PLC0415 – as above

    with transaction.atomic():
        measured = measure(world, page)
        transaction.set_rollback(True)
    return measured


def measure(world: Any, page: Any) -> tuple[float, float, int]:
    from django.db import connection  # noqa: PLC0415 – as above
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    world.put_in(page.state)
    client = world.client(page.looked_at_by())
    address = world.address(page)
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    queries = len(captured)  # the next request empties the log
    times = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - begun)
    return statistics.quantiles(times, n=20)[-1], statistics.median(times), queries


if __name__ == "__main__":
    main()
