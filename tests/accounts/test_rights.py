from datetime import date

import pytest
import rules
from django.contrib.auth.models import AnonymousUser
from django.db.models import TextChoices

from brygga.accounts.enums import Audience, MailPermission, OrganisationKind, Permission, Role
from brygga.accounts.models import User
from brygga.accounts.rules import (
    GRANTS,
    condition,
    grant,
    has_role,
    is_member,
    may,
    rights_among,
    scope_of,
)
from tests.factories.accounts import (
    START,
    BodyFactory,
    MembershipFactory,
    OrganisationFactory,
    RoleAssignmentFactory,
    UserFactory,
    person_with,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)

# Written out by hand, so that a slip in the table shows here.
EXPECTED = {
    Permission.SEE_ORGANISATION: set(Role),
    Permission.UPDATE_ORGANISATION: {Role.OWNER},
    Permission.MANAGE_BODIES: {Role.OWNER, Role.REGISTRAR},
    Permission.INVITE: {Role.OWNER},
    Permission.ASSIGN_ROLES: {Role.OWNER},
    Permission.MANAGE_OWN_LOGIN: {Role.OWNER},
    Permission.HANDLE_PERSONAL_DATA: {Role.OWNER, Role.PRIVACY},
    Permission.EDIT_PAGE: {Role.OWNER, Role.PROCESS_LEADER},
    Permission.ANSWER_ACCESSIBILITY: {Role.OWNER, Role.PROCESS_LEADER, Role.EDITOR},
}


class Later(TextChoices):
    """The rights of an app that is not there yet."""

    WALK = "later.walk", "Walk on the jetty"


@pytest.fixture
def later():
    yield Later
    GRANTS.pop(Later.WALK, None)
    if rules.perm_exists(Later.WALK):
        rules.remove_perm(Later.WALK)


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_each_role_has_its_rights_at_home_and_none_next_door(role, permission):
    home, next_door = OrganisationFactory.create_batch(2)
    person = person_with(role, home)

    assert may(person, permission, home, DAY) == (role in EXPECTED[permission])
    assert not may(person, permission, next_door, DAY)


def test_a_member_without_a_role_sees_the_organisation_and_changes_nothing():
    membership = MembershipFactory()

    rights = rights_among(Permission, membership.user, membership.organisation, DAY)

    assert rights == {Permission.SEE_ORGANISATION}


@pytest.mark.parametrize(("day", "allowed"), [(date(2026, 3, 31), True), (date(2026, 4, 1), False)])
def test_a_right_ends_with_the_mandate(day, allowed):
    assignment = RoleAssignmentFactory(role=Role.OWNER, last_day=date(2026, 3, 31))
    membership = assignment.membership

    assert may(membership.user, Permission.INVITE, membership.organisation, day) == allowed


def test_who_has_left_is_no_member_and_keeps_no_role():
    organisation = OrganisationFactory()
    person = person_with(Role.OWNER, organisation)
    assert is_member(person, organisation, DAY)

    person.memberships.update(left_at=START)

    assert not is_member(person, organisation, DAY)
    assert not has_role(person, {Role.OWNER}, organisation, DAY)


def test_a_closed_account_has_no_rights():
    organisation = OrganisationFactory()
    person = person_with(Role.OWNER, organisation)
    assert may(person, Permission.INVITE, organisation, DAY)

    person.is_active = False

    assert not may(person, Permission.INVITE, organisation, DAY)


def test_a_role_in_one_body_counts_for_that_body_only():
    organisation = OrganisationFactory()
    own, other = BodyFactory.create_batch(2, organisation=organisation)
    person = person_with(Role.REGISTRAR, organisation, own)

    assert may(person, Permission.MANAGE_BODIES, own, DAY)
    assert not may(person, Permission.MANAGE_BODIES, other, DAY)
    assert not may(person, Permission.MANAGE_BODIES, organisation, DAY)


def test_a_role_for_the_whole_organisation_counts_for_each_of_its_bodies():
    body = BodyFactory()

    assert has_role(person_with(Role.OWNER, body.organisation), {Role.OWNER}, body, DAY)
    assert not has_role(person_with(Role.OWNER, OrganisationFactory()), {Role.OWNER}, body, DAY)


@pytest.mark.parametrize("permission", list(Permission))
def test_a_stranger_has_no_rights(permission):
    organisation = OrganisationFactory()

    assert not may(AnonymousUser(), permission, organisation, DAY)
    assert not may(UserFactory(), permission, organisation, DAY)


def test_a_right_that_nobody_has_declared_is_nobodys():
    organisation = OrganisationFactory()

    assert not may(person_with(Role.OWNER, organisation), "later.walk", organisation, DAY)


def test_another_app_adds_its_rights_with_a_condition(later):
    organisation = OrganisationFactory(name="Öppen kommun")

    @condition
    def is_open(user, asked):
        return asked.thing.name.startswith("Öppen")

    grant(later.WALK, {Role.HOST}, when=is_open, condition="while open")
    host, official = (person_with(role, organisation) for role in (Role.HOST, Role.OFFICIAL))

    assert may(host, later.WALK, organisation, DAY)
    assert not may(official, later.WALK, organisation, DAY)
    organisation.name = "Stängd kommun"
    assert not may(host, later.WALK, organisation, DAY)


def test_a_right_granted_twice_holds_when_either_grant_does(later):
    organisation = OrganisationFactory()
    grant(later.WALK, {Role.HOST})
    assert not may(AnonymousUser(), later.WALK, organisation, DAY)

    grant(later.WALK, {Audience.EVERYBODY})

    assert may(AnonymousUser(), later.WALK, organisation, DAY)


def test_a_condition_in_words_needs_its_predicate(later):
    with pytest.raises(ValueError, match="needs its predicate"):
        grant(later.WALK, {Role.HOST}, condition="while open")


def test_a_thing_that_belongs_nowhere_is_refused_loudly():
    with pytest.raises(TypeError, match="No scope is registered for User"):
        scope_of(User())


@pytest.mark.parametrize("role", Role)
def test_the_mail_ledger_is_shown_to_those_who_run_the_installation(role):
    national = person_with(role, OrganisationFactory(kind=OrganisationKind.NATIONAL_BODY))
    municipal = person_with(role, OrganisationFactory())

    assert rules.has_perm(MailPermission.SEE_HEALTH, national, DAY) == (
        role in {Role.OWNER, Role.EDITOR}
    )
    assert not rules.has_perm(MailPermission.SEE_HEALTH, municipal, DAY)


def test_an_owner_next_door_gains_nothing_from_a_lesser_role_in_the_national_body():
    person = person_with(Role.OWNER, OrganisationFactory())
    national = OrganisationFactory(kind=OrganisationKind.NATIONAL_BODY)
    RoleAssignmentFactory(
        membership=MembershipFactory(user=person, organisation=national), role=Role.HOST
    )

    assert not rules.has_perm(MailPermission.SEE_HEALTH, person, DAY)


def test_a_persons_rights_cost_one_query(django_assert_num_queries):
    organisation = OrganisationFactory()
    person = person_with(Role.OWNER, organisation)

    with django_assert_num_queries(1):
        rights = rights_among(Permission, person, organisation, DAY)

    assert rights == set(Permission)
