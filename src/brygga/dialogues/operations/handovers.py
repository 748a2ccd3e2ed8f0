"""Leaving a dialogue to a successor who says yes; until then the leaver still leads."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, override

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.core.mail.operations import queue_message
from brygga.dialogues.enums import HandoverState, LogKind, TeamRole
from brygga.dialogues.models import Dialogue, Handover, Mandate, TeamMember
from brygga.dialogues.operations.log import write_entry
from brygga.dialogues.operations.team import AlreadyInTeamError, add_member
from brygga.dialogues.registry import registry

KIND = "dialogues.leading"


class NotLeaderError(Exception):
    """Only who leads in the team can hand that over."""


class AlreadyAskedError(Exception):
    """Somebody has been asked and has not answered."""


class AnsweredError(Exception):
    """The handover has been answered or taken back."""


@transaction.atomic
def ask_to_take_over(
    *, dialogue: Dialogue, leaver: User, successor: User, note: str, at: datetime
) -> Handover:
    """Ask somebody to take over; nothing changes hands before they say yes."""
    Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    if not _leading(dialogue, leaver, at).exists() or successor == leaver:
        raise NotLeaderError
    waiting = Handover.objects.filter(dialogue=dialogue, state=HandoverState.WAITING)
    if waiting.exists():
        raise AlreadyAskedError
    handover = Handover.objects.create(
        dialogue=dialogue, leaver=leaver, successor=successor, note=note, asked_at=at
    )
    record(action="handover.ask", subject=handover, by=leaver, at=at)
    _write(handover, successor, "dialogues/mail/handover_asked", at)
    return handover


@transaction.atomic
def accept_handover(*, handover: Handover, by: User, at: datetime) -> Handover:
    """Let the successor lead from today and the leaver's role end, with all that goes over."""
    handover = _settle(handover, HandoverState.ACCEPTED, by, at)
    dialogue, leaver, successor = handover.dialogue, handover.leaver, handover.successor
    today = localdate(at)
    try:
        add_member(
            dialogue=dialogue,
            user=successor,
            role=TeamRole.PROCESS_LEADER,
            starts_on=today,
            by=by,
            at=at,
        )
    except AlreadyInTeamError:
        TeamMember.objects.filter(
            dialogue=dialogue, user=successor, role=TeamRole.PROCESS_LEADER, last_day__gte=today
        ).update(last_day=None)
    _end_leading(dialogue, leaver, by, at)
    Mandate.objects.filter(dialogue=dialogue, feedback_owner=leaver).update(
        feedback_owner=successor
    )
    registry.handed_over(dialogue, leaver, successor, by, at)
    with override(dialogue.language):
        text = gettext("%(leaver)s has handed over to %(successor)s") % {
            "leaver": leaver,
            "successor": successor,
        }
    write_entry(
        dialogue=dialogue,
        kind=LogKind.HANDED_OVER,
        text=text,
        reason=handover.note[:2_000],
        by=by,
        at=at,
    )
    _write(handover, leaver, "dialogues/mail/handover_answered", at)
    return handover


@transaction.atomic
def decline_handover(*, handover: Handover, by: User, at: datetime) -> Handover:
    handover = _settle(handover, HandoverState.DECLINED, by, at)
    _write(handover, handover.leaver, "dialogues/mail/handover_answered", at)
    return handover


@transaction.atomic
def withdraw_handover(*, handover: Handover, by: User, at: datetime) -> Handover:
    return _settle(handover, HandoverState.WITHDRAWN, by, at)


def _leading(dialogue: Dialogue, user: User, at: datetime) -> QuerySet[TeamMember]:
    today = localdate(at)
    return TeamMember.objects.filter(
        dialogue=dialogue, user=user, role=TeamRole.PROCESS_LEADER, starts_on__lte=today
    ).filter(Q(last_day=None) | Q(last_day__gte=today))


def _end_leading(dialogue: Dialogue, leaver: User, by: User, at: datetime) -> None:
    today = localdate(at)
    for member in _leading(dialogue, leaver, at):
        member.last_day = max(today, member.starts_on)
        member.save(update_fields=["last_day"])
        record(action="team.end", subject=member, by=by, at=at, fields=["last_day"])


def _settle(handover: Handover, state: HandoverState, by: User, at: datetime) -> Handover:
    Dialogue.objects.select_for_update().get(pk=handover.dialogue_id)
    handover = (
        Handover.objects.select_for_update(of=("self",))
        .select_related("dialogue", "leaver", "successor")
        .get(pk=handover.pk)
    )
    if handover.state != HandoverState.WAITING:
        raise AnsweredError
    handover.state, handover.answered_at = state, at
    handover.save(update_fields=["state", "answered_at"])
    record(action=f"handover.{state.value}", subject=handover, by=by, at=at, fields=["state"])
    return handover


def _write(handover: Handover, to: User, template: str, at: datetime) -> None:
    page = reverse("dialogues:handover_answer", args=[handover.public_id])
    queue_message(
        key=f"handover:{handover.public_id}:{handover.state}",
        kind=KIND,
        recipient=to.email,
        language=to.language,
        template=template,
        context={
            "dialogue": handover.dialogue.title,
            "leaver": str(handover.leaver),
            "successor": str(handover.successor),
            "is_accepted": handover.state == HandoverState.ACCEPTED,
            "url": f"{settings.BRYGGA_ADDRESS}{page}",
        },
        due_at=at,
        at=at,
    )
