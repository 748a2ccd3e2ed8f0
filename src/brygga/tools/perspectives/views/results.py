"""What came of the answers: the end of taking part, the result, and what to recount it from."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from brygga.tools.perspectives import rules
from brygga.tools.perspectives.models import OpinionMap
from brygga.tools.perspectives.queries import exports, grants, rounds
from brygga.tools.perspectives.queries.results import Result, result_of, you_in
from brygga.tools.perspectives.views.visit import Visit, visit


@login_not_required
@require_safe
def done(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where one stands, the receipt, and what happens next."""
    here = visit(request, public_id)
    progress = rounds.progress(here.round, here.participant)
    may_see = _may_see(here, progress.answered)
    result = _result(here, rounds.latest_map(here.round)) if may_see else None
    return here.page(
        "perspectives/public/done.html",
        progress=progress,
        result=result,
        you=you_in(result, here.participant) if result and result.groups else None,
        more_needed=_more_needed(here, progress),
    )


@login_not_required
@require_safe
def results(request: HttpRequest, public_id: str) -> HttpResponse:
    here = visit(request, public_id)
    progress = rounds.progress(here.round, here.participant)
    if not _may_see(here, progress.answered):
        return here.page(
            "perspectives/public/results_closed.html",
            progress=progress,
            more_needed=_more_needed(here, progress),
        )
    latest = rounds.latest_map(here.round)
    result = _result(here, latest)
    return here.page(
        "perspectives/public/results.html",
        opinion_map=latest,
        result=result,
        you=you_in(result, here.participant) if result and result.groups else None,
    )


@login_not_required
@require_safe
def result_file(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """Give the result's numbers as open data, as far as residents see them."""
    here = visit(request, public_id)
    latest = rounds.latest_map(here.round)
    answered = rounds.progress(here.round, here.participant).answered
    if latest is None or not _may_see(here, answered):
        raise Http404
    with_groups = rules.may_see_groups(here.round)
    if form == "json":
        return JsonResponse(exports.open_document(latest, with_groups=with_groups))
    text = exports.open_table(latest, with_groups=with_groups)
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{public_id}.csv"'},
    )


@login_not_required
@require_safe
def package(_request: HttpRequest, grant_id: str, secret: str = "") -> HttpResponse:
    """Give the row-level package to those whom the owning body lets have it."""
    grant = grants.get_grant(grant_id, secret, at=timezone.now())
    return HttpResponse(
        exports.row_package(grant.round),
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="underlag-{grant.round.public_id}.zip"',
            "Cache-Control": "private, no-store",
        },
    )


def _may_see(here: Visit, answered: int) -> bool:
    return rules.may_see_results(here.round, answered, here.at)


def _more_needed(here: Visit, progress: rounds.Progress) -> int:
    return max(here.round.answers_needed - progress.answered, 0)


def _result(here: Visit, latest: OpinionMap | None) -> Result | None:
    return result_of(latest, with_groups=rules.may_see_groups(here.round))
