"""Erasing an account. The row stays, without a name, since what was done in office is a record."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext, override

from brygga.accounts.models import (
    AccessibilityReport,
    CalendarLink,
    Invitation,
    Membership,
    SignInLink,
    User,
    UserSession,
)
from brygga.accounts.operations.people import end_membership
from brygga.core.audit.operations import record
from brygga.core.editing.operations import forget_writer
from brygga.core.registry import Person
from brygga.core.text import sort_key

GONE = "erased-{}@erased.invalid"


@transaction.atomic
def erase_person(person: Person, at: datetime, _with_records: bool) -> dict[str, int]:  # noqa: FBT001 - the hook's signature
    """Erase the account and the invitations of an address; raises LastOwnerError.

    For one organisation only what is its own: an account with another home there stays there.
    """
    counts = {
        "invitations": _erase_invitations(person),
        "obstacles": _forget_address(person),
    }
    user = _find(person)
    if user is None:
        return counts
    memberships = Membership.objects.filter(user=user, left_at=None)
    if person.organisation_id is not None:
        elsewhere = memberships.exclude(organisation=person.organisation_id).exists()
        memberships = memberships.filter(organisation=person.organisation_id)
        if elsewhere:
            return counts | {"memberships": _leave(memberships, user, at)}
    counts["memberships"] = _leave(memberships, user, at)
    counts["sessions"] = UserSession.objects.filter(user=user).delete()[0]
    counts["second_factors"] = Authenticator.objects.filter(user_id=user.pk).delete()[0]
    counts["drafts"] = forget_writer(user=user)
    SocialAccount.objects.filter(user_id=user.pk).delete()
    CalendarLink.objects.filter(user=user).delete()
    SignInLink.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user_id=user.pk).delete()
    _empty(user)
    record(action="person.erased", subject=user, by=None, at=at, fields=["email", "name"])
    return counts | {"accounts": 1}


def _find(person: Person) -> User | None:
    rows = User.objects.select_for_update().filter(is_active=True)
    if person.user_id is not None:
        return rows.filter(pk=person.user_id).first()
    if not person.email:
        return None
    user = rows.filter(email=person.email.strip().lower()).first()
    if user and person.organisation_id is not None:
        own = Membership.objects.filter(user=user, organisation=person.organisation_id)
        return user if own.exists() else None
    return user


def _leave(memberships: QuerySet[Membership], user: User, at: datetime) -> int:
    return len([end_membership(membership=each, by=user, at=at) for each in memberships])


def _forget_address(person: Person) -> int:
    """Let the report of an obstacle stand without the address of who sent it."""
    if not person.email:
        return 0
    rows = AccessibilityReport.objects.filter(email__iexact=person.email.strip())
    if person.organisation_id is not None:
        rows = rows.filter(organisation=person.organisation_id)
    return rows.update(email="")


def _erase_invitations(person: Person) -> int:
    if not person.email:
        return 0
    rows = Invitation.objects.filter(email=person.email.strip().lower())
    if person.organisation_id is not None:
        rows = rows.filter(organisation=person.organisation_id)
    count = 0
    for invitation in rows:
        invitation.email = GONE.format(invitation.public_id.lower())
        if invitation.accepted_at is None and invitation.revoked_at is None:
            invitation.revoked_at = invitation.invited_at
        invitation.save(update_fields=["email", "revoked_at"])
        count += 1
    return count


def _empty(user: User) -> None:
    with override(user.language):
        user.name = gettext("Erased account")
    user.sort_key = sort_key(user.name)
    user.email = GONE.format(user.pk)
    user.is_active = False
    user.set_unusable_password()
    user.save()
