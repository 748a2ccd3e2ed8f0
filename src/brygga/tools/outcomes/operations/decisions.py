"""Decisions: written down with a verdict per proposal, published, and amended in public."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from brygga.accounts.models import Body, User
from brygga.core.audit.operations import record
from brygga.core.text import clean
from brygga.dialogues.models import Dialogue
from brygga.tools.outcomes.enums import AmendmentKind, MinutesState, ProposalState, Verdict
from brygga.tools.outcomes.models import Decision, DecisionAmendment, Proposal, ProposalVerdict
from brygga.tools.outcomes.operations.errors import (
    AlreadyPublishedError,
    ChangedMeanwhileError,
    ForeignRowError,
    NotPublishedError,
    ReasonMissingError,
)
from brygga.tools.outcomes.operations.letters import tell_of_decision


class DecisionExistsError(Exception):
    """The same decision has been written down already."""


class AlreadyAmendedError(Exception):
    """The minutes are approved once, and a decision is overturned once."""


@dataclass(frozen=True)
class Answer:
    """What the decision says of one proposal, and why."""

    proposal: Proposal
    verdict: Verdict
    reasons: str


@dataclass(frozen=True)
class Ruling:
    """A decision as it is written down: by a body with a register number, or by a manager."""

    title: str
    reasons: str
    decided_on: date
    body: Body | None = None
    manager: str = ""
    dnr: str = ""
    appeal: str = ""
    minutes: MinutesState = MinutesState.NOT_YET
    answers: Sequence[Answer] = field(default_factory=tuple)


@transaction.atomic
def record_decision(
    *, dialogue: Dialogue, ruling: Ruling, by: User, at: datetime, client_key: str | None = None
) -> Decision:
    """Write down a decision; the same form sent twice makes one.

    Raises DecisionExistsError when somebody else has written the same decision down.
    """
    _refuse_faults(dialogue.pk, ruling)
    if client_key:
        Dialogue.objects.select_for_update().get(pk=dialogue.pk)
        sent = Decision.objects.filter(dialogue=dialogue, client_key=client_key).first()
        if sent:
            return sent
    decision = Decision(
        dialogue=dialogue,
        client_key=client_key or None,
        recorded_at=at,
        recorded_by=by,
        **_fields(ruling),
    )
    _save_once(decision)
    _answer(decision, ruling.answers)
    record(action="decision.record", subject=decision, by=by, at=at)
    return decision


@transaction.atomic
def edit_decision(
    *, decision: Decision, ruling: Ruling, version: int, by: User, at: datetime
) -> Decision:
    """Rewrite a decision before it is published; afterwards it is only amended."""
    decision = _lock(decision)
    if decision.published_at:
        raise AlreadyPublishedError
    if decision.version != version:
        raise ChangedMeanwhileError
    _refuse_faults(decision.dialogue_id, ruling)
    fields = _fields(ruling)
    for name, value in fields.items():
        setattr(decision, name, value)
    decision.version += 1
    _save_once(decision)
    decision.verdicts.all().delete()
    _answer(decision, ruling.answers)
    record(action="decision.edit", subject=decision, by=by, at=at, fields=[*fields, "verdicts"])
    return decision


@transaction.atomic
def publish_decision(*, decision: Decision, by: User, at: datetime) -> Decision:
    """Give the decision its page and tell those who follow; pressed twice, it is told once."""
    decision = _lock(decision)
    if decision.published_at:
        return decision
    decision.published_at = at
    decision.save(update_fields=["published_at"])
    record(action="decision.publish", subject=decision, by=by, at=at, fields=["published_at"])
    tell_of_decision(decision, at=at)
    return decision


@transaction.atomic
def amend_decision(
    *, decision: Decision, kind: AmendmentKind, text: str, by: User, at: datetime
) -> DecisionAmendment:
    """Say in public what happened after publishing: minutes, a correction, or an appeal.

    When the decision is overturned every verdict of it is, and keeps what it said before.
    """
    text = clean(text, limit=4_000).strip()
    if not text and kind != AmendmentKind.MINUTES_APPROVED:
        raise ReasonMissingError
    decision = _lock(decision)
    if not decision.published_at:
        raise NotPublishedError
    if kind != AmendmentKind.CORRECTED and decision.amendments.filter(kind=kind).exists():
        raise AlreadyAmendedError
    amendment = DecisionAmendment.objects.create(
        decision=decision, kind=kind, text=text, at=at, by=by
    )
    if kind == AmendmentKind.MINUTES_APPROVED:
        decision.minutes = MinutesState.APPROVED
        decision.save(update_fields=["minutes"])
    if kind == AmendmentKind.OVERTURNED:
        decision.verdicts.update(before_appeal=F("verdict"), verdict=Verdict.OVERTURNED)
    record(action=f"decision.{kind}", subject=decision, by=by, at=at, fields=["amendments"])
    return amendment


def _fields(ruling: Ruling) -> dict[str, object]:
    return {
        "title": ruling.title,
        "reasons": clean(ruling.reasons, limit=10_000).strip(),
        "decided_on": ruling.decided_on,
        "body": ruling.body,
        "manager": ruling.manager,
        "dnr": ruling.dnr,
        "appeal": clean(ruling.appeal, limit=2_000).strip(),
        "minutes": ruling.minutes,
    }


def _save_once(decision: Decision) -> None:
    try:
        with transaction.atomic():
            decision.save()
    except IntegrityError as error:
        if "decision_once" in str(error):
            raise DecisionExistsError from error
        raise


def _answer(decision: Decision, answers: Sequence[Answer]) -> None:
    ProposalVerdict.objects.bulk_create(
        ProposalVerdict(
            decision=decision,
            proposal=answer.proposal,
            verdict=answer.verdict,
            reasons=clean(answer.reasons, limit=4_000).strip(),
        )
        for answer in answers
    )


def _lock(decision: Decision) -> Decision:
    locked = Decision.objects.select_for_update(of=("self",)).select_related("dialogue", "body")
    return locked.get(pk=decision.pk)


def _refuse_faults(dialogue_id: int, ruling: Ruling) -> None:
    if not ruling.reasons.strip() or any(not answer.reasons.strip() for answer in ruling.answers):
        raise ReasonMissingError
    for answer in ruling.answers:
        if answer.proposal.dialogue_id != dialogue_id:
            raise ForeignRowError
        if answer.proposal.state == ProposalState.DRAFT:
            raise NotPublishedError
