"""Outcomes for tests: bare rows by the factories, and a whole walk by the function below."""

from dataclasses import dataclass, field
from datetime import date

import factory
from factory.django import DjangoModelFactory

from brygga.dialogues.enums import ContributionState, InsightState, StepKind
from brygga.dialogues.models import Dialogue
from brygga.tools.outcomes.enums import (
    ActionKind,
    ActionState,
    ProposalState,
    Verdict,
)
from brygga.tools.outcomes.models import (
    Action,
    ActionUpdate,
    Decision,
    FeedbackPromise,
    Proposal,
    ProposalVerdict,
)
from tests.factories.accounts import BodyFactory, UserFactory
from tests.factories.dialogues import (
    NOW,
    ContributionFactory,
    DialogueFactory,
    InsightFactory,
    PerspectiveFactory,
    PublishedResultFactory,
    dialogue_in,
)

DECIDED_ON = date(2026, 3, 26)


class ProposalFactory(DjangoModelFactory):
    """A published proposal that rests on nothing yet."""

    class Meta:
        model = Proposal

    dialogue = factory.SubFactory(DialogueFactory)
    title = factory.Sequence(lambda number: f"Behåll skolan för de yngsta {number}")
    text = "Årskurs 1–3 går kvar i byn."
    state = ProposalState.PUBLISHED
    created_at = NOW
    published_at = NOW


class ActionFactory(DjangoModelFactory):
    """A public measure that nobody has told anything of."""

    class Meta:
        model = Action

    dialogue = factory.SubFactory(DialogueFactory)
    kind = ActionKind.MEASURE
    what = factory.Sequence(lambda number: f"En buss till vid fritids slut {number}")
    who = "Tekniska kontoret"
    due_on = date(2026, 8, 17)
    is_public = True
    created_at = NOW


class ActionUpdateFactory(DjangoModelFactory):
    class Meta:
        model = ActionUpdate

    action = factory.SubFactory(ActionFactory)
    state = ActionState.STARTED
    text = "Upphandlingen har börjat."
    at = NOW


class DecisionFactory(DjangoModelFactory):
    """A published decision of a body, without verdicts."""

    class Meta:
        model = Decision

    dialogue = factory.SubFactory(DialogueFactory)
    body = factory.LazyAttribute(
        lambda decision: BodyFactory(organisation=decision.dialogue.organisation)
    )
    decided_on = DECIDED_ON
    dnr = factory.Sequence(lambda number: f"BUN 2026/{number}")
    title = factory.Sequence(lambda number: f"Skolan i Sjöviken blir kvar {number}")
    reasons = "Vi har hört hur viktig skolan är för byn."
    recorded_at = NOW
    published_at = NOW


class ProposalVerdictFactory(DjangoModelFactory):
    class Meta:
        model = ProposalVerdict

    decision = factory.SubFactory(DecisionFactory)
    proposal = factory.LazyAttribute(
        lambda verdict: ProposalFactory(dialogue=verdict.decision.dialogue)
    )
    verdict = Verdict.PARTLY
    reasons = "De yngsta får gå kvar i tre år."


class FeedbackPromiseFactory(DjangoModelFactory):
    class Meta:
        model = FeedbackPromise

    dialogue = factory.LazyFunction(lambda: dialogue_in(StepKind.DECISION))
    text = "Nämnden svarar på varje förslag."
    owner = factory.SubFactory(UserFactory)
    due_on = date(2026, 12, 1)
    created_at = NOW


@dataclass
class Walk:
    """A decision with all that it rests on, and what must never be seen on its pages."""

    dialogue: Dialogue
    decision: Decision
    verdict: ProposalVerdict
    proposal: Proposal
    action: Action
    insight: object
    perspective: object
    result: object
    direct: object
    shared: object
    secrets: list[str] = field(default_factory=list)


def walk_in(dialogue: Dialogue | None = None, **decision_fields: object) -> Walk:
    """Make one of everything between a decision and the voices, and what it must not show."""
    dialogue = dialogue or dialogue_in(StepKind.IMPLEMENTATION)
    direct = ContributionFactory(dialogue=dialogue, text="Min son åker buss en timme.")
    shared = ContributionFactory(dialogue=dialogue, text="Skolan är vår samlingsplats.")
    hidden = ContributionFactory(
        dialogue=dialogue,
        text="Grannen Berit är dum.",
        state=ContributionState.HIDDEN,
        state_reason="Pekar ut någon.",
    )
    withdrawn = ContributionFactory(
        dialogue=dialogue, text="Jag ångrade detta.", state=ContributionState.WITHDRAWN
    )
    closed_voice = ContributionFactory(
        dialogue=dialogue, text="Sagt bara till gruppen i förtroende."
    )
    perspective = PerspectiveFactory(dialogue=dialogue, title="Byns hjärta", is_public=True)
    perspective.contributions.set([shared, hidden])
    closed = PerspectiveFactory(dialogue=dialogue, title="Rädsla för grannarna")
    closed.contributions.set([closed_voice])
    result = PublishedResultFactory(dialogue=dialogue)
    insight = InsightFactory(dialogue=dialogue, state=InsightState.PUBLISHED, published_at=NOW)
    insight.contributions.set([direct, withdrawn])
    insight.perspectives.set([perspective, closed])
    insight.results.set([result])
    draft_insight = InsightFactory(dialogue=dialogue, text="En slutsats som inte är klar")
    proposal = ProposalFactory(dialogue=dialogue)
    proposal.insights.set([insight, draft_insight])
    decision = DecisionFactory(dialogue=dialogue, **decision_fields)
    verdict = ProposalVerdictFactory(decision=decision, proposal=proposal)
    action = ActionFactory(dialogue=dialogue, proposal=proposal, decision=decision)
    ActionUpdateFactory(action=action)
    secret_action = ActionFactory(
        dialogue=dialogue, proposal=proposal, is_public=False, what="Ännu inte bestämt internt"
    )
    secrets = [hidden.text, withdrawn.text, closed_voice.text, closed.title, draft_insight.text]
    secrets += [secret_action.what]
    return Walk(
        dialogue=dialogue,
        decision=decision,
        verdict=verdict,
        proposal=proposal,
        action=action,
        insight=insight,
        perspective=perspective,
        result=result,
        direct=direct,
        shared=shared,
        secrets=secrets,
    )
