"""What proposals, decisions, measures and promises give the register."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from brygga.core.registry.records import RecordEntry, RecordHeading, RecordPart
from brygga.dialogues.models import Dialogue
from brygga.tools.outcomes.enums import ProposalState
from brygga.tools.outcomes.models import (
    Action,
    Decision,
    FeedbackPromise,
    Proposal,
    ProposalVerdict,
)


def parts_of(dialogue: Dialogue) -> Iterator[RecordPart]:
    offers = (
        ("proposals", _("Proposals"), _proposals(dialogue)),
        ("decisions", _("Decisions"), _decisions(dialogue)),
        ("actions", _("Measures and commitments"), _actions(dialogue)),
        ("promises", _("Promises of feedback"), _promises(dialogue)),
    )
    for code, title, rows in offers:
        entries = tuple(rows)
        if entries:
            yield RecordPart(code, title, False, entries)


def headings_of(dialogue: Dialogue) -> Iterator[RecordHeading]:
    yield RecordHeading("proposals", _("Proposals"), (_published_proposals(dialogue),))
    decided = (_published_decisions(dialogue), _published_verdicts(dialogue))
    yield RecordHeading("decisions", _("Decisions"), decided)
    yield RecordHeading("actions", _("Measures and commitments"), (_public_actions(dialogue),))
    promised = FeedbackPromise.objects.filter(dialogue=dialogue)
    yield RecordHeading("promises", _("Promises of feedback"), (promised,))


def _published_proposals(dialogue: Dialogue) -> QuerySet[Proposal]:
    return Proposal.objects.filter(dialogue=dialogue).exclude(state=ProposalState.DRAFT)


def _published_decisions(dialogue: Dialogue) -> QuerySet[Decision]:
    return Decision.objects.filter(dialogue=dialogue, published_at__isnull=False)


def _published_verdicts(dialogue: Dialogue) -> QuerySet[ProposalVerdict]:
    return ProposalVerdict.objects.filter(
        decision__dialogue=dialogue, decision__published_at__isnull=False
    )


def _public_actions(dialogue: Dialogue) -> QuerySet[Action]:
    return Action.objects.filter(dialogue=dialogue, is_public=True)


def _proposals(dialogue: Dialogue) -> Iterator[RecordEntry]:
    for row in _published_proposals(dialogue).order_by("published_at", "pk"):
        yield RecordEntry(
            on=row.published_at or row.created_at,
            number=row.public_id,
            kind=_("Proposal"),
            text=row.text,
            heading=row.title,
            state=str(row.get_state_display()),
            reason=row.state_reason,
        )


def _decisions(dialogue: Dialogue) -> Iterator[RecordEntry]:
    rows = _published_decisions(dialogue)
    for row in rows.select_related("body").order_by("decided_on", "pk"):
        heading = " · ".join(part for part in (row.title, row.decider, row.dnr) if part)
        yield RecordEntry(
            on=row.decided_on,
            number=row.public_id,
            kind=_("Decision"),
            text=row.reasons,
            heading=heading,
            state=str(row.get_minutes_display()),
        )
    verdicts = _published_verdicts(dialogue)
    for verdict in verdicts.select_related("decision", "proposal").order_by("decision", "pk"):
        yield RecordEntry(
            on=verdict.decision.decided_on,
            number=f"{verdict.decision.public_id}-{verdict.proposal.public_id}",
            kind=_("Answer to a proposal"),
            text=verdict.reasons,
            heading=verdict.proposal.title,
            state=str(verdict.get_verdict_display()),
        )


def _actions(dialogue: Dialogue) -> Iterator[RecordEntry]:
    rows = _public_actions(dialogue).prefetch_related("updates")
    for row in rows.order_by("created_at", "pk"):
        told = "\n".join(f"{update.at:%Y-%m-%d}: {update.text}" for update in row.updates.all())
        yield RecordEntry(
            on=row.created_at,
            number=row.public_id,
            kind=str(row.get_kind_display()),
            text=told,
            heading=f"{row.what} · {row.who} · {row.due_on}",
            state=str(row.get_state_display()),
        )


def _promises(dialogue: Dialogue) -> Iterator[RecordEntry]:
    rows = FeedbackPromise.objects.filter(dialogue=dialogue).prefetch_related("changes")
    for row in rows.order_by("due_on", "pk"):
        moves = row.changes.all()
        moved = "\n".join(f"{one.from_date} → {one.to_date}: {one.reason}" for one in moves)
        yield RecordEntry(
            on=row.created_at,
            number=row.public_id,
            kind=_("Promise of feedback"),
            text="\n".join(part for part in (row.text, row.kept_with) if part),
            heading=str(row.due_on),
            state=str(row.get_state_display()),
            reason=moved,
        )
