"""A decision as its own page: verdicts, actions, and the walk down to the voices."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from brygga.dialogues.enums import InsightState
from brygga.dialogues.models import Dialogue, Insight, Perspective, PublishedResult
from brygga.dialogues.queries import Reader, get_public_dialogue
from brygga.tools.outcomes.enums import ProposalState
from brygga.tools.outcomes.models import (
    Action,
    ActionUpdate,
    Decision,
    DecisionAmendment,
    Proposal,
    ProposalVerdict,
)
from brygga.tools.outcomes.queries.voices import Heard, Voices, voices_under


@dataclass(frozen=True)
class Shared:
    """A perspective under an insight, with the voices that share it."""

    perspective: Perspective
    heard: Heard


@dataclass(frozen=True)
class Ground:
    """An insight under a proposal, and what it rests on. Walked once; told again by a link."""

    insight: Insight
    is_told_above: bool
    letter: str  # in the picture of the walk
    results: tuple[PublishedResult, ...]
    perspectives: tuple[Shared, ...]
    heard: Heard
    voices: int  # different ones, however they came here


@dataclass(frozen=True)
class Judged:
    """A proposal with what the decision says of it, what it leads to and what it rests on."""

    verdict: ProposalVerdict
    proposal: Proposal
    actions: tuple[Action, ...]
    grounds: tuple[Ground, ...]


@dataclass(frozen=True)
class DecisionPage:
    dialogue: Dialogue
    decision: Decision
    judged: tuple[Judged, ...]
    other_actions: tuple[Action, ...]
    amendments: tuple[DecisionAmendment, ...]
    voices: int
    insights: int

    @property
    def actions(self) -> tuple[Action, ...]:
        own = tuple(action for judged in self.judged for action in judged.actions)
        return own + self.other_actions


def get_decision_page(public_id: str, decision_id: str, reader: Reader) -> DecisionPage:
    """Give a published decision; raises Http404 to those who may not read the dialogue."""
    dialogue = get_public_dialogue(public_id, reader)
    decision = (
        Decision.objects.filter(
            dialogue=dialogue, public_id=decision_id, published_at__isnull=False
        )
        .select_related("body")
        .first()
    )
    if decision is None:
        raise Http404
    decision.dialogue = dialogue
    verdicts = list(
        decision.verdicts.exclude(proposal__state=ProposalState.DRAFT)
        .select_related("proposal")
        .prefetch_related(Prefetch("proposal__insights", published_insights()))
        .order_by("pk")
    )
    actions = list(public_actions(decision, verdicts))
    insights = {insight.pk for verdict in verdicts for insight in verdict.proposal.insights.all()}
    voices = voices_under(sorted(insights))
    return DecisionPage(
        dialogue=dialogue,
        decision=decision,
        judged=_judge(verdicts, actions, voices),
        other_actions=tuple(
            action
            for action in actions
            if action.proposal_id not in {verdict.proposal_id for verdict in verdicts}
        ),
        amendments=tuple(decision.amendments.order_by("at", "pk")),
        voices=voices.total,
        insights=len(insights),
    )


def published_insights() -> QuerySet[Insight]:
    return (
        Insight.objects.filter(state=InsightState.PUBLISHED)
        .prefetch_related(
            Prefetch("results", PublishedResult.objects.defer("numbers").order_by("pk")),
            Prefetch("perspectives", Perspective.objects.filter(is_public=True).order_by("pk")),
        )
        .order_by("published_at", "pk")
    )


def public_actions(decision: Decision, verdicts: list[ProposalVerdict]) -> QuerySet[Action]:
    proposals = [verdict.proposal_id for verdict in verdicts]
    return (
        Action.objects.filter(Q(decision=decision) | Q(proposal__in=proposals), is_public=True)
        .prefetch_related(latest_updates())
        .order_by("due_on", "pk")
    )


def latest_updates() -> "Prefetch[str, QuerySet[ActionUpdate], str]":
    return Prefetch("updates", ActionUpdate.objects.order_by("-at", "-pk"))


def _judge(
    verdicts: list[ProposalVerdict], actions: list[Action], voices: Voices
) -> tuple[Judged, ...]:
    letters: dict[int, str] = {}
    judged = []
    for verdict in verdicts:
        grounds = []
        for insight in verdict.proposal.insights.all():
            is_told_above = insight.pk in letters
            letter = letters.setdefault(insight.pk, chr(ord("a") + len(letters)))
            grounds.append(_ground(insight, voices, letter, is_told_above=is_told_above))
        own = tuple(action for action in actions if action.proposal_id == verdict.proposal_id)
        judged.append(Judged(verdict, verdict.proposal, own, tuple(grounds)))
    return tuple(judged)


def _ground(insight: Insight, voices: Voices, letter: str, *, is_told_above: bool) -> Ground:
    return Ground(
        insight=insight,
        is_told_above=is_told_above,
        letter=letter,
        results=tuple(insight.results.all()),
        perspectives=tuple(
            Shared(perspective, voices.under(insight.pk, perspective.pk))
            for perspective in insight.perspectives.all()
        ),
        heard=voices.under(insight.pk),
        voices=voices.of_insight(insight.pk),
    )
