"""People, what they belong to, and the roles that they hold there."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from brygga.accounts.enums import Role
from brygga.accounts.models import Body, Membership, Organisation, RoleAssignment, User
from brygga.accounts.operations.errors import (
    EndsBeforeStartError,
    ForeignBodyError,
    LastOwnerError,
    NotAMemberError,
    RoleHeldError,
)
from brygga.accounts.operations.sessions import end_sessions
from brygga.core.audit.operations import record
from brygga.core.registry import registry
from brygga.core.text import sort_key


@transaction.atomic
def register_person(*, email: str, name: str, language: str, by: User | None, at: datetime) -> User:
    """Find the person with this address, or make one; an existing person stays as they are."""
    existing = User.objects.filter(email=email.strip().lower()).first()
    if existing:
        return existing
    user = User.objects.create_user(email, name=name, language=language, at=at)
    record(action="person.registered", subject=user, by=by or user, at=at)
    return user


@transaction.atomic
def update_profile(*, user: User, name: str, language: str, by: User, at: datetime) -> User:
    changed = [
        field
        for field, value in {"name": name, "language": language}.items()
        if getattr(user, field) != value
    ]
    if changed:
        user.name, user.sort_key, user.language = name, sort_key(name), language
        user.save(update_fields=["name", "sort_key", "language"])
        record(action="person.updated", subject=user, by=by, at=at, fields=changed)
    return user


@transaction.atomic
def join(*, user: User, organisation: Organisation, by: User | None, at: datetime) -> Membership:
    """Make the person a member, again if they had left; a member already stays one."""
    membership, is_new = Membership.objects.select_for_update().get_or_create(
        user=user, organisation=organisation, defaults={"joined_at": at}
    )
    if is_new or membership.left_at:
        if not is_new:
            membership.joined_at, membership.left_at = at, None
            membership.save(update_fields=["joined_at", "left_at"])
        record(action="membership.began", subject=membership, by=by, at=at)
    return membership


@dataclass(frozen=True)
class RoleTerm:
    """A role from its first day through its last; for one body, or for all without one."""

    role: Role
    starts_on: date
    last_day: date | None = None
    body: Body | None = None


@transaction.atomic
def assign_role(
    *, membership: Membership, term: RoleTerm, by: User | None, at: datetime
) -> RoleAssignment:
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.left_at:
        raise NotAMemberError
    if term.last_day and term.last_day < term.starts_on:
        raise EndsBeforeStartError
    if term.body and term.body.organisation_id != membership.organisation_id:
        raise ForeignBodyError
    same = RoleAssignment.objects.filter(membership=membership, role=term.role, body=term.body)
    if same.filter(_overlapping(term)).exists():
        raise RoleHeldError
    assignment = RoleAssignment.objects.create(membership=membership, **vars(term))
    record(action="role.assigned", subject=assignment, by=by, at=at)
    end_sessions(user=membership.user, by=by, at=at)
    return assignment


@transaction.atomic
def end_role(
    *, assignment: RoleAssignment, last_day: date, by: User, at: datetime
) -> RoleAssignment:
    Organisation.objects.select_for_update().get(pk=assignment.membership.organisation_id)
    if last_day < assignment.starts_on:
        raise EndsBeforeStartError
    if _is_last_owner(assignment, after=last_day):
        raise LastOwnerError
    assignment.last_day = last_day
    assignment.save(update_fields=["last_day"])
    record(action="role.ended", subject=assignment, by=by, at=at, fields=["last_day"])
    end_sessions(user=assignment.membership.user, by=by, at=at)
    return assignment


@transaction.atomic
def end_membership(*, membership: Membership, by: User, at: datetime) -> Membership:
    """Let a person leave: every role ends at once, those that had not begun are taken back."""
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    today = localdate(at)
    roles = RoleAssignment.objects.filter(membership=membership)
    if any(_is_last_owner(assignment, after=today) for assignment in roles.valid_on(today)):
        raise LastOwnerError
    roles.filter(starts_on__gt=today).delete()
    roles.filter(Q(last_day__isnull=True) | Q(last_day__gt=today)).update(last_day=today)
    membership.left_at = at
    membership.save(update_fields=["left_at"])
    record(action="membership.ended", subject=membership, by=by, at=at, fields=["left_at"])
    end_sessions(user=membership.user, by=by, at=at)
    registry.left(membership.user, membership.organisation_id, by, at)
    return membership


def _overlapping(term: RoleTerm) -> Q:
    begins_in_time = Q(starts_on__lte=term.last_day) if term.last_day else Q()
    return begins_in_time & (Q(last_day__isnull=True) | Q(last_day__gte=term.starts_on))


def _is_last_owner(assignment: RoleAssignment, *, after: date) -> bool:
    if assignment.role != Role.OWNER or assignment.body_id is not None:
        return False
    others = RoleAssignment.objects.filter(
        membership__organisation=assignment.membership.organisation_id,
        membership__left_at=None,
        membership__user__is_active=True,
        role=Role.OWNER,
        body=None,
    ).exclude(membership__user=assignment.membership.user_id)
    return not others.filter(Q(last_day__isnull=True) | Q(last_day__gt=after)).exists()
