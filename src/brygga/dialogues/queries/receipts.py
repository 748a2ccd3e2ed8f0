"""What one participant said, and what became of each voice. Nothing of anybody else."""

from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Value

from brygga.dialogues.enums import WITHDRAWABLE, InsightState
from brygga.dialogues.models import Contribution, Insight, Participant
from brygga.dialogues.registry import Event, Fact, Outcome, registry


@dataclass(frozen=True)
class Voice:
    """One contribution, the insights that cite it, and what the tools say became of it."""

    contribution: Contribution
    insights: tuple[Insight, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def can_be_withdrawn(self) -> bool:
        return self.contribution.state in WITHDRAWABLE


@dataclass(frozen=True)
class Receipt:
    participant: Participant
    voices: tuple[Voice, ...]
    answers: tuple[Fact, ...]
    timeline: tuple[Event, ...]


def get_receipt(participant: Participant) -> Receipt:
    contributions = list(participant.contributions.order_by("received_at", "pk"))
    numbers = [contribution.pk for contribution in contributions]
    outcomes = registry.what_became_of(numbers) if numbers else {}
    insights = _insights_citing(numbers) if numbers else {}
    return Receipt(
        participant=participant,
        voices=tuple(
            Voice(
                contribution,
                tuple(insights.get(contribution.pk, ())),
                tuple(outcomes.get(contribution.pk, ())),
            )
            for contribution in contributions
        ),
        answers=tuple(registry.receipt(participant)),
        timeline=tuple(registry.timeline(participant.dialogue)),
    )


def _insights_citing(numbers: list[int]) -> dict[int, list[Insight]]:
    """Give the published insights that cite each voice, directly or through a perspective."""
    direct = Q(contributions__in=numbers)
    through = Q(perspectives__contributions__in=numbers)
    insights = (
        Insight.objects.filter(direct | through, state=InsightState.PUBLISHED)
        .annotate(
            direct=_keys("contributions", direct),
            through=_keys("perspectives__contributions", through),
        )
        .order_by("published_at", "pk")
    )
    cited: dict[int, list[Insight]] = {number: [] for number in numbers}
    for insight in insights:
        for number in set(insight.direct) | set(insight.through):
            cited[number].append(insight)
    return cited


def _keys(path: str, which: Q) -> ArrayAgg:
    return ArrayAgg(path, filter=which, distinct=True, default=Value([]))
