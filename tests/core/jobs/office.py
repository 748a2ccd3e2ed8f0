"""A trial job, and the worker that does it in a process of its own.

Run as a module it works through the queue that is named until it is empty: it can be killed.
"""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlencode

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
QUEUE, TASK, KIND = "trial", "trial.count", "trial.count"


def database_address():
    """Give the address of the test's own database, for another process."""
    from django.db import connection  # noqa: PLC0415 - Django may not be set up yet

    at = connection.settings_dict
    place = urlencode({name: at[name.upper()] for name in ("host", "port") if at[name.upper()]})
    return f"postgresql://{quote(at['USER'])}:{quote(at['PASSWORD'])}@/{at['NAME']}?{place}"


def environment(**more):
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "brygga.config.settings",
        "DATABASE_URL": database_address(),
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        **more,
    }


def start_worker(queue=QUEUE):
    words = [sys.executable, "-m", "tests.core.jobs.office", queue]
    return subprocess.Popen(words, cwd=ROOT, env=environment())


def main():
    import time  # noqa: PLC0415 - used by the worker only

    import django  # noqa: PLC0415 - the test run has set it up already

    django.setup()
    from django.utils import timezone  # noqa: PLC0415 - Django must stand first
    from procrastinate.contrib.django import app  # noqa: PLC0415 - Django must stand first

    from brygga.core.jobs.operations import Outcome, carry_out  # noqa: PLC0415 - see above

    @app.task(name=TASK, queue=QUEUE)
    def count(job_pk, stone):
        def work(progress):
            progress.report(1, 3, "En av tre")
            while Path(stone).exists():
                time.sleep(0.02)
                progress.report(1, 3, "En av tre")
            return Outcome("Tre av tre", "/klart/")

        carry_out(pk=job_pk, work=work, clock=timezone.now)

    connector = app.connector.get_worker_connector()
    with app.replace_connector(connector) as working:
        working.run_worker(queues=sys.argv[1:], wait=False, delete_jobs="successful")


if __name__ == "__main__":
    main()
