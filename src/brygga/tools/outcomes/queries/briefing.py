"""The whole picture on one page before the meeting, for those who decide."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from brygga.dialogues.enums import ContributionState, InsightState
from brygga.dialogues.models import Contribution, Insight, Mandate, Participant
from brygga.dialogues.queries import Access, Reader, get_access
from brygga.dialogues.registry import Fact, ResultLink, registry
from brygga.tools.outcomes.models import Proposal
from brygga.tools.outcomes.queries.overview import Promised, promised, public_proposals


@dataclass(frozen=True)
class Briefing:
    access: Access
    mandate: Mandate | None
    people: int
    channels: tuple[tuple[str, int], ...]
    insights: tuple[Insight, ...]
    minority_views: tuple[Insight, ...]
    results: tuple[ResultLink, ...]
    facts: tuple[Fact, ...]
    proposals: tuple[Proposal, ...]
    promises: tuple[Promised, ...]

    @property
    def voices(self) -> int:
        return sum(count for _, count in self.channels)


def get_briefing(user: Reader, public_id: str, *, at: datetime, on: date) -> Briefing:
    """Give the page to everybody who sees the dialogue's workspace; Http404 to others."""
    access = get_access(user, public_id, at=at)
    dialogue = access.dialogue
    heard = list(
        Insight.objects.filter(dialogue=dialogue, state=InsightState.PUBLISHED).order_by(
            "published_at", "pk"
        )
    )
    return Briefing(
        access=access,
        mandate=getattr(dialogue, "mandate", None),
        people=Participant.objects.filter(dialogue=dialogue).count(),
        channels=_channels(dialogue.pk),
        insights=tuple(insight for insight in heard if not insight.is_minority_view),
        minority_views=tuple(insight for insight in heard if insight.is_minority_view),
        results=tuple(registry.results(dialogue)),
        facts=tuple(registry.facts(dialogue, on)),
        proposals=tuple(public_proposals(dialogue)),
        promises=promised(dialogue, on=on),
    )


def _channels(dialogue_id: int) -> tuple[tuple[str, int], ...]:
    """Count the voices by how they came, without those that were withdrawn or erased."""
    gone = Q(state__in=[ContributionState.WITHDRAWN, ContributionState.ERASED])
    counts = (
        Contribution.objects.filter(dialogue=dialogue_id)
        .exclude(gone)
        .values_list("channel")
        .annotate(count=Count("pk"))
        .order_by("-count", "channel")
    )
    labels = dict(Contribution._meta.get_field("channel").flatchoices)
    return tuple((str(labels[channel]), count) for channel, count in counts)
