"""Fetching is authorising: a dialogue is had only by somebody who may know of it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from brygga.accounts.enums import Role
from brygga.accounts.models import Membership, RoleAssignment, User
from brygga.accounts.rules import memberships_of
from brygga.dialogues.enums import DialogueState, StepState, TeamRole, Visibility
from brygga.dialogues.models import Dialogue, Step, TeamMember
from brygga.dialogues.rules import (
    MAY_OPEN_DIALOGUES,
    ROLES_THAT_COUNT,
    TEAM,
    Permission,
    permissions_in,
    standing_of,
)

Reader = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class Access:
    """A dialogue as one person may meet it."""

    dialogue: Dialogue
    current_step: Step | None
    roles: frozenset[TeamRole]
    permissions: frozenset[Permission]

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions


def get_access(
    user: Reader,
    public_id: str,
    permission: Permission = Permission.SEE_WORKSPACE,
    *,
    at: datetime,
) -> Access:
    """Give a dialogue with all that the person may do there; Http404 without the right."""
    dialogue = (
        Dialogue.objects.filter(public_id=public_id)
        .select_related("organisation", "mandate")
        .first()
    )
    if dialogue is None:
        raise Http404
    access = access_to(dialogue, user, at=at)
    if not access.may(permission):
        raise Http404
    return access


def get_dialogue_for(
    user: Reader,
    public_id: str,
    permission: Permission = Permission.SEE_WORKSPACE,
    *,
    at: datetime,
) -> Dialogue:
    """Give a dialogue to somebody with this right in it; Http404 to everybody else."""
    return get_access(user, public_id, permission, at=at).dialogue


def access_to(dialogue: Dialogue, user: Reader, *, at: datetime) -> Access:
    current = get_current_step(dialogue)
    roles = roles_in(dialogue, user, on=localdate(at))
    permissions = permissions_in(
        standing_of(dialogue, current), roles, is_member=is_insider(dialogue, user)
    )
    return Access(dialogue, current, roles, permissions)


def get_public_dialogue(
    public_id: str, reader: Reader, permission: Permission = Permission.READ
) -> Dialogue:
    """Give what is published to a reader; an internal dialogue to members of its owners only.

    Raises Http404 to those who may not read it, PermissionDenied to those who may read it but not
    do what they ask, such as speak where it has been closed.
    """
    dialogue = (
        Dialogue.objects.filter(public_id=public_id)
        .select_related("organisation__logo", "mandate__feeds_body")
        .first()
    )
    if dialogue is None:
        raise Http404
    permissions = reader_permissions(dialogue, reader)
    if permission in permissions:
        return dialogue
    if Permission.READ in permissions:
        raise PermissionDenied
    raise Http404


def reader_permissions(dialogue: Dialogue, reader: Reader) -> frozenset[Permission]:
    """Tell what somebody may do as a resident or a member, whatever their role."""
    return permissions_in(
        standing_of(dialogue, get_current_step(dialogue)),
        frozenset(),
        is_member=dialogue.visibility == Visibility.INTERNAL and is_insider(dialogue, reader),
    )


def public_dialogues(reader: Reader) -> QuerySet[Dialogue]:
    """List what this reader may read, the latest published first."""
    readable = Q(visibility=Visibility.PUBLIC)
    if reader.is_authenticated:
        organisations = memberships_of(reader).values("organisation")
        readable |= Q(organisation__in=organisations) | Q(
            pk__in=Dialogue.objects.filter(bodies__organisation__in=organisations).values("pk")
        )
        readable |= Q(pk__in=_all_team_memberships(reader).filter(last_day=None).values("dialogue"))
    return (
        Dialogue.objects.filter(readable, published_at__isnull=False)
        .exclude(state=DialogueState.DRAFT)
        .select_related("organisation")
        .order_by("-published_at", "pk")
    )


def dialogues_for(
    user: Reader, *, at: datetime, roles: frozenset[TeamRole] = TEAM
) -> QuerySet[Dialogue]:
    """List the dialogues where this person holds one of the roles, in Swedish order of title."""
    day = localdate(at)
    held = _role_assignments(user, day).filter(
        role__in=[role for role, counts_as in ROLES_THAT_COUNT.items() if counts_as in roles]
    )
    organisations = held.filter(body=None).values("membership__organisation")
    bodies = held.exclude(body=None).values("body")
    teams = _team_memberships(user, day).filter(role__in=roles).values("dialogue")
    owned = Dialogue.objects.filter(
        Q(bodies__in=bodies) | Q(bodies__organisation__in=organisations)
    )
    return (
        Dialogue.objects.filter(
            Q(pk__in=teams) | Q(organisation__in=organisations) | Q(pk__in=owned.values("pk"))
        )
        .select_related("organisation")
        .order_by("sort_key", "pk")
    )


def roles_in(dialogue: Dialogue, user: Reader, *, on: date) -> frozenset[TeamRole]:
    """Give the roles that count here on a day: in the team, and those held in the owners."""
    in_team = _team_memberships(user, on).filter(dialogue=dialogue)
    held = _role_assignments(user, on).filter(
        Q(body__in=dialogue.bodies.values("pk"))
        | Q(body=None, membership__organisation=dialogue.organisation_id)
        | Q(body=None, membership__organisation__in=dialogue.bodies.values("organisation"))
    )
    return frozenset(TeamRole(role) for role in in_team.values_list("role", flat=True)) | frozenset(
        ROLES_THAT_COUNT[Role(role)]
        for role in held.filter(role__in=ROLES_THAT_COUNT).values_list("role", flat=True)
    )


def is_insider(dialogue: Dialogue, user: Reader) -> bool:
    """Tell whether somebody belongs to an owning organisation, or as a partner to the team."""
    if not user.is_authenticated:
        return False
    memberships = memberships_of(user).filter(
        Q(organisation=dialogue.organisation_id)
        | Q(organisation__in=dialogue.bodies.values("organisation"))
    )
    partners = _all_team_memberships(user).filter(dialogue=dialogue, last_day=None)
    return memberships.exists() or partners.exists()


def insiders(dialogue: Dialogue) -> QuerySet[User]:
    """List all for whom `is_insider` holds."""
    members = Membership.objects.filter(left_at=None).filter(
        Q(organisation=dialogue.organisation_id)
        | Q(organisation__in=dialogue.bodies.values("organisation"))
    )
    partners = TeamMember.objects.filter(dialogue=dialogue, last_day=None)
    return User.objects.filter(
        Q(pk__in=members.values("user")) | Q(pk__in=partners.values("user")), is_active=True
    )


def organisations_to_open_in(user: Reader, *, at: datetime) -> list[int]:
    """Give the keys of the organisations in which this person may open a dialogue."""
    assignments = _role_assignments(user, localdate(at)).filter(role__in=MAY_OPEN_DIALOGUES)
    return list(assignments.values_list("membership__organisation", flat=True).distinct())


def get_current_step(dialogue: Dialogue) -> Step | None:
    return Step.objects.filter(dialogue=dialogue, state=StepState.CURRENT).first()


def _team_memberships(user: Reader, day: date) -> QuerySet[TeamMember]:
    if not user.is_authenticated:
        return TeamMember.objects.none()
    return (
        _all_team_memberships(user)
        .filter(starts_on__lte=day)
        .filter(Q(last_day=None) | Q(last_day__gte=day))
    )


def _all_team_memberships(user: Reader) -> QuerySet[TeamMember]:
    """List those that count in this session, as `memberships_of` does."""
    if not isinstance(user, User) or user.is_weak:
        return TeamMember.objects.none()
    teams = TeamMember.objects.filter(user_id=user.pk)
    if not user.bound_to:
        return teams
    joint = Dialogue.objects.filter(bodies__organisation=user.bound_to).values("pk")
    return teams.filter(Q(dialogue__organisation=user.bound_to) | Q(dialogue__in=joint))


def _role_assignments(user: Reader, day: date) -> QuerySet[RoleAssignment]:
    if not user.is_authenticated:
        return RoleAssignment.objects.none()
    return RoleAssignment.objects.filter(membership__in=memberships_of(user)).filter(
        Q(starts_on__lte=day) & (Q(last_day=None) | Q(last_day__gte=day))
    )
