"""The whole picture on one page before the meeting, for those who decide."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, Value

from brygga.dialogues.enums import ContributionState, InsightState
from brygga.dialogues.models import Contribution, Insight, Mandate, Participant
from brygga.dialogues.queries import Access, Reader, get_access
from brygga.dialogues.registry import ResultLink, registry
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
    proposals: tuple[Proposal, ...]
    promises: tuple[Promised, ...]

    @property
    def voices(self) -> int:
        return sum(count for _, count in self.channels)


def get_briefing(user: Reader, public_id: str, *, at: datetime, on: date) -> Briefing:
    """Give the page to everybody who sees the dialogue's workspace; Http404 to others."""
    access = get_access(user, public_id, at=at)
    dialogue = access.dialogue
    people, channels = _turnout(dialogue.pk)
    heard = list(
        Insight.objects.filter(dialogue=dialogue, state=InsightState.PUBLISHED).order_by(
            "published_at", "pk"
        )
    )
    return Briefing(
        access=access,
        mandate=getattr(dialogue, "mandate", None),
        people=people,
        channels=channels,
        insights=tuple(insight for insight in heard if not insight.is_minority_view),
        minority_views=tuple(insight for insight in heard if insight.is_minority_view),
        results=tuple(registry.results(dialogue)),
        proposals=tuple(public_proposals(dialogue)),
        promises=promised(dialogue, on=on),
    )


def _turnout(dialogue_id: int) -> tuple[int, tuple[tuple[str, int], ...]]:
    """Count who takes part, and the voices by how they came, but for withdrawn and erased ones."""
    gone = Q(state__in=[ContributionState.WITHDRAWN, ContributionState.ERASED])
    voices = (
        Contribution.objects.filter(dialogue=dialogue_id)
        .exclude(gone)
        .annotate(came_by=F("channel"))
        .values_list("came_by")
        .annotate(count=Count("pk"))
        .order_by()
    )
    people = (
        Participant.objects.filter(dialogue=dialogue_id)
        .annotate(came_by=Value(""))
        .values_list("came_by")
        .annotate(count=Count("pk"))
        .order_by()
    )
    counts = dict(voices.union(people, all=True))
    labels = dict(Contribution._meta.get_field("channel").flatchoices)
    number = counts.pop("", 0)
    in_order = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return number, tuple((str(labels[channel]), count) for channel, count in in_order)
