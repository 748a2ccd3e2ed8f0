"""What came of it, for everybody: decisions with the walk down, and whether it was done."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from brygga.core.ui import charts
from brygga.tools.outcomes.queries.decision_page import DecisionPage, get_decision_page
from brygga.tools.outcomes.queries.overview import decisions_to_follow, get_overview

PER_PAGE = 20


@login_not_required
@require_safe
@cache_control(private=True)
def follow(request: HttpRequest) -> HttpResponse:
    """The way into "Follow your voice": the latest decisions, and where one's receipt is."""
    decisions = Paginator(decisions_to_follow(request.user), PER_PAGE)
    page = decisions.get_page(request.GET.get("page"))
    return render(request, "outcomes/public/follow.html", {"page": page})


@login_not_required
@require_safe
@cache_control(private=True)
def overview(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    page = get_overview(public_id, request.user, on=localdate())
    if page.dialogue.slug != slug:
        return redirect("outcomes:overview", page.dialogue.slug, public_id)
    context = {
        "page": page,
        "dialogue": page.dialogue,
        **page.dialogue.organisation.as_owner(),
        "today": localdate(),
    }
    return render(request, "outcomes/public/overview.html", context)


@login_not_required
@require_safe
@cache_control(private=True)
def decision(request: HttpRequest, slug: str, public_id: str, decision_id: str) -> HttpResponse:
    page = get_decision_page(public_id, decision_id, request.user)
    if page.dialogue.slug != slug:
        return redirect(page.decision, permanent=True)
    context = {
        "page": page,
        "decision": page.decision,
        "dialogue": page.dialogue,
        **page.dialogue.organisation.as_owner(),
        "picture": picture(page) if page.insights else "",
        "today": localdate(),
    }
    return render(request, "outcomes/public/decision.html", context)


def picture(page: DecisionPage) -> SafeString:
    places: dict[int, int] = {}
    stones: list[charts.Stone] = []
    for judged in page.judged:
        for ground in judged.grounds:
            if ground.insight.pk not in places:
                places[ground.insight.pk] = len(stones)
                stones.append(charts.Stone(ground.insight.text, ground.voices))
    planks = [
        charts.Plank(
            label=f"{judged.proposal.title}: {judged.verdict.get_verdict_display()}",
            answer=judged.verdict.verdict,
            rests_on=[places[ground.insight.pk] for ground in judged.grounds],
        )
        for judged in page.judged
    ]
    return charts.walk(planks, stones, page.voices)
