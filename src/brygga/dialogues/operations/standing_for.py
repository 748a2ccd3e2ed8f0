"""One voice stands for several that say the same. None is lost, and it can all be undone."""

from datetime import datetime

from django.db import transaction

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.dialogues.enums import CaseCause, ContributionState, ModerationStep
from brygga.dialogues.models import (
    Contribution,
    ContributionMerge,
    Dialogue,
    Insight,
    ModerationCase,
    ModerationEvent,
    Perspective,
)
from brygga.dialogues.registry import registry

MERGEABLE = (ContributionState.PUBLISHED, ContributionState.WAITING, ContributionState.INTERNAL)


class CannotBeMergedError(Exception):
    """They are of two dialogues or the same, gone, merged already, or stand for others."""


class AnswersWouldBeLostError(CannotBeMergedError):
    """A tool keeps answers to the one that would not count for the other; raised by that tool."""


@transaction.atomic
def merge(*, kept: Contribution, merged: Contribution, by: User, at: datetime) -> ContributionMerge:
    """Let one voice stand for another. Words, receipts and links of both remain."""
    one_at_a_time(kept.dialogue_id)
    kept, merged = _lock(kept), _lock(merged)
    _refuse(kept, merged)
    made = ContributionMerge.objects.create(
        merged=merged,
        kept=kept,
        state_before=merged.state,
        perspectives_added=_carry(Perspective, kept, merged),
        insights_added=_carry(Insight, kept, merged),
        merged_at=at,
        merged_by=by,
    )
    merged.cases.filter(closed_at=None).update(closed_at=at)
    _set(merged, ContributionState.MERGED, ModerationStep.MERGED, by=by, at=at, other=kept)
    ModerationEvent.objects.create(
        contribution=kept, kind=ModerationStep.MERGED, at=at, by=by, note=merged.public_id
    )
    for voice in (merged, kept):
        registry.moderated(voice, at)
    record(action="contribution.merge", subject=kept, by=by, at=at, fields=["stands_for"])
    return made


@transaction.atomic
def separate(*, made: ContributionMerge, by: User, at: datetime) -> None:
    """Undo a merge: the voice stands for itself again, and the history tells of both."""
    one_at_a_time(made.kept.dialogue_id)
    kept, merged = _lock(made.kept), _lock(made.merged)
    fresh = ContributionMerge.objects.filter(pk=made.pk, undone_at=None).first()
    if fresh is None or merged.state != ContributionState.MERGED:
        return
    _undo(fresh, kept, merged, ContributionState(fresh.state_before), by=by, at=at)
    record(action="contribution.separate", subject=kept, by=by, at=at, fields=["stands_for"])


def one_at_a_time(dialogue_id: int) -> None:
    """Let changes of what is shown in a dialogue follow each other; they lock several voices."""
    Dialogue.objects.select_for_update(no_key=True).get(pk=dialogue_id)


def release(voice: Contribution, *, reread: bool, by: User | None, at: datetime) -> None:
    """Let those whom a voice stands for stand for themselves, as it is no longer shown itself.

    Those that everybody could read wait to be read first where the voice went by a decision.
    """
    for made in voice.stands_for.filter(undone_at=None).select_related("merged").order_by("pk"):
        merged = _lock(made.merged)
        if merged.state != ContributionState.MERGED:
            continue
        back = ContributionState(made.state_before)
        if reread and back == ContributionState.PUBLISHED:
            back = ContributionState.WAITING
        _undo(made, voice, merged, back, by=by, at=at)


def end_merge(merged: Contribution, *, at: datetime) -> None:
    """Close the merge of a voice that is taken back or erased; it stands in nobody's stead."""
    made = merged.merges.filter(undone_at=None).select_related("kept").first()
    if made is None:
        return
    made.undone_at = at
    made.save(update_fields=["undone_at"])
    _take_back_links(made, _lock(made.kept))
    registry.moderated(made.kept, at)


def _undo(
    made: ContributionMerge,
    kept: Contribution,
    merged: Contribution,
    back: ContributionState,
    *,
    by: User | None,
    at: datetime,
) -> None:
    made.undone_at, made.undone_by = at, by
    made.save(update_fields=["undone_at", "undone_by"])
    _take_back_links(made, kept)
    _set(merged, back, ModerationStep.SEPARATED, by=by, at=at, other=kept)
    if back == ContributionState.WAITING:
        ModerationCase.objects.create(
            dialogue_id=merged.dialogue_id,
            contribution=merged,
            cause=CaseCause.SEPARATED,
            opened_at=at,
        )
    ModerationEvent.objects.create(
        contribution=kept, kind=ModerationStep.SEPARATED, at=at, by=by, note=merged.public_id
    )
    for voice in (merged, kept):
        registry.moderated(voice, at)


def _refuse(kept: Contribution, merged: Contribution) -> None:
    fits = (
        kept.pk != merged.pk
        and kept.dialogue_id == merged.dialogue_id
        and kept.state in MERGEABLE
        and merged.state in MERGEABLE
        and not merged.stands_for.filter(undone_at=None).exists()
    )
    if not fits:
        raise CannotBeMergedError


def _carry(
    kind: type[Perspective] | type[Insight], kept: Contribution, merged: Contribution
) -> list[int]:
    """Let the kept voice stand wherever the merged one is cited; tell where that was new."""
    new = list(
        kind.objects.filter(contributions=merged)
        .exclude(contributions=kept)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for thing in kind.objects.filter(pk__in=new):
        thing.contributions.add(kept)
    return new


def _take_back_links(made: ContributionMerge, kept: Contribution) -> None:
    """Remove the links that a merge gave, or hand them on to another merge that would give them."""
    for kind, field in ((Perspective, "perspectives_added"), (Insight, "insights_added")):
        for thing in kind.objects.filter(pk__in=getattr(made, field)):
            heir = (
                kept.stands_for.filter(undone_at=None, merged__in=thing.contributions.all())
                .order_by("pk")
                .first()
            )
            if heir is None:
                thing.contributions.remove(kept)
            else:
                setattr(heir, field, [*getattr(heir, field), thing.pk])
                heir.save(update_fields=[field])


def _lock(voice: Contribution) -> Contribution:
    return Contribution.objects.select_for_update().get(pk=voice.pk)


def _set(
    voice: Contribution,
    state: ContributionState,
    step: ModerationStep,
    *,
    by: User | None,
    at: datetime,
    other: Contribution,
) -> None:
    before, voice.state = voice.state, state
    voice.save(update_fields=["state"])
    ModerationEvent.objects.create(
        contribution=voice,
        kind=step,
        at=at,
        by=by,
        from_state=before,
        to_state=state,
        note=other.public_id,
    )
