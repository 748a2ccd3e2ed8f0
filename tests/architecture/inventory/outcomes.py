"""What came of it: public pages, and the team's own. Rights are those of the dialogue's rules."""

from brygga.dialogues.enums import InsightState
from brygga.tools.outcomes.enums import ProposalState
from tests.architecture.inventory.page import EVERYBODY, NOBODY, READERS, Page, own
from tests.factories.dialogues import NOW, ContributionFactory, InsightFactory, PerspectiveFactory
from tests.factories.outcomes import (
    ActionFactory,
    ActionUpdateFactory,
    DecisionFactory,
    FeedbackPromiseFactory,
    ProposalFactory,
    ProposalVerdictFactory,
)

DESK = own("owner", "process_leader", "elected", "registrar", "secretary")
OFFICE = own("owner", "process_leader", "secretary")
MEMBERS = frozenset(reader for reader in READERS if reader.startswith("own "))


def readers(state):
    """What is published is for everybody; what is internal is for the owner's members."""
    if state == "draft":
        return NOBODY
    return MEMBERS if state == "internal" else EVERYBODY


def recorders(state):
    return NOBODY if state == "cancelled" else OFFICE


def pid(world):
    return (world.dialogue.public_id,)


def public(world):
    return (world.dialogue.slug, world.dialogue.public_id)


def draft(world):
    proposal = ProposalFactory(
        dialogue=world.dialogue, state=ProposalState.DRAFT, published_at=None
    )
    return (world.dialogue.public_id, proposal.public_id)


def action(world):
    row = ActionFactory(dialogue=world.dialogue, is_public=False)
    return (world.dialogue.public_id, row.public_id)


def promise(world):
    row = FeedbackPromiseFactory(dialogue=world.dialogue, owner=world.leader)
    return (world.dialogue.public_id, row.public_id)


def draft_decision(world):
    row = DecisionFactory(dialogue=world.dialogue, body=world.body, published_at=None)
    return (world.dialogue.public_id, row.public_id)


def decision_of(world):
    known = world.dialogue.decisions.filter(published_at__isnull=False).order_by("pk").first()
    return known or DecisionFactory(dialogue=world.dialogue, body=world.body)


def published_decision(world):
    return (*public(world), decision_of(world).public_id)


def fill(world, count):
    """Add whole walks: a verdict on a proposal that rests on insights, perspectives and voices."""
    decision = decision_of(world)
    for _ in range(count):
        insight = InsightFactory(
            dialogue=world.dialogue, state=InsightState.PUBLISHED, published_at=NOW
        )
        perspective = PerspectiveFactory(dialogue=world.dialogue, is_public=True)
        insight.perspectives.add(perspective)
        for _ in range(2):
            perspective.contributions.add(ContributionFactory(dialogue=world.dialogue))
            insight.contributions.add(ContributionFactory(dialogue=world.dialogue))
        proposal = ProposalFactory(dialogue=world.dialogue)
        proposal.insights.add(insight)
        ProposalVerdictFactory(decision=decision, proposal=proposal)
        ActionUpdateFactory(action=ActionFactory(dialogue=world.dialogue, proposal=proposal))
        FeedbackPromiseFactory(dialogue=world.dialogue, owner=world.leader)


def fill_decisions(world, count):
    for _ in range(count):
        decision = DecisionFactory(dialogue=world.dialogue, body=world.body)
        ProposalVerdictFactory(decision=decision)


def desk(name, **more):
    return Page(f"outcomes:{name}", DESK, arguments=pid, depends_on_state=True, **more)


def office(name, arguments, **more):
    return Page(f"outcomes:{name}", recorders, arguments=arguments, depends_on_state=True, **more)


PAGES = (
    Page("outcomes:follow", EVERYBODY, public=True, fill=fill_decisions),
    Page(
        "outcomes:overview",
        readers,
        arguments=public,
        public=True,
        fill=fill,
        depends_on_state=True,
    ),
    Page(
        "outcomes:decision",
        readers,
        arguments=published_decision,
        public=True,
        fill=fill,
        depends_on_state=True,
    ),
    desk("briefing", fill=fill),
    desk("proposals", fill=fill),
    desk("actions", fill=fill),
    desk("decisions", fill=fill_decisions),
    desk("promises", fill=fill),
    office("proposal_new", pid),
    office("proposal", draft),
    office("proposal_state", draft, posts_only=True),
    office("action_new", pid),
    office("action", action),
    office("action_publish", action, posts_only=True),
    office("action_update", action, posts_only=True),
    office("decision_new", pid, fill=fill),
    office("decision_edit", draft_decision),
    office("decision_publish", draft_decision, posts_only=True),
    office("decision_amend", draft_decision, posts_only=True),
    office("promise_new", pid),
    Page("outcomes:promise", DESK, arguments=promise, depends_on_state=True),
    Page(
        "outcomes:promise_keep",
        recorders,
        arguments=promise,
        posts_only=True,
        refused=own("elected", "registrar"),
    ),
    Page(
        "outcomes:promise_move",
        own("process_leader", "secretary"),
        arguments=promise,
        posts_only=True,
        refused=own("owner", "elected", "registrar"),
    ),
)
