"""Everything that came of one dialogue, for everybody to read: proposals, actions, promises."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from brygga.dialogues.enums import InsightState
from brygga.dialogues.models import Dialogue, Insight
from brygga.dialogues.queries import Reader, get_public_dialogue, public_dialogues
from brygga.tools.outcomes import rules
from brygga.tools.outcomes.enums import ProposalState, Standing
from brygga.tools.outcomes.models import (
    Action,
    Decision,
    FeedbackPromise,
    PromiseChange,
    Proposal,
    ProposalVerdict,
)
from brygga.tools.outcomes.queries.decision_page import latest_updates


@dataclass(frozen=True)
class Promised:
    """A promise as residents see it on a day, with every new date and its reason."""

    promise: FeedbackPromise
    standing: Standing
    changes: tuple[PromiseChange, ...]

    @property
    def is_broken(self) -> bool:
        return self.standing == Standing.BROKEN


@dataclass(frozen=True)
class Overview:
    dialogue: Dialogue
    decisions: tuple[Decision, ...]
    proposals: tuple[Proposal, ...]
    actions: tuple[Action, ...]
    promises: tuple[Promised, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.decisions or self.proposals or self.actions or self.promises)


def get_overview(public_id: str, reader: Reader, *, on: date) -> Overview:
    """Give what came of a dialogue; raises Http404 to those who may not read it."""
    dialogue = get_public_dialogue(public_id, reader)
    return Overview(
        dialogue=dialogue,
        decisions=tuple(published_decisions(dialogue)),
        proposals=tuple(public_proposals(dialogue)),
        actions=tuple(
            Action.objects.filter(dialogue=dialogue, is_public=True)
            .select_related("proposal")
            .prefetch_related(latest_updates())
            .order_by("due_on", "pk")
        ),
        promises=promised(dialogue, on=on),
    )


def published_decisions(dialogue: Dialogue) -> list[Decision]:
    decisions = list(
        Decision.objects.filter(dialogue=dialogue, published_at__isnull=False)
        .select_related("body")
        .order_by("-decided_on", "-pk")
    )
    for decision in decisions:
        decision.dialogue = dialogue
    return decisions


def public_proposals(dialogue: Dialogue) -> QuerySet[Proposal]:
    """List what is or was public, with the verdicts of published decisions and the insights."""
    return (
        Proposal.objects.filter(dialogue=dialogue)
        .exclude(state=ProposalState.DRAFT)
        .prefetch_related(
            public_verdicts(),
            Prefetch(
                "insights",
                Insight.objects.filter(state=InsightState.PUBLISHED).order_by("published_at", "pk"),
            ),
        )
        .order_by("published_at", "pk")
    )


def public_verdicts() -> "Prefetch[str, QuerySet[ProposalVerdict], str]":
    return Prefetch(
        "verdicts",
        ProposalVerdict.objects.filter(decision__published_at__isnull=False)
        .select_related("decision__body", "decision__dialogue")
        .order_by("-decision__decided_on", "-pk"),
    )


def promised(dialogue: Dialogue, *, on: date) -> tuple[Promised, ...]:
    promises = (
        FeedbackPromise.objects.filter(dialogue=dialogue)
        .select_related("body", "dialogue")
        .prefetch_related(Prefetch("changes", PromiseChange.objects.order_by("at", "pk")))
        .order_by("due_on", "pk")
    )
    return tuple(
        Promised(promise, rules.public_standing(promise, on=on), tuple(promise.changes.all()))
        for promise in promises
    )


def decisions_to_follow(reader: Reader) -> QuerySet[Decision]:
    """List published decisions in all dialogues that this reader may read, the latest first."""
    return (
        Decision.objects.filter(
            published_at__isnull=False,
            dialogue__in=public_dialogues(reader).order_by().values("pk"),
        )
        .select_related("body", "dialogue__organisation")
        .prefetch_related(Prefetch("verdicts", ProposalVerdict.objects.order_by("pk")))
        .order_by("-decided_on", "-pk")
    )
