"""Fetching is authorising: a dialogue is had only by somebody who may know of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import F, FilteredRelation, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.http import Http404
from django.utils.timezone import localdate

from brygga.accounts.enums import Role
from brygga.accounts.models import Membership, RoleAssignment, User
from brygga.accounts.rules import held_on, memberships_of
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

NO_ROLE = Value("")
Reader = AbstractBaseUser | AnonymousUser

# What pages of the workspace tell of the mandate, fetched with the dialogue.
MANDATE = ("mandate__feeds_body", "mandate__start_body", "mandate__feedback_owner")


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
        with_step_now(Dialogue.objects.filter(public_id=public_id))
        .select_related("organisation", *MANDATE)
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
    current = step_now(dialogue)
    roles, is_member = _held_in(dialogue, user, on=localdate(at))
    permissions = permissions_in(standing_of(dialogue, current), roles, is_member=is_member)
    return Access(dialogue, current, roles, permissions)


def get_public_dialogue(
    public_id: str, reader: Reader, permission: Permission = Permission.READ
) -> Dialogue:
    """Give what is published to a reader; an internal dialogue to members of its owners only.

    Raises Http404 to those who may not read it, PermissionDenied to those who may read it but not
    do what they ask, such as speak where it has been closed.
    """
    dialogue = (
        with_step_now(Dialogue.objects.filter(public_id=public_id))
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
        standing_of(dialogue, step_now(dialogue)),
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
        readable |= Q(pk__in=all_team_memberships(reader).filter(last_day=None).values("dialogue"))
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
    held = role_assignments(user, day).filter(
        role__in=[role for role, counts_as in ROLES_THAT_COUNT.items() if counts_as in roles]
    )
    organisations = held.filter(body=None).values("membership__organisation")
    bodies = held.exclude(body=None).values("body")
    teams = team_memberships(user, day).filter(role__in=roles).values("dialogue")
    owned = Dialogue.objects.filter(
        Q(bodies__in=bodies) | Q(bodies__organisation__in=organisations)
    )
    return (
        Dialogue.objects.filter(
            # A union, since an "or" would look at every dialogue of the country.
            pk__in=teams.union(
                Dialogue.objects.filter(organisation__in=organisations).values("pk"),
                owned.values("pk"),
            )
        )
        .select_related("organisation")
        .order_by("sort_key", "pk")
    )


def is_insider(dialogue: Dialogue, user: Reader) -> bool:
    """Tell whether somebody belongs to an owning organisation, or as a partner to the team."""
    return user.is_authenticated and any(part.exists() for part in _belonging(dialogue, user))


def _held_in(dialogue: Dialogue, user: Reader, *, on: date) -> tuple[frozenset[TeamRole], bool]:
    """Give the roles that count here on a day, in the team and in the owners, and `is_insider`.

    One question for all, since every page of a workspace asks it.
    """
    if not user.is_authenticated:
        return frozenset(), False
    in_team = team_memberships(user, on).filter(dialogue=dialogue)
    held = role_assignments(user, on).filter(
        Q(body__in=dialogue.bodies.values("pk"))
        | Q(body=None, membership__organisation=dialogue.organisation_id)
        | Q(body=None, membership__organisation__in=dialogue.bodies.values("organisation")),
        role__in=ROLES_THAT_COUNT,
    )
    first, second = (_rows(part, "belonging") for part in _belonging(dialogue, user))
    found = first.union(second, _rows(in_team, "team", F("role")), _rows(held, "owner", F("role")))
    rows = set(found)
    roles = {TeamRole(role) for source, role in rows if source == "team"}
    roles |= {ROLES_THAT_COUNT[Role(role)] for source, role in rows if source == "owner"}
    return frozenset(roles), ("belonging", "") in rows


def _belonging(
    dialogue: Dialogue, user: Reader
) -> tuple[QuerySet[Membership], QuerySet[TeamMember]]:
    memberships = memberships_of(user).filter(
        Q(organisation=dialogue.organisation_id)
        | Q(organisation__in=dialogue.bodies.values("organisation"))
    )
    return memberships, all_team_memberships(user).filter(dialogue=dialogue, last_day=None)


def _rows(
    found: QuerySet[Any], source: str, role: Combinable = NO_ROLE
) -> QuerySet[Any, tuple[str, str]]:
    rows: QuerySet[Any, tuple[str, str]] = found.annotate(
        source=Value(source), as_role=role
    ).values_list("source", "as_role")
    return rows


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
    if not isinstance(user, User):
        return []
    held = held_on(user, localdate(at))
    return sorted({each.organisation for each in held if each.role in MAY_OPEN_DIALOGUES})


def get_current_step(dialogue: Dialogue) -> Step | None:
    return Step.objects.filter(dialogue=dialogue, state=StepState.CURRENT).first()


def with_step_now(dialogues: QuerySet[Dialogue]) -> QuerySet[Dialogue]:
    """Bring the current step along in the same question; see `step_now`."""
    current = FilteredRelation("steps", condition=Q(steps__state=StepState.CURRENT))
    return dialogues.annotate(now_in=current, step_came_along=Value(True)).select_related(
        "now_in"  # type: ignore[misc] # the plugin does not know filtered relations
    )


def step_now(dialogue: Dialogue) -> Step | None:
    """Give the step that came along with the dialogue, or else ask for it."""
    if hasattr(dialogue, "step_came_along"):
        step: Step | None = getattr(dialogue, "now_in", None)
        return step
    return get_current_step(dialogue)


def team_memberships(user: Reader, day: date) -> QuerySet[TeamMember]:
    if not user.is_authenticated:
        return TeamMember.objects.none()
    return (
        all_team_memberships(user)
        .filter(starts_on__lte=day)
        .filter(Q(last_day=None) | Q(last_day__gte=day))
    )


def all_team_memberships(user: Reader) -> QuerySet[TeamMember]:
    """List those that count in this session, as `memberships_of` does."""
    if not isinstance(user, User):
        return TeamMember.objects.none()
    return TeamMember.objects.filter(in_reach(user), user_id=user.pk)


def in_reach(user: Reader) -> Q:
    """Narrow rows with a dialogue to what this session is good for, whoever they belong to."""
    if not isinstance(user, User) or user.is_weak:
        return Q(pk__in=[])
    if not user.bound_to:
        return Q()
    joint = Dialogue.objects.filter(bodies__organisation=user.bound_to).values("pk")
    return Q(dialogue__organisation=user.bound_to) | Q(dialogue__in=joint)


def role_assignments(user: Reader, day: date) -> QuerySet[RoleAssignment]:
    if not user.is_authenticated:
        return RoleAssignment.objects.none()
    return RoleAssignment.objects.filter(membership__in=memberships_of(user)).filter(
        Q(starts_on__lte=day) & (Q(last_day=None) | Q(last_day__gte=day))
    )
