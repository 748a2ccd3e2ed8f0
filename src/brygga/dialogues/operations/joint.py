"""A dialogue gets one more owner: asked by those who lead it, answered by the one asked."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, gettext_noop, override

from brygga.accounts.models import Body, User
from brygga.core.audit.operations import record
from brygga.core.calendar import format_date
from brygga.core.mail.operations import queue_message
from brygga.dialogues.enums import JointState, LogKind
from brygga.dialogues.models import Dialogue, JointInvitation
from brygga.dialogues.operations.handovers import KIND
from brygga.dialogues.operations.log import write_entry
from brygga.dialogues.operations.publication import WrongStateError
from brygga.dialogues.queries.joint import answerers_of, bodies_to_invite
from brygga.dialogues.rules import OPEN

OPEN_FOR = timedelta(days=30)  # our own choice: time for a body to meet
DIARY = {
    JointState.WAITING: gettext_noop("%(body)s is asked to own the dialogue too"),
    JointState.ACCEPTED: gettext_noop("%(body)s now owns the dialogue too"),
    JointState.DECLINED: gettext_noop("%(body)s does not want to own the dialogue"),
    JointState.WITHDRAWN: gettext_noop("The question to %(body)s was taken back"),
    JointState.EXPIRED: gettext_noop("%(body)s did not answer in time"),
}


class CannotBeInvitedError(Exception):
    """The body owns the dialogue, has ended, or is of the organisation that asks."""


class InvitedAlreadyError(Exception):
    """The body has been asked and has not answered."""


class NobodyAnswersError(Exception):
    """Nobody there can answer for the body."""


class SettledError(Exception):
    """The invitation has been answered, taken back or has expired."""


@transaction.atomic
def invite_owner(
    *, dialogue: Dialogue, body: Body, word: str, by: User, at: datetime
) -> JointInvitation:
    """Ask a body of another organisation to own the dialogue too; it gets no rights by this."""
    dialogue = Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    if not bodies_to_invite(dialogue, on=localdate(at)).filter(pk=body.pk).exists():
        raise CannotBeInvitedError
    answerers = list(answerers_of(body, on=localdate(at)))
    if not answerers:
        raise NobodyAnswersError
    waiting = JointInvitation.objects.filter(dialogue=dialogue, body=body, state=JointState.WAITING)
    if any(each.is_open_at(at) for each in waiting):
        raise InvitedAlreadyError
    for each in waiting:
        _expire(each, at)
    invitation = JointInvitation.objects.create(
        dialogue=dialogue,
        body=body,
        word=word,
        asked_at=at,
        asked_by=by,
        expires_at=at + OPEN_FOR,
    )
    record(action="joint.ask", subject=invitation, by=by, at=at)
    _note(invitation, reason=word, by=by, at=at)
    for user in answerers:
        _write(invitation, user, "dialogues/mail/joint_asked", at)
    return invitation


@transaction.atomic
def accept_invitation(
    *, invitation: JointInvitation, answer: str, by: User, at: datetime
) -> JointInvitation:
    """Let the body own the dialogue from now on, with all that its people's roles give."""
    invitation = _settle(invitation, JointState.ACCEPTED, answer, by, at)
    if invitation.dialogue.state not in OPEN:
        raise WrongStateError
    invitation.dialogue.bodies.add(invitation.body)
    record(action="dialogue.join", subject=invitation.dialogue, by=by, at=at, fields=["bodies"])
    _note(invitation, reason=answer, by=by, at=at)
    _tell_who_asked(invitation, at)
    return invitation


@transaction.atomic
def decline_invitation(
    *, invitation: JointInvitation, answer: str, by: User, at: datetime
) -> JointInvitation:
    invitation = _settle(invitation, JointState.DECLINED, answer, by, at)
    _note(invitation, reason=answer, by=by, at=at)
    _tell_who_asked(invitation, at)
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: JointInvitation, by: User, at: datetime) -> JointInvitation:
    invitation = _settle(invitation, JointState.WITHDRAWN, "", by, at)
    _note(invitation, by=by, at=at)
    return invitation


@transaction.atomic
def expire_invitations(*, at: datetime) -> int:
    """Close what nobody answered in time, and tell who asked; run every day."""
    late = (
        JointInvitation.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("dialogue", "body__organisation", "asked_by")
        .filter(state=JointState.WAITING, expires_at__lte=at)
    )
    count = 0
    for each in late.order_by("pk"):
        _expire(each, at)
        count += 1
    return count


def _settle(
    invitation: JointInvitation, state: JointState, answer: str, by: User | None, at: datetime
) -> JointInvitation:
    dialogue = Dialogue.objects.select_for_update().get(pk=invitation.dialogue_id)
    invitation = (
        JointInvitation.objects.select_for_update(of=("self",))
        .select_related("body__organisation", "asked_by")
        .get(pk=invitation.pk)
    )
    if not invitation.is_open_at(at):
        raise SettledError
    invitation.dialogue = dialogue
    _close(invitation, state, answer, by, at)
    return invitation


def _close(
    invitation: JointInvitation, state: JointState, answer: str, by: User | None, at: datetime
) -> None:
    invitation.state, invitation.answer = state, answer
    invitation.answered_at, invitation.answered_by = at, by
    invitation.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    record(action=f"joint.{state.value}", subject=invitation, by=by, at=at, fields=["state"])


def _expire(invitation: JointInvitation, at: datetime) -> None:
    _close(invitation, JointState.EXPIRED, "", None, at)
    _note(invitation, by=None, at=at)
    _tell_who_asked(invitation, at)


def _note(invitation: JointInvitation, *, by: User | None, at: datetime, reason: str = "") -> None:
    """Write in the diary; that there is one more owner is for everybody to read."""
    dialogue, state = invitation.dialogue, JointState(invitation.state)
    body = f"{invitation.body} ({invitation.body.organisation})"
    with override(dialogue.language):
        text = gettext(DIARY[state]) % {"body": body}
    write_entry(
        dialogue=dialogue,
        kind=LogKind.JOINT,
        text=text,
        reason=reason,
        is_public=state == JointState.ACCEPTED,
        by=by,
        at=at,
    )


def _tell_who_asked(invitation: JointInvitation, at: datetime) -> None:
    if invitation.asked_by and invitation.asked_by.is_active:
        _write(invitation, invitation.asked_by, "dialogues/mail/joint_answered", at)


def _write(invitation: JointInvitation, to: User, template: str, at: datetime) -> None:
    is_asked = invitation.state == JointState.WAITING
    page = (
        reverse("dialogues:joint_answer", args=[invitation.public_id])
        if is_asked
        else reverse("dialogues:owners", args=[invitation.dialogue.public_id])
    )
    queue_message(
        key=f"joint:{invitation.public_id}:{invitation.state}:{to.pk}",
        kind=KIND,
        recipient=to.email,
        language=to.language,
        template=template,
        context={
            "dialogue": invitation.dialogue.title,
            "organisation": invitation.dialogue.organisation.name,
            "body": f"{invitation.body} ({invitation.body.organisation})",
            "day": format_date(localdate(invitation.expires_at), to.language),
            "state": invitation.state,
            "url": f"{settings.BRYGGA_ADDRESS}{page}",
        },
        due_at=at,
        at=at,
    )
