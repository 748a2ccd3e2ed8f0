"""What the team sees: lists to sort and filter, one row at a time, and what a form may offer."""

from datetime import date, datetime
from typing import TypeVar

from django.db.models import Count, F, Model, Q, QuerySet
from django.http import Http404

from brygga.dialogues.enums import DialogueState, InsightState
from brygga.dialogues.models import Dialogue, Insight
from brygga.dialogues.queries import Access, Reader, get_access
from brygga.dialogues.rules import Permission
from brygga.tools.outcomes.enums import ENDED, ProposalState
from brygga.tools.outcomes.models import (
    Action,
    ActionUpdate,
    Decision,
    DecisionAmendment,
    FeedbackPromise,
    PromiseChange,
    Proposal,
)

Row = TypeVar("Row", bound=Model)

PROPOSAL_ORDERS = ("title", "state", "created_at")
ACTION_ORDERS = ("what", "who", "due_on", "state")
DECISION_ORDERS = ("title", "decided_on", "published_at")
PROMISE_ORDERS = ("text", "due_on", "state")


def enter(
    user: Reader,
    public_id: str,
    permission: Permission = Permission.SEE_WORKSPACE,
    *,
    at: datetime,
) -> Access:
    """Give the dialogue to whoever may see its workspace, or do what the permission says."""
    return get_access(user, public_id, permission, at=at)


def enter_action(user: Reader, public_id: str, action_id: str, *, at: datetime) -> Access:
    """Let in whoever records outcomes, and the official who follows just this action up."""
    access = get_access(user, public_id, Permission.SEE_WORKSPACE, at=at)
    mine = Action.objects.filter(
        dialogue=access.dialogue, public_id=action_id, owner_id=user.pk
    ).exclude(dialogue__state=DialogueState.CANCELLED)
    if not (access.may(Permission.RECORD_OUTCOMES) or mine.exists()):
        raise Http404
    return access


def list_proposals(dialogue: Dialogue, *, state: str, order: str) -> QuerySet[Proposal]:
    rows = Proposal.objects.filter(dialogue=dialogue).annotate(
        insight_count=Count("insights", distinct=True),
        action_count=Count("actions", distinct=True),
        verdict_count=Count("verdicts", distinct=True),
    )
    return _ordered(rows.filter(state=state) if state else rows, order)


def list_actions(
    dialogue: Dialogue, *, state: str, is_late: bool, on: date, order: str
) -> QuerySet[Action]:
    rows = Action.objects.filter(dialogue=dialogue).select_related("proposal", "owner")
    if state:
        rows = rows.filter(state=state)
    if is_late:
        rows = rows.filter(due_on__lt=on).exclude(state__in=ENDED)
    return _ordered(rows, order)


def list_decisions(dialogue: Dialogue, *, order: str) -> QuerySet[Decision]:
    rows = (
        Decision.objects.filter(dialogue=dialogue)
        .select_related("body", "dialogue")
        .annotate(verdict_count=Count("verdicts"))
    )
    return _ordered(rows, order)


def list_promises(dialogue: Dialogue, *, state: str, order: str) -> QuerySet[FeedbackPromise]:
    rows = (
        FeedbackPromise.objects.filter(dialogue=dialogue)
        .select_related("owner", "body", "dialogue")
        .annotate(change_count=Count("changes"))
    )
    return _ordered(rows.filter(state=state) if state else rows, order)


def get_proposal_in(dialogue: Dialogue, public_id: str) -> Proposal:
    return _get(Proposal.objects.prefetch_related("insights"), dialogue, public_id)


def get_action_in(dialogue: Dialogue, public_id: str) -> Action:
    return _get(
        Action.objects.select_related("proposal", "decision", "body", "owner"), dialogue, public_id
    )


def get_decision_in(dialogue: Dialogue, public_id: str) -> Decision:
    return _get(Decision.objects.select_related("body"), dialogue, public_id)


def updates_of(action: Action) -> QuerySet[ActionUpdate]:
    return action.updates.select_related("by").order_by("-at", "-pk")


def amendments_of(decision: Decision) -> QuerySet[DecisionAmendment]:
    return decision.amendments.order_by("at", "pk")


def changes_of(promise: FeedbackPromise) -> QuerySet[PromiseChange]:
    return promise.changes.select_related("by").order_by("-at", "-pk")


def insights_to_rest_on(dialogue: Dialogue, proposal: Proposal | None) -> QuerySet[Insight]:
    """List published insights, and the drafts that the proposal already rests on."""
    offered = Q(state=InsightState.PUBLISHED)
    if proposal:
        offered |= Q(pk__in=proposal.insights.values("pk"))
    return Insight.objects.filter(offered, dialogue=dialogue).order_by("created_at", "pk")


def proposals_to_answer(dialogue: Dialogue) -> QuerySet[Proposal]:
    """List the proposals that a decision may answer: those that are published."""
    return Proposal.objects.filter(dialogue=dialogue, state=ProposalState.PUBLISHED).order_by(
        "published_at", "pk"
    )


def proposals_in(dialogue: Dialogue) -> QuerySet[Proposal]:
    return (
        Proposal.objects.filter(dialogue=dialogue)
        .exclude(state=ProposalState.WITHDRAWN)
        .order_by("created_at", "pk")
    )


def decisions_in(dialogue: Dialogue) -> QuerySet[Decision]:
    return Decision.objects.filter(dialogue=dialogue).order_by("-decided_on", "pk")


def _get(rows: QuerySet[Row], dialogue: Dialogue, public_id: str) -> Row:
    row = rows.filter(dialogue=dialogue, public_id=public_id).first()
    if row is None:
        raise Http404
    row.dialogue = dialogue  # type: ignore[attr-defined] # every row here has one
    return row


def _ordered(rows: QuerySet[Row], order: str) -> QuerySet[Row]:
    key = F(order.removeprefix("-"))
    by = key.desc(nulls_last=True) if order.startswith("-") else key.asc(nulls_last=True)
    return rows.order_by(by, "pk")
