"""What people without accounts ask of the moderation: to look at something, or to look again."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from brygga.core.audit.operations import record
from brygga.core.calendar import working_days_after
from brygga.dialogues.enums import CaseCause, ContributionState, ModerationStep
from brygga.dialogues.models import Contribution, ModerationCase, ModerationEvent, Participant
from brygga.dialogues.operations.participants import NotYourContributionError
from brygga.dialogues.queries.assessments import decision_to_contest


class NotShownError(Exception):
    """Only what everybody can read is reported."""


class NothingToAssessError(Exception):
    """There is no decision on it that can be assessed anew."""


@transaction.atomic
def report(
    *, contribution: Contribution, ground: str, words: str, client_key: str, at: datetime
) -> ModerationCase:
    """Let anybody ask the team to read a contribution. However many do, it stays until read."""
    voice = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if voice.state != ContributionState.PUBLISHED:
        raise NotShownError
    case, _ = ModerationCase.objects.get_or_create(
        contribution=voice,
        closed_at=None,
        defaults={
            "dialogue_id": voice.dialogue_id,
            "cause": CaseCause.REPORTED,
            "opened_at": at,
        },
    )
    _, is_new = ModerationEvent.objects.get_or_create(
        client_key=f"report {client_key}",
        defaults={
            "contribution": voice,
            "case": case,
            "kind": ModerationStep.REPORTED,
            "at": at,
            "ground": ground,
            "words": words,
        },
    )
    if is_new:
        record(action="contribution.report", subject=voice, by=None, at=at)
    return case


@transaction.atomic
def ask_for_new_assessment(
    *, participant: Participant, public_id: str, words: str, at: datetime
) -> ModerationCase:
    """Let an author have a decision made anew by a second person, once for each decision."""
    voice = (
        Contribution.objects.select_for_update()
        .filter(participant=participant, public_id=public_id)
        .first()
    )
    if voice is None:
        raise NotYourContributionError(public_id)
    decision = decision_to_contest(voice)
    if decision is None:
        raise NothingToAssessError
    asked = ModerationCase.objects.filter(contests=decision).first()
    if asked is not None:
        return asked
    voice.cases.filter(closed_at=None).update(closed_at=at)
    case = ModerationCase.objects.create(
        dialogue_id=voice.dialogue_id,
        contribution=voice,
        cause=CaseCause.NEW_ASSESSMENT,
        opened_at=at,
        due_on=working_days_after(localdate(at), settings.BRYGGA_ASSESSMENT_DAYS),
        contests=decision,
        first_decided_by=decision.by,
    )
    ModerationEvent.objects.create(
        contribution=voice, case=case, kind=ModerationStep.ASKED, at=at, words=words
    )
    record(action="contribution.ask_anew", subject=voice, by=None, at=at)
    return case
