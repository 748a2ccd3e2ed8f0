"""What one participant said, and what became of each voice. Nothing of anybody else."""

from dataclasses import dataclass

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
    published = Insight.objects.filter(state=InsightState.PUBLISHED)
    pairs = sorted(
        {
            (number, insight)
            for path in ("contributions", "perspectives__contributions")
            for insight, number in published.filter(**{f"{path}__in": numbers}).values_list(
                "pk", path
            )
        }
    )
    by_key = Insight.objects.select_related("dialogue").in_bulk({key for _, key in pairs})
    cited: dict[int, list[Insight]] = {}
    for number, key in pairs:
        cited.setdefault(number, []).append(by_key[key])
    return cited
