"""One insight with what it rests on, down to the voices, and what rests on it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.http import Http404

from brygga.dialogues.enums import ContributionState, InsightState
from brygga.dialogues.models import Contribution, Dialogue, Insight, Perspective, PublishedResult
from brygga.dialogues.queries.access import Reader, get_public_dialogue
from brygga.dialogues.queries.counting import counted_in_public
from brygga.dialogues.registry import ResultLink, Use, registry

VOICES_SHOWN = 20
VOICES_PER_PERSPECTIVE = 5


@dataclass(frozen=True)
class CitedResult:
    """A result as it was frozen, with the sentence and the address that its tool offers."""

    result: PublishedResult
    link: ResultLink | None

    @property
    def numbers(self) -> list[tuple[str, object]]:
        """Give the plain numbers; lists and tables are read in the tool."""
        return [
            (name.replace("_", " "), value)
            for name, value in self.result.numbers.items()
            if isinstance(value, int | float | str) and not isinstance(value, bool)
        ]


@dataclass(frozen=True)
class PublicInsight:
    dialogue: Dialogue
    insight: Insight
    results: tuple[CitedResult, ...]
    perspectives: tuple[Perspective, ...]
    voices: tuple[Contribution, ...]
    voices_left_out: int
    rests_on_this: tuple[Use, ...]


def get_public_insight(public_id: str, insight_id: str, reader: Reader) -> PublicInsight:
    """Give a published insight; raises Http404 to those who may not read the dialogue."""
    dialogue = get_public_dialogue(public_id, reader)
    insight = (
        dialogue.insights.filter(public_id=insight_id, state=InsightState.PUBLISHED)
        .annotate(
            open_voices=Count(
                "contributions",
                filter=counted_in_public("contributions__"),
                distinct=True,
            )
        )
        .prefetch_related(
            "results",
            Prefetch("contributions", _published_voices()[:VOICES_SHOWN], to_attr="shown_voices"),
            Prefetch("perspectives", _open_perspectives()),
        )
        .first()
    )
    if insight is None:
        raise Http404
    perspectives = tuple(insight.perspectives.all())
    above = {voice.pk for each in perspectives for voice in _shown(each)}
    voices = tuple(voice for voice in insight.shown_voices if voice.pk not in above)
    links = {link.public_id: link for link in registry.results(dialogue)}
    return PublicInsight(
        dialogue=dialogue,
        insight=insight,
        results=tuple(
            CitedResult(result, links.get(result.public_id)) for result in insight.results.all()
        ),
        perspectives=perspectives,
        voices=voices,
        voices_left_out=insight.open_voices - len(insight.shown_voices),
        rests_on_this=tuple(registry.rests_on([insight.pk])[insight.pk]),
    )


def _shown(perspective: Any) -> list[Contribution]:
    """Give what the prefetch of `_open_perspectives` put on the perspective."""
    voices: list[Contribution] = perspective.shown_voices
    return voices


def _published_voices() -> QuerySet[Contribution]:
    return Contribution.objects.filter(state=ContributionState.PUBLISHED).order_by(
        "received_at", "pk"
    )


def _open_perspectives() -> QuerySet[Perspective]:
    return (
        Perspective.objects.filter(is_public=True)
        .annotate(
            voice_count=Count(
                "contributions", filter=counted_in_public("contributions__"), distinct=True
            )
        )
        .prefetch_related(
            Prefetch(
                "contributions",
                _published_voices()[:VOICES_PER_PERSPECTIVE],
                to_attr="shown_voices",
            )
        )
        .order_by("pk")
    )
