"""Maps are drawn by the worker: when asked for, and every ten minutes where votes are new."""

from django.utils import timezone
from procrastinate.contrib.django import app

from brygga.tools.perspectives.operations.jobs import COMPUTE, QUEUE
from brygga.tools.perspectives.operations.maps import compute_map, request_map
from brygga.tools.perspectives.queries.rounds import get_round, rounds_with_new_votes


@app.task(name=COMPUTE, queue=QUEUE)
def compute(round_pk: int) -> None:
    compute_map(statement_round=get_round(round_pk), at=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="perspectives.sweep", queue=QUEUE, queueing_lock="perspectives.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001 – Procrastinate gives periodic tasks their time
    for statement_round in rounds_with_new_votes():
        request_map(statement_round=statement_round)
