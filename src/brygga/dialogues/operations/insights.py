"""What we have heard: one claim at a time, and what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.dialogues.enums import InsightState
from brygga.dialogues.models import (
    Contribution,
    Dialogue,
    Insight,
    Perspective,
    PublishedResult,
)
from brygga.dialogues.operations.changes import Clash, EditConflictError
from brygga.dialogues.operations.once import create_once
from brygga.dialogues.operations.steps import ReasonMissingError
from brygga.dialogues.operations.voices import GONE


class ForeignCitationError(Exception):
    """An insight cites only what belongs to its own dialogue and is still there."""


class NothingCitedError(Exception):
    """An insight is published only when it says what it rests on."""


class InsightIsPublishedError(Exception):
    """A published insight is withdrawn with a reason, not rewritten."""


@dataclass(frozen=True)
class Claim:
    """What an insight says, and what it cites."""

    text: str
    explanation: str = ""
    is_minority_view: bool = False
    results: Sequence[PublishedResult] = ()
    perspectives: Sequence[Perspective] = ()
    contributions: Sequence[Contribution] = ()


@transaction.atomic
def draft_insight(
    *, dialogue: Dialogue, claim: Claim, client_key: str | None = None, by: User, at: datetime
) -> Insight:
    _refuse_foreign(dialogue.pk, claim)
    insight, is_new = create_once(
        Insight.objects,
        client_key,
        dialogue=dialogue,
        text=claim.text,
        explanation=claim.explanation,
        is_minority_view=claim.is_minority_view,
        created_at=at,
        created_by=by,
    )
    if not is_new:
        return insight
    _cite(insight, claim)
    record(action="insight.draft", subject=insight, by=by, at=at)
    return insight


@transaction.atomic
def edit_insight(
    *, insight: Insight, claim: Claim, version: int, by: User, at: datetime
) -> Insight:
    """Rewrite a draft. Raises EditConflictError when it has changed since `version`."""
    insight = Insight.objects.select_for_update().get(pk=insight.pk)
    if insight.state != InsightState.DRAFT:
        raise InsightIsPublishedError
    if insight.version != version:
        raise EditConflictError(
            [Clash("text", insight.text), Clash("explanation", insight.explanation)]
        )
    _refuse_foreign(insight.dialogue_id, claim)
    insight.text = claim.text
    insight.explanation = claim.explanation
    insight.is_minority_view = claim.is_minority_view
    insight.version += 1
    insight.save()
    _cite(insight, claim)
    record(action="insight.edit", subject=insight, by=by, at=at, fields=["text", "citations"])
    return insight


@transaction.atomic
def publish_insight(*, insight: Insight, by: User, at: datetime) -> Insight:
    insight = Insight.objects.select_for_update().get(pk=insight.pk)
    if insight.state == InsightState.PUBLISHED:
        return insight
    if not cites_something(insight):
        raise NothingCitedError
    insight.state = InsightState.PUBLISHED
    insight.state_reason = ""
    insight.published_at = at
    insight.save(update_fields=["state", "state_reason", "published_at"])
    record(action="insight.publish", subject=insight, by=by, at=at, fields=["state"])
    return insight


@transaction.atomic
def withdraw_insight(*, insight: Insight, reason: str, by: User, at: datetime) -> Insight:
    """Take back what we said we heard; the text and the reason are kept."""
    if not reason:
        raise ReasonMissingError
    insight = Insight.objects.select_for_update().get(pk=insight.pk)
    insight.state = InsightState.WITHDRAWN
    insight.state_reason = reason
    insight.save(update_fields=["state", "state_reason"])
    record(action="insight.withdraw", subject=insight, by=by, at=at, fields=["state"])
    return insight


def cites_something(insight: Insight) -> bool:
    return (
        insight.results.exists()
        or insight.perspectives.exists()
        or insight.contributions.exclude(state__in=GONE).exists()
    )


def _cite(insight: Insight, claim: Claim) -> None:
    insight.results.set(claim.results)
    insight.perspectives.set(claim.perspectives)
    insight.contributions.set(claim.contributions)


def _refuse_foreign(dialogue_id: int, claim: Claim) -> None:
    owners = {
        *(result.dialogue_id for result in claim.results),
        *(perspective.dialogue_id for perspective in claim.perspectives),
        *(contribution.dialogue_id for contribution in claim.contributions),
    }
    if owners - {dialogue_id}:
        raise ForeignCitationError
    if any(contribution.state in GONE for contribution in claim.contributions):
        raise ForeignCitationError
