"""Proposals: drafted, resting on insights, published, and withdrawn with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.core.http.public_ids import new_public_id
from brygga.core.text import clean
from brygga.dialogues.enums import InsightState
from brygga.dialogues.models import Dialogue, Insight
from brygga.tools.outcomes.enums import ProposalState
from brygga.tools.outcomes.models import Proposal
from brygga.tools.outcomes.operations.errors import (
    AlreadyPublishedError,
    ChangedMeanwhileError,
    ForeignRowError,
    NotPublishedError,
    ReasonMissingError,
)


class RestsOnNothingError(Exception):
    """A proposal is published only when it rests on something that we have heard."""


@dataclass(frozen=True)
class Wording:
    """What a proposal says, and the insights that it rests on."""

    title: str
    text: str = ""
    insights: Sequence[Insight] = ()


@transaction.atomic
def draft_proposal(
    *, dialogue: Dialogue, wording: Wording, by: User, at: datetime, client_key: str | None = None
) -> Proposal:
    """Write down a proposal; the same form sent twice makes one."""
    _refuse_foreign(dialogue.pk, wording.insights)
    proposal, is_new = Proposal.objects.get_or_create(
        dialogue=dialogue,
        client_key=client_key or new_public_id(),
        defaults={
            "title": wording.title,
            "text": clean(wording.text, limit=6_000),
            "created_at": at,
        },
    )
    if is_new:
        proposal.insights.set(wording.insights)
        record(action="proposal.draft", subject=proposal, by=by, at=at)
    return proposal


@transaction.atomic
def edit_proposal(
    *, proposal: Proposal, wording: Wording, version: int, by: User, at: datetime
) -> Proposal:
    """Rewrite a draft. Raises ChangedMeanwhileError when it has changed since `version`."""
    proposal = _lock(proposal)
    if proposal.state != ProposalState.DRAFT:
        raise AlreadyPublishedError
    if proposal.version != version:
        raise ChangedMeanwhileError
    _refuse_foreign(proposal.dialogue_id, wording.insights)
    proposal.title = wording.title
    proposal.text = clean(wording.text, limit=6_000)
    proposal.version += 1
    proposal.save(update_fields=["title", "text", "version"])
    proposal.insights.set(wording.insights)
    fields = ["title", "text", "insights"]
    record(action="proposal.edit", subject=proposal, by=by, at=at, fields=fields)
    return proposal


@transaction.atomic
def publish_proposal(*, proposal: Proposal, by: User, at: datetime) -> Proposal:
    proposal = _lock(proposal)
    if proposal.state == ProposalState.PUBLISHED:
        return proposal
    if not proposal.insights.filter(state=InsightState.PUBLISHED).exists():
        raise RestsOnNothingError
    proposal.state = ProposalState.PUBLISHED
    proposal.state_reason = ""
    proposal.published_at = at
    proposal.save(update_fields=["state", "state_reason", "published_at"])
    record(action="proposal.publish", subject=proposal, by=by, at=at, fields=["state"])
    return proposal


@transaction.atomic
def withdraw_proposal(*, proposal: Proposal, reason: str, by: User, at: datetime) -> Proposal:
    """Take a published proposal back; the text and the reason stay readable."""
    reason = clean(reason, limit=500).strip()
    if not reason:
        raise ReasonMissingError
    proposal = _lock(proposal)
    if proposal.state == ProposalState.DRAFT:
        raise NotPublishedError
    proposal.state = ProposalState.WITHDRAWN
    proposal.state_reason = reason
    proposal.save(update_fields=["state", "state_reason"])
    record(action="proposal.withdraw", subject=proposal, by=by, at=at, fields=["state"])
    return proposal


def _lock(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_for_update().get(pk=proposal.pk)


def _refuse_foreign(dialogue_id: int, insights: Sequence[Insight]) -> None:
    if any(insight.dialogue_id != dialogue_id for insight in insights):
        raise ForeignRowError
