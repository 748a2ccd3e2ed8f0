"""Who may do what: a table of rights, to which each app adds its own. Rights default to no.

An app declares its rights in its own `rules` module, which is imported when Django starts:

    grant(Permission.PUBLISH, {Role.OWNER, Role.PROCESS_LEADER}, when=is_ready, condition=_("…"))

    @scope_of.register
    def _of_dialogue(dialogue: Dialogue) -> Scope: ...

    @condition
    def is_ready(user: User | AnonymousUser, asked: Asked) -> bool: ...

and asks `may(user, Permission.PUBLISH, dialogue, day)`. A right granted more than once holds when
any of its grants does.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import singledispatch

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet, TextChoices
from django.utils.functional import Promise
from rules.permissions import add_perm, has_perm
from rules.predicates import Predicate, always_true

from brygga.accounts.enums import Audience, MailPermission, OrganisationKind, Permission, Role
from brygga.accounts.models import Body, Membership, Organisation, RoleAssignment, User


@dataclass(frozen=True)
class Scope:
    """Where a thing belongs, as primary keys: a role in any of these places counts for it."""

    organisations: frozenset[int]
    bodies: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Holding:
    """A membership, with one of its roles if it has any; without a body it holds everywhere."""

    organisation: int
    kind: OrganisationKind
    role: Role | None
    body: int | None


@dataclass(frozen=True)
class Asked:
    """What a predicate is asked about; `thing` is None where the place does not matter."""

    thing: Model | None
    day: date
    held: frozenset[Holding]


@dataclass(frozen=True)
class Grant:
    permission: TextChoices
    to: frozenset[Role | Audience]
    held_in: frozenset[OrganisationKind]
    when: Predicate
    condition: str | Promise


GRANTS: dict[str, list[Grant]] = {}


def grant(
    permission: TextChoices,
    to: Collection[Role | Audience],
    *,
    held_in: Collection[OrganisationKind] = tuple(OrganisationKind),
    when: Predicate = always_true,
    condition: str | Promise = "",
) -> None:
    """Add a row to the table. `condition` says in words what the predicate `when` demands."""
    if condition and when is always_true:
        raise ValueError(f"{permission.value}: a condition in words needs its predicate")
    if permission.value not in GRANTS:
        GRANTS[permission.value] = []
        add_perm(permission.value, _granted(permission.value))
    row = Grant(permission, frozenset(to), frozenset(held_in), when, condition)
    GRANTS[permission.value].append(row)


def condition(test: Callable[[User | AnonymousUser, Asked], bool]) -> Predicate:
    """Make a predicate that combines with others by `&`, `|` and `~`."""
    return Predicate(test, name=test.__name__)


def may(user: User | AnonymousUser, permission: str, thing: Model | None, day: date) -> bool:
    asked = Asked(thing, day, held_on(user, day))
    return bool(has_perm(str(permission), user, asked))


def rights_among(
    permissions: type[TextChoices], user: User | AnonymousUser, thing: Model | None, day: date
) -> frozenset[str]:
    """Tell which of one app's rights a person has over a thing, with a single query."""
    asked = Asked(thing, day, held_on(user, day))
    return frozenset(value for value in permissions.values if has_perm(value, user, asked))


def organisations_where(
    user: User | AnonymousUser, permission: TextChoices, day: date
) -> frozenset[int]:
    """Tell in which organisations, by primary key, a person's roles give an unconditional right."""
    rows = [row for row in GRANTS.get(permission.value, []) if row.when is always_true]
    return frozenset(
        holding.organisation
        for holding in held_on(user, day)
        if holding.body is None and any(_fits(row, holding) for row in rows)
    )


def has_role(
    user: User | AnonymousUser, roles: Collection[Role], thing: Model | None, day: date
) -> bool:
    return any(holding.role in roles for holding in _counting(held_on(user, day), thing))


def is_member(user: User | AnonymousUser, thing: Model | None, day: date) -> bool:
    return _is_member(held_on(user, day), thing)


def memberships_of(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Membership]:
    """List the memberships that count in this session.

    None do while a second factor is waited for; one does after an organisation's own login, so
    that whoever runs a login gets into no organisation but their own.
    """
    if not isinstance(user, User) or user.is_weak:
        return Membership.objects.none()
    memberships = Membership.objects.filter(user_id=user.pk, left_at=None)
    return memberships.filter(organisation=user.bound_to) if user.bound_to else memberships


def needs_second_factor(user: User, day: date) -> bool:
    """Tell whether the person holds a role that asks for more than a code by mail."""
    asking = settings.BRYGGA_SECOND_FACTOR_ROLES
    if not asking:
        return False
    roles = RoleAssignment.objects.valid_on(day).filter(role__in=asking)
    return roles.filter(membership__user=user, membership__left_at=None).exists()


def held_on(user: User | AnonymousUser, day: date) -> frozenset[Holding]:
    """Read what a person holds on a day; nothing for strangers and for closed accounts."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if user.roles_read is None:
        return _read_roles(user, day)
    if day not in user.roles_read:
        user.roles_read[day] = _read_roles(user, day)
    held: frozenset[Holding] = user.roles_read[day]
    return held


def _read_roles(user: User, day: date) -> frozenset[Holding]:
    rows = memberships_of(user).values_list(
        "organisation_id",
        "organisation__kind",
        "roles__role",
        "roles__body_id",
        "roles__starts_on",
        "roles__last_day",
    )
    held = set()
    for organisation, kind, role, body, starts_on, last_day in rows:
        held.add(Holding(organisation, OrganisationKind(kind), role=None, body=None))
        if role and starts_on <= day and (last_day is None or day <= last_day):
            held.add(Holding(organisation, OrganisationKind(kind), Role(role), body))
    return frozenset(held)


@singledispatch
def scope_of(thing: object) -> Scope:
    """Tell where a thing belongs. Each app registers its own kinds of things."""
    raise TypeError(f"No scope is registered for {type(thing).__name__}, so nobody has rights")


@scope_of.register
def _of_organisation(organisation: Organisation) -> Scope:
    return Scope(frozenset({organisation.pk}))


@scope_of.register
def _of_body(body: Body) -> Scope:
    return Scope(frozenset({body.organisation_id}), frozenset({body.pk}))


def _counting(held: Collection[Holding], thing: Model | None) -> Collection[Holding]:
    if thing is None:
        return held
    scope = scope_of(thing)
    return [
        holding
        for holding in held
        if (
            holding.organisation in scope.organisations
            if holding.body is None
            else holding.body in scope.bodies
        )
    ]


def _is_member(held: Collection[Holding], thing: Model | None) -> bool:
    return bool(_counting(held, thing))


def _granted(permission: str) -> Predicate:
    def granted(user: User | AnonymousUser, asked: object) -> bool:
        if isinstance(asked, date):  # from core, which cannot name our types
            asked = Asked(None, asked, held_on(user, asked))
        return isinstance(asked, Asked) and any(
            _is_among(row, asked) and row.when.test(user, asked) for row in GRANTS[permission]
        )

    return Predicate(granted, name=f"may {permission}")


def _is_among(row: Grant, asked: Asked) -> bool:
    if Audience.EVERYBODY in row.to:
        return True
    return any(_fits(row, holding) for holding in _counting(asked.held, asked.thing))


def _fits(row: Grant, holding: Holding) -> bool:
    return holding.kind in row.held_in and (Audience.MEMBER in row.to or holding.role in row.to)


grant(Permission.SEE_ORGANISATION, {Audience.MEMBER})
grant(Permission.UPDATE_ORGANISATION, {Role.OWNER})
grant(Permission.MANAGE_BODIES, {Role.OWNER, Role.REGISTRAR})
grant(Permission.INVITE, {Role.OWNER})
grant(Permission.ASSIGN_ROLES, {Role.OWNER})
grant(Permission.MANAGE_OWN_LOGIN, {Role.OWNER})
grant(Permission.HANDLE_PERSONAL_DATA, {Role.OWNER, Role.PRIVACY})
grant(Permission.EDIT_PAGE, {Role.OWNER, Role.PROCESS_LEADER})
grant(Permission.ANSWER_ACCESSIBILITY, {Role.OWNER, Role.PROCESS_LEADER, Role.EDITOR})
grant(
    MailPermission.SEE_HEALTH,
    {Role.OWNER, Role.EDITOR},
    held_in={OrganisationKind.NATIONAL_BODY},  # the ledger shows addresses of all organisations
)
