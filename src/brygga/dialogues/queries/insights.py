"""Insights, and what they can rest on."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import Http404

from brygga.core.spelling import find_in_text
from brygga.dialogues.enums import ContributionState
from brygga.dialogues.models import (
    Contribution,
    Dialogue,
    Insight,
    Perspective,
    PublishedResult,
)

GONE = (ContributionState.HIDDEN, ContributionState.WITHDRAWN, ContributionState.ERASED)
MOST_OFFERED = 40


@dataclass(frozen=True)
class Citable:
    """What an insight of one dialogue may cite; of the voices, `offered` are shown to choose."""

    results: QuerySet[PublishedResult]
    perspectives: QuerySet[Perspective]
    contributions: QuerySet[Contribution]
    cited: tuple[Contribution, ...]
    offered: tuple[Contribution, ...]


def insights_of(dialogue: Dialogue) -> QuerySet[Insight]:
    """List insights with the number of their citations, drafts first, then the latest."""
    return (
        Insight.objects.filter(dialogue=dialogue)
        .annotate(
            result_count=Count("results", distinct=True),
            perspective_count=Count("perspectives", distinct=True),
            contribution_count=Count("contributions", distinct=True),
        )
        .order_by("state", "-created_at", "pk")
    )


def get_insight_in(dialogue: Dialogue, public_id: str) -> Insight:
    insight = Insight.objects.filter(dialogue=dialogue, public_id=public_id).first()
    if insight is None:
        raise Http404
    return insight


def citable_in(dialogue: Dialogue, *, cited_by: Insight | None, words: str = "") -> Citable:
    """Give what may be cited: voices that are cited already, then those that hold the words."""
    voices = Contribution.objects.filter(dialogue=dialogue).exclude(state__in=GONE)
    cited = list(voices.filter(insights=cited_by).order_by("pk")) if cited_by else []
    latest = voices.exclude(pk__in=[voice.pk for voice in cited]).order_by("-received_at", "-pk")
    others = find_in_text(latest, words)
    return Citable(
        results=PublishedResult.objects.filter(dialogue=dialogue).order_by("-published_at", "pk"),
        perspectives=Perspective.objects.filter(dialogue=dialogue).order_by("title", "pk"),
        contributions=voices,
        cited=tuple(cited),
        offered=(*cited, *others[:MOST_OFFERED]),
    )
