"""Reading contributions: the queue, and what is decided. Every step is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import translation

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.core.text.personal_data import personal_data
from brygga.dialogues.enums import CaseCause, ContributionState, ModerationStep
from brygga.dialogues.models import (
    Contribution,
    Dialogue,
    ModerationCase,
    ModerationEvent,
    OriginalText,
)
from brygga.dialogues.operations.standing_for import one_at_a_time, release
from brygga.dialogues.queries.grounds import grounds, label_of
from brygga.dialogues.queries.moderation import moderators_of, version_of
from brygga.dialogues.registry import registry

MASK = "[…]"
DECIDABLE = (ContributionState.PUBLISHED, ContributionState.INTERNAL, ContributionState.HIDDEN)
FOR_GOOD = (ContributionState.WITHDRAWN, ContributionState.ERASED)
LONGEST_REASON = 500


class VoiceIsGoneError(Exception):
    """What has been withdrawn or erased is not brought back by somebody else."""


class VoiceIsMergedError(Exception):
    """A merged voice is separated first, or decided on where it stands."""


class AlreadyDecidedError(Exception):
    """Somebody has decided since the page was shown."""


class SecondPersonError(Exception):
    """A new assessment is made by somebody else than the one who decided first."""


class HidingNeedsGroundError(Exception):
    """Nothing is hidden but on a ground of the list."""


class NothingToMaskError(Exception):
    """The words to mask do not stand in the text."""


class NotAModeratorError(Exception):
    """The case is given to somebody who may not decide it."""


@dataclass(frozen=True)
class Decision:
    """What is decided: where to, on which ground, and in which words the author is told."""

    to: ContributionState
    ground: str = ""
    words: str = ""
    note: str = ""
    masks: Sequence[str] = ()
    restores: bool = False


def arrives_as(dialogue: Dialogue, text: str, wanted: ContributionState) -> ContributionState:
    """Tell how a resident's words come in: they wait in strict mode, and with personal data."""
    if wanted != ContributionState.PUBLISHED:
        return wanted
    waits = dialogue.reads_first or personal_data(text)
    return ContributionState.WAITING if waits else wanted


def put_in_queue(contributions: Sequence[Contribution], *, at: datetime) -> None:
    """Open a case for what waits, with why; inside the transaction that made it wait."""
    fresh = [voice for voice in contributions if voice.state == ContributionState.WAITING]
    cases = ModerationCase.objects.bulk_create(
        ModerationCase(
            dialogue_id=voice.dialogue_id,
            contribution=voice,
            cause=CaseCause.PERSONAL_DATA if personal_data(voice.text) else CaseCause.STRICT,
            opened_at=at,
        )
        for voice in fresh
    )
    ModerationEvent.objects.bulk_create(
        ModerationEvent(
            contribution=case.contribution,
            case=case,
            kind=ModerationStep.OPENED,
            to_state=ContributionState.WAITING,
            at=at,
        )
        for case in cases
    )


@transaction.atomic
def decide(
    *, contribution: Contribution, decision: Decision, seen: int, by: User, at: datetime
) -> ModerationEvent:
    """Decide on a contribution as it stood when the page was shown (`seen`, of `version_of`)."""
    one_at_a_time(contribution.dialogue_id)
    voice = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)
    _refuse(voice, decision, seen)
    case = voice.cases.filter(closed_at=None).select_for_update().first()
    if case and case.first_decided_by_id == by.pk:
        raise SecondPersonError
    before, masks = voice.state, _rewrite(voice, decision, at)
    voice.state, voice.state_reason = decision.to, _told(voice.dialogue, decision)
    voice.save(update_fields=["text", "state", "state_reason"])
    if case:
        case.closed_at, case.closed_by = at, by
        case.save(update_fields=["closed_at", "closed_by"])
    event = ModerationEvent.objects.create(
        contribution=voice,
        case=case,
        kind=ModerationStep.DECIDED,
        at=at,
        by=by,
        from_state=before,
        to_state=decision.to,
        ground=decision.ground if decision.to == ContributionState.HIDDEN or masks else "",
        words=decision.words,
        note=decision.note,
        masks=masks,
    )
    if decision.to != ContributionState.PUBLISHED:
        release(voice, reread=True, by=by, at=at)
    registry.moderated(voice, at)
    fields = ["state", "text"] if masks or decision.restores else ["state"]
    record(action=f"contribution.{decision.to}", subject=voice, by=by, at=at, fields=fields)
    return event


def _refuse(voice: Contribution, decision: Decision, seen: int) -> None:
    if voice.state in FOR_GOOD:
        raise VoiceIsGoneError
    if voice.state == ContributionState.MERGED:
        raise VoiceIsMergedError
    if seen != version_of(voice):
        raise AlreadyDecidedError
    if decision.to not in DECIDABLE:
        raise ValueError(f"Nobody decides on {decision.to}")
    if decision.to == ContributionState.HIDDEN and decision.ground not in grounds():
        raise HidingNeedsGroundError


@transaction.atomic
def assign(*, case: ModerationCase, to: User, by: User, at: datetime) -> ModerationCase:
    """Give a case to somebody of the team, or take it oneself."""
    # In the order in which a decision locks them, or the two would wait for each other.
    Contribution.objects.select_for_update().get(pk=case.contribution_id)
    locked = ModerationCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if locked.closed_at is not None:
        raise AlreadyDecidedError
    if locked.first_decided_by_id == to.pk:
        raise SecondPersonError
    if not moderators_of(locked.dialogue, at=at).filter(pk=to.pk).exists():
        raise NotAModeratorError
    if locked.assigned_to_id == to.pk:
        return locked
    locked.assigned_to = to
    locked.save(update_fields=["assigned_to"])
    ModerationEvent.objects.create(
        contribution_id=locked.contribution_id,
        case=locked,
        kind=ModerationStep.ASSIGNED,
        at=at,
        by=by,
        note=str(to),
    )
    record(action="moderation.assign", subject=locked, by=by, at=at, fields=["assigned_to"])
    return locked


def _rewrite(voice: Contribution, decision: Decision, at: datetime) -> int:
    """Mask words in the text, the original kept; or put the original back. Tells how many."""
    if decision.restores:
        kept = OriginalText.objects.filter(contribution=voice).first()
        voice.text = kept.text if kept else voice.text
    masks = sorted({word.strip() for word in decision.masks if word.strip()}, key=len, reverse=True)
    if not masks:
        return 0
    if any(word not in voice.text for word in masks):
        raise NothingToMaskError
    OriginalText.objects.get_or_create(
        contribution=voice, defaults={"text": voice.text, "kept_at": at}
    )
    for word in masks:
        voice.text = voice.text.replace(word, MASK)
    return len(masks)


def _told(dialogue: Dialogue, decision: Decision) -> str:
    if decision.to != ContributionState.HIDDEN:
        return ""
    with translation.override(dialogue.language):
        reason = f"{label_of(decision.ground)}. {decision.words}".strip()
    return reason[:LONGEST_REASON]
