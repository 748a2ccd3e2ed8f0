"""Maps are drawn by the worker: when asked for, and every ten minutes where votes are new."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from procrastinate.contrib.django import app

from brygga.core.jobs.operations import JobFailedError, Outcome, Progress, carry_out
from brygga.engines.opinion.polis import PolisError
from brygga.tools.perspectives.operations import uploads
from brygga.tools.perspectives.operations.imports import import_polis
from brygga.tools.perspectives.operations.jobs import COMPUTE, QUEUE, READ_IN
from brygga.tools.perspectives.operations.maps import compute_map, request_map
from brygga.tools.perspectives.queries.rounds import get_round, rounds_with_new_votes


@app.task(name=COMPUTE, queue=QUEUE)
def compute(round_pk: int, job_pk: int | None = None) -> None:
    statement_round = get_round(round_pk)
    if job_pk is None:
        compute_map(statement_round=statement_round, at=timezone.now())
        return

    def work(progress: Progress) -> Outcome:
        compute_map(statement_round=statement_round, at=timezone.now(), report=progress.report)
        return Outcome(
            gettext("The map shows all answers so far."),
            reverse("perspectives:map", args=[statement_round.public_id]),
        )

    carry_out(pk=job_pk, work=work, clock=timezone.now)


@app.task(name=READ_IN, queue=QUEUE)
def read_in(round_pk: int, folder: str, by_pk: int, job_pk: int) -> None:
    statement_round = get_round(round_pk)

    def work(progress: Progress) -> Outcome:
        with uploads.uploaded(folder) as (votes, statements):
            try:
                done = import_polis(
                    statement_round=statement_round,
                    votes=votes,
                    statements=statements,
                    by=uploads.who_asked(by_pk),
                    at=timezone.now(),
                    report=progress.report,
                )
            except PolisError as error:
                words = gettext("Nothing was read in. %(fault)s") % {"fault": error}
                raise JobFailedError(words) from error
        words = gettext("Read in: %(statements)d statements, %(people)d people, %(votes)d votes.")
        told = {"statements": done.statements, "people": done.participants, "votes": done.votes}
        return Outcome(
            words % told, reverse("perspectives:round", args=[statement_round.public_id])
        )

    carry_out(pk=job_pk, work=work, clock=timezone.now)
    uploads.forget(folder)


@app.periodic(cron="*/10 * * * *")
@app.task(name="perspectives.sweep", queue=QUEUE, queueing_lock="perspectives.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001 – Procrastinate gives periodic tasks their time
    for statement_round in rounds_with_new_votes():
        request_map(statement_round=statement_round)


@app.periodic(cron="30 3 * * *")
@app.task(name="perspectives.forget_uploads", queue=QUEUE, queueing_lock="perspectives.uploads")
def forget_uploads(timestamp: int) -> None:  # noqa: ARG001 – Procrastinate gives the time
    uploads.forget_old_uploads(at=timezone.now())
