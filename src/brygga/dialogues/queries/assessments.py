"""What an author is told of the moderation, and what they can ask for."""

from collections.abc import Sequence
from dataclasses import dataclass

from brygga.dialogues.enums import CaseCause, ContributionState, ModerationStep
from brygga.dialogues.models import (
    Contribution,
    ContributionMerge,
    ModerationCase,
    ModerationEvent,
)
from brygga.dialogues.queries.grounds import label_of

CONTESTABLE = (ContributionState.HIDDEN, ContributionState.INTERNAL)


@dataclass(frozen=True)
class Told:
    """How one's own contribution stands: the last decision, and a new assessment of it."""

    decision: ModerationEvent | None
    assessment: ModerationCase | None
    first: ModerationEvent | None  # the decision that was assessed anew
    stands_in: Contribution | None
    may_ask: bool

    @property
    def ground(self) -> str:
        return label_of(self.decision.ground) if self.decision and self.decision.ground else ""

    @property
    def is_waiting_for_assessment(self) -> bool:
        return self.assessment is not None and self.assessment.closed_at is None

    @property
    def was_changed(self) -> bool:
        """Tell whether the second person decided otherwise than the first."""
        if self.first is None or self.decision is None:
            return False
        ours = (self.decision.to_state, self.decision.masks)
        return ours != (self.first.to_state, self.first.masks)


def told_of(contributions: Sequence[Contribution]) -> dict[int, Told]:
    """Tell of several contributions in few questions to the database."""
    keys = [voice.pk for voice in contributions]
    decisions = {
        event.contribution_id: event
        for event in ModerationEvent.objects.filter(
            contribution__in=keys, kind=ModerationStep.DECIDED
        ).order_by("pk")
    }
    assessments = {
        case.contribution_id: case
        for case in ModerationCase.objects.filter(
            contribution__in=keys, cause=CaseCause.NEW_ASSESSMENT
        )
        .select_related("contests")
        .order_by("pk")
    }
    merges = ContributionMerge.objects.filter(merged__in=keys, undone_at=None)
    kept = {made.merged_id: made.kept for made in merges.select_related("kept")}
    return {
        voice.pk: _told(
            voice, decisions.get(voice.pk), assessments.get(voice.pk), kept.get(voice.pk)
        )
        for voice in contributions
    }


def decision_to_contest(voice: Contribution) -> ModerationEvent | None:
    """Give the decision that a new assessment of this contribution would be of, if any may be."""
    told = told_of([voice])[voice.pk]
    if told.is_waiting_for_assessment and told.assessment:
        return told.assessment.contests
    return told.decision if told.may_ask else None


def _told(
    voice: Contribution,
    decision: ModerationEvent | None,
    assessment: ModerationCase | None,
    kept: Contribution | None,
) -> Told:
    is_answer = bool(
        decision and assessment and assessment.closed_at and decision.case_id == assessment.pk
    )
    is_asked = assessment is not None and assessment.closed_at is None
    is_against = decision is not None and (
        voice.state in CONTESTABLE
        or (voice.state == ContributionState.PUBLISHED and decision.masks > 0)
    )
    return Told(
        decision=decision,
        assessment=assessment if is_answer or is_asked else None,
        first=assessment.contests if assessment and is_answer else None,
        stands_in=kept,
        may_ask=is_against and not is_answer and not is_asked,
    )
