"""What one participant said, and what became of each voice. Nothing of anybody else."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Value
from django.http import Http404

from brygga.dialogues.enums import WITHDRAWABLE, ContributionState, InsightState
from brygga.dialogues.models import Contribution, Insight, Participant
from brygga.dialogues.queries.assessments import Told, told_of
from brygga.dialogues.queries.moderation import usual_wait
from brygga.dialogues.registry import Event, Fact, Outcome, registry


@dataclass(frozen=True)
class Voice:
    """One contribution, the insights that cite it, and what the tools say became of it."""

    contribution: Contribution
    insights: tuple[Insight, ...]
    outcomes: tuple[Outcome, ...]
    told: Told

    @property
    def can_be_withdrawn(self) -> bool:
        return self.contribution.state in WITHDRAWABLE


@dataclass(frozen=True)
class Receipt:
    participant: Participant
    voices: tuple[Voice, ...]
    answers: tuple[Fact, ...]
    timeline: tuple[Event, ...]
    usual_wait: timedelta | None


def get_receipt(participant: Participant) -> Receipt:
    contributions = list(participant.contributions.order_by("received_at", "pk"))
    told = told_of(contributions) if contributions else {}
    stands_in = {key: each.stands_in.pk for key, each in told.items() if each.stands_in}
    numbers = list(dict.fromkeys([*told, *stands_in.values()]))
    outcomes = registry.what_became_of(numbers) if numbers else {}
    insights = _insights_citing(numbers) if numbers else {}

    def voice(contribution: Contribution) -> Voice:
        # What became of the voice that a merged one stands in became of the merged one too.
        keys = [contribution.pk, stands_in.get(contribution.pk, contribution.pk)]
        return Voice(
            contribution,
            tuple(dict.fromkeys(found for key in keys for found in insights.get(key, ()))),
            tuple(dict.fromkeys(found for key in keys for found in outcomes.get(key, ()))),
            told[contribution.pk],
        )

    waits = any(each.state == ContributionState.WAITING for each in contributions)
    return Receipt(
        participant=participant,
        voices=tuple(voice(contribution) for contribution in contributions),
        usual_wait=usual_wait(participant.dialogue) if waits else None,
        answers=tuple(registry.receipt(participant)),
        timeline=tuple(registry.timeline(participant.dialogue)),
    )


def get_own_voice(participant: Participant, public_id: str) -> Voice:
    """Give one's own contribution and what is told of it; Http404 for anybody else's."""
    contribution = participant.contributions.filter(public_id=public_id).first()
    if contribution is None:
        raise Http404
    return Voice(contribution, (), (), told_of([contribution])[contribution.pk])


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
