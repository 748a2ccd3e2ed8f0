"""Server time and queries of every page, with 10,000 dialogues and one of 100,000 participants.

Each page of the inventory is asked for through Django's client by somebody who may read it, once
to warm up and then twenty times. The ratio is to the baseline: the slowest page that we allow,
100 ms for 95 of 100 answers. Beside the time that passed stands the processor time that Python
took, which others on the machine change less. Weights are what goes over the wire, compressed: the
page, and the scripts and styles that it names. `--small` tries it out on a hundredth, `--all`
prints all pages.
"""

import gc
import gzip
import os
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

import django
from django.core.management import call_command

from brygga.config.postgres import EmbeddedPostgres

TIMES, SLOWEST, MOST_QUERIES = 20, 0.100, 12
SHOWN = 15
STATIC = re.compile(r'(?:src|href)="/static/([^"]+\.(?:js|css))"')


class Row(NamedTuple):
    """What was measured of one page; times in seconds, weights in bytes."""

    page: Any
    slowest: float
    median: float
    processor: float
    queries: int
    weight: int
    assets: int

    def __str__(self) -> str:
        times = " | ".join(
            f"{each * 1000:.0f}" for each in (self.slowest, self.median, self.processor)
        )
        weights = f"{self.weight / 1000:.1f} | {self.assets / 1000:.1f}"
        ratio = self.slowest / SLOWEST
        return f"| {self.page} | {times} | {self.queries} | {weights} | {ratio:.2f} |"


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
    gc.collect()
    gc.freeze()  # what built the world is no page's, and is not walked again for each
    rows = [alone(world, page) for page in PAGES if not (page.posts_only or page.gives_file)]
    rows.sort(key=lambda row: -row.slowest)
    most = len(rows) if "--all" in sys.argv else SHOWN
    print(f"{len(rows)} pages, the slowest {most} first, and all above a goal:\n")
    print(
        "| page | p95 ms | median ms | processor ms | queries | page kB | scripts, styles kB |"
        " p95 to the goal |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for number, row in enumerate(rows):
        if number < most or row.slowest > SLOWEST or row.queries > MOST_QUERIES:
            print(row)
    over = (
        sum(row.slowest > SLOWEST for row in rows),
        sum(row.processor > SLOWEST for row in rows),
        sum(row.queries > MOST_QUERIES for row in rows),
    )
    print(
        f"\n{over[0]} pages above 100 ms ({over[1]} by processor time),"
        f" {over[2]} above {MOST_QUERIES} queries;"
        f" the heaviest page {max(row.weight for row in rows) / 1000:.0f} kB,"
        f" scripts and styles at most {max(row.assets for row in rows) / 1000:.0f} kB."
    )


def alone(world: Any, page: Any) -> Row:
    """Measure a page, and take back what it and its arguments wrote."""
    from django.db import transaction  # noqa: PLC0415 – as above

    with transaction.atomic():
        measured = measure(world, page)
        transaction.set_rollback(True)
    return measured


def measure(world: Any, page: Any) -> Row:
    from django.db import connection  # noqa: PLC0415 – as above
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    world.put_in(page.state)
    client = world.client(page.looked_at_by())
    address = world.address(page)
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    queries = len(captured)  # the next request empties the log
    times, processor = [], []
    for _ in range(TIMES):
        begun, worked = time.perf_counter(), time.process_time()
        response = client.get(address)
        times.append(time.perf_counter() - begun)
        processor.append(time.process_time() - worked)
    content = b"" if response.streaming else response.content
    return Row(
        page,
        slowest=statistics.quantiles(times, n=20)[-1],
        median=statistics.median(times),
        processor=statistics.median(processor),
        queries=queries,
        weight=len(gzip.compress(content)),
        assets=weight_of_assets(content.decode()),
    )


def weight_of_assets(text: str) -> int:
    from django.contrib.staticfiles.finders import find  # noqa: PLC0415 – as above

    files = [find(name) for name in set(STATIC.findall(text))]
    return sum(len(gzip.compress(Path(file).read_bytes())) for file in files if file)


if __name__ == "__main__":
    main()
