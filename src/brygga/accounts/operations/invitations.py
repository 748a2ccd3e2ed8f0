"""Invitations: an offer of a role by mail, open for fourteen days, to be used once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from brygga.accounts.enums import Role
from brygga.accounts.models import Body, Invitation, Membership, Organisation, User
from brygga.accounts.models.secrets import draw_secret, hash_of
from brygga.accounts.operations.errors import (
    AccountClosedError,
    AlreadyInvitedError,
    EndsBeforeStartError,
    ForeignBodyError,
    InvitationClosedError,
    InvitationUnknownError,
    OtherPersonError,
    RoleHeldError,
)
from brygga.accounts.operations.people import RoleTerm, assign_role, join, register_person
from brygga.core.audit.operations import record
from brygga.core.mail.operations import queue_rendered_secret

OPEN_FOR = timedelta(days=14)
LETTER = "invitation"


@dataclass(frozen=True)
class Offer:
    """What an invitation offers to whom; the role begins on the day it is accepted."""

    email: str
    role: Role
    body: Body | None = None
    last_day: date | None = None
    language: str = settings.LANGUAGE_CODE


@transaction.atomic
def invite(
    *, organisation: Organisation, offer: Offer, by: User | None, at: datetime
) -> Invitation:
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if offer.body and offer.body.organisation_id != organisation.pk:
        raise ForeignBodyError
    if offer.last_day and offer.last_day < localdate(at):
        raise EndsBeforeStartError
    email = offer.email.strip().lower()
    _make_room(organisation, email, offer, at)
    invitation = Invitation(
        organisation=organisation,
        email=email,
        role=offer.role,
        body=offer.body,
        last_day=offer.last_day,
        language=offer.language,
        invited_by=by,
        invited_at=at,
    )
    _post(invitation, at)
    record(action="invitation.sent", subject=invitation, by=by, at=at)
    return invitation


@transaction.atomic
def resend_invitation(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    """Send a new link, good for another fourteen days; the earlier one stops working."""
    invitation = _locked(invitation)
    _post(invitation, at)
    record(action="invitation.resent", subject=invitation, by=by, at=at)
    return invitation


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    invitation = _locked(invitation)
    invitation.revoked_at = at
    invitation.save(update_fields=["revoked_at"])
    record(action="invitation.revoked", subject=invitation, by=by, at=at)
    return invitation


@transaction.atomic
def accept_invitation(
    *, secret: str, name: str, language: str, signed_in: User | None, at: datetime
) -> Membership:
    """Make whoever holds the link a member with the role offered, and use the link up.

    Holding the link proves the mailbox, as a sign-in code does, so the caller may sign them in.
    """
    invitation = Invitation.objects.select_for_update().filter(secret_hash=hash_of(secret)).first()
    if invitation is None:
        raise InvitationUnknownError
    if not invitation.is_open_at(at):
        raise InvitationClosedError
    if signed_in and signed_in.email != invitation.email:
        raise OtherPersonError
    user = register_person(email=invitation.email, name=name, language=language, by=None, at=at)
    if not user.is_active:
        raise AccountClosedError
    membership = join(user=user, organisation=invitation.organisation, by=user, at=at)
    _take_role(membership, invitation, at)
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    record(action="invitation.accepted", subject=invitation, by=user, at=at)
    return membership


def _take_role(membership: Membership, invitation: Invitation, at: datetime) -> None:
    term = RoleTerm(
        role=Role(invitation.role),
        starts_on=localdate(at),
        last_day=invitation.last_day,
        body=invitation.body,
    )
    try:
        with transaction.atomic():
            assign_role(membership=membership, term=term, by=invitation.invited_by, at=at)
    except RoleHeldError:  # given by hand in the meantime: what was offered is there
        return


def _make_room(organisation: Organisation, email: str, offer: Offer, at: datetime) -> None:
    """Close an expired invitation to the same, and refuse to send one beside an open one."""
    same = Invitation.objects.filter(
        organisation=organisation,
        email=email,
        role=offer.role,
        body=offer.body,
        accepted_at=None,
        revoked_at=None,
    )
    if same.filter(expires_at__gt=at).exists():
        raise AlreadyInvitedError
    same.update(revoked_at=at)


def _locked(invitation: Invitation) -> Invitation:
    found = Invitation.objects.select_for_update(of=["self"]).get(pk=invitation.pk)
    if found.accepted_at or found.revoked_at:
        raise InvitationClosedError
    return found


def _post(invitation: Invitation, at: datetime) -> None:
    secret = draw_secret()
    invitation.secret_hash = hash_of(secret)
    invitation.expires_at = at + OPEN_FOR
    invitation.save()
    path = reverse("accounts:accept_invitation", args=[secret])
    context = {
        "invitation": invitation,
        "address": f"{settings.BRYGGA_ADDRESS}{path}",
        "site_address": settings.BRYGGA_ADDRESS,
    }
    with translation.override(invitation.language):
        subject = render_to_string("accounts/mail/invitation.subject.txt", context)
        body = render_to_string("accounts/mail/invitation.txt", context)
    queue_rendered_secret(
        kind=LETTER,
        recipient=invitation.email,
        language=invitation.language,
        subject=subject.strip(),
        body_text=body,
        body_html="",
        at=at,
        lives_for=OPEN_FOR,
    )
