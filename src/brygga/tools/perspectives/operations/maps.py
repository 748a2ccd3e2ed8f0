"""Computing the opinion map of a round, and publishing it so that it can be cited."""

from datetime import datetime

import numpy as np
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.core.jobs.models import Job
from brygga.core.jobs.operations import Report, Work, start_job, told_to_nobody
from brygga.dialogues.models import PublishedResult
from brygga.engines import opinion
from brygga.engines.opinion.package import map_document
from brygga.tools.perspectives.enums import MapState
from brygga.tools.perspectives.models import (
    OpinionMap,
    Statement,
    StatementRound,
    VoteEvent,
)
from brygga.tools.perspectives.operations.jobs import COMPUTE, MAP_JOB, QUEUE
from brygga.tools.perspectives.operations.statements import TOOL
from brygga.tools.perspectives.queries.counted import counted_votes
from brygga.tools.perspectives.queries.disclosure import public_document

DEFAULT_METHOD = "classic"
DECIMALS = 6


class NothingToPublishError(Exception):
    """There is no map with groups to publish yet."""


def votes_of(statement_round: StatementRound) -> opinion.VoteMatrix:
    """Give a round's current votes to the engine: participants by key, statements by number."""
    table = np.fromiter(
        (number for row in counted_votes(statement_round) for number in row[:3]), dtype=np.int64
    ).reshape(-1, 3)
    return opinion.vote_matrix(
        table[:, 0],
        table[:, 1],
        table[:, 2],
        known_statements=list(statement_round.statements.values_list("number", flat=True)),
    )


def moderated_out(statement_round: StatementRound) -> list[int]:
    """List what residents do not see, and what therefore shapes nothing."""
    visible = Statement.objects.visible().filter(round=statement_round)
    hidden = statement_round.statements.exclude(pk__in=visible)
    return list(hidden.values_list("number", flat=True))


def last_event(statement_round: StatementRound) -> int:
    newest = VoteEvent.objects.filter(statement__round=statement_round).aggregate(newest=Max("pk"))
    return newest["newest"] or 0


def request_map(*, statement_round: StatementRound) -> None:
    """Ask the worker for a new map; one that already waits to be drawn is enough."""
    job = app.configure_task(COMPUTE, queue=QUEUE, queueing_lock=f"{COMPUTE} {statement_round.pk}")
    try:
        with transaction.atomic():
            job.defer(round_pk=statement_round.pk)
    except AlreadyEnqueued:
        return


def ask_for_map(*, statement_round: StatementRound, back_url: str, by: User, at: datetime) -> Job:
    """Ask for a new map as a job that one can follow; asking twice gives the one that waits."""
    return start_job(
        kind=MAP_JOB,
        subject=statement_round.public_id,
        key=str(statement_round.pk),
        title=gettext("The map is being drawn"),
        work=Work(COMPUTE, QUEUE, {"round_pk": statement_round.pk}),
        back_url=back_url,
        by=by,
        at=at,
    )


@transaction.atomic
def compute_map(
    *,
    statement_round: StatementRound,
    at: datetime,
    method: str = DEFAULT_METHOD,
    report: Report = told_to_nobody,
) -> OpinionMap:
    """Compute the map of all votes so far; for the same votes the map that is there is given."""
    StatementRound.objects.select_for_update().get(pk=statement_round.pk)
    newest = last_event(statement_round)
    report(0, 3, gettext("The answers are fetched."))
    votes = votes_of(statement_round)
    report(1, 3, gettext("The groups are looked for."))
    result = opinion.opinion_map(votes, moderated_out=moderated_out(statement_round), method=method)
    report(2, 3, gettext("The map is saved."))
    return _kept(statement_round, result, newest, at)


def _kept(
    statement_round: StatementRound, result: opinion.OpinionMap, newest: int, at: datetime
) -> OpinionMap:
    shortage = result.shortage
    kept, _ = OpinionMap.objects.update_or_create(
        round=statement_round,
        method=result.method,
        method_version=result.version,
        last_event_id=newest,
        result=None,
        defaults={
            "state": MapState.TOO_FEW if shortage else MapState.READY,
            "computed_at": at,
            "participants": len(result.participants.ids),
            "votes": int(result.participants.votes.sum()),
            "more_needed": shortage.more_participants if shortage else 0,
            "summary": map_document(result),
            "priorities": {
                str(number): float(weight)
                for number, weight in zip(
                    result.statements.ids, result.statements.priority, strict=True
                )
            },
            "positions": positions(result),
        },
    )
    return kept


def positions(result: opinion.OpinionMap) -> list[list[float | int | None]]:
    """Give participant, x, y and group, where there is one, rounded as in the package."""
    people = result.participants
    return [
        [
            int(key),
            round(float(x), DECIMALS) + 0.0,
            round(float(y), DECIMALS) + 0.0,
            None if group == opinion.UNGROUPED else int(group),
        ]
        for key, (x, y), group in zip(people.ids, people.positions, people.groups, strict=True)
    ]


@transaction.atomic
def publish_map(*, opinion_map: OpinionMap, title: str, by: User, at: datetime) -> PublishedResult:
    """Freeze a map's numbers as a result that insights can cite; a map is published once."""
    locked = OpinionMap.objects.select_for_update().select_related("round").get(pk=opinion_map.pk)
    if locked.result is not None:
        return locked.result
    if locked.state != MapState.READY:
        raise NothingToPublishError
    locked.result = PublishedResult.objects.create(
        dialogue_id=locked.round.dialogue_id,
        tool=TOOL,
        title=title,
        method=locked.method,
        method_version=locked.method_version,
        numbers=public_document(locked.summary),
        published_at=at,
        published_by_id=by.pk,
    )
    locked.save(update_fields=["result"])
    record(action="perspectives.map_published", subject=locked.round, by=by, at=at)
    return locked.result
