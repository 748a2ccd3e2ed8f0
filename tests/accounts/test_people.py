from datetime import UTC, date, datetime, timedelta

import pytest

from brygga.accounts.enums import Role
from brygga.accounts.models import RoleAssignment, User
from brygga.accounts.operations.errors import (
    EndsBeforeStartError,
    ForeignBodyError,
    LastOwnerError,
    NotAMemberError,
    RoleHeldError,
)
from brygga.accounts.operations.people import (
    RoleTerm,
    assign_role,
    end_membership,
    end_role,
    join,
    register_person,
    update_profile,
)
from brygga.core.audit.models import AuditRow
from brygga.core.audit.queries import trail
from tests.factories.accounts import (
    BodyFactory,
    MembershipFactory,
    OrganisationFactory,
    RoleAssignmentFactory,
    UserFactory,
    person_with,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
TODAY = date(2026, 6, 1)


@pytest.fixture
def owner():
    return person_with(Role.OWNER, OrganisationFactory())


@pytest.fixture
def organisation(owner):
    return owner.memberships.get().organisation


def actions(subject):
    return [row.action for row in trail(subject)]


def test_a_new_person_is_registered_with_a_lower_case_address_and_a_name_to_sort_by():
    person = register_person(
        email=" Åsa@Example.test ", name="Åsa Ek", language="sv", by=None, at=NOW
    )

    assert person.email == "åsa@example.test"
    assert (
        person.sort_key
        > register_person(
            email="z@example.test", name="Zlatan Ek", language="sv", by=None, at=NOW
        ).sort_key
    )
    assert not person.has_usable_password()
    assert actions(person) == ["person.registered"]


def test_a_person_who_exists_keeps_name_and_language():
    person = UserFactory(email="amina@example.test", name="Amina")

    again = register_person(
        email="AMINA@example.test", name="Somebody", language="en", by=None, at=NOW
    )

    assert again == person
    assert (again.name, again.language) == ("Amina", "sv")
    assert not AuditRow.objects.exists()


def test_a_profile_keeps_its_audit_row_to_what_changed():
    person = UserFactory(name="Amina")

    update_profile(user=person, name="Amina Ek", language="sv", by=person, at=NOW)
    update_profile(user=person, name="Amina Ek", language="sv", by=person, at=NOW)

    assert User.objects.get().name == "Amina Ek"
    assert [row.fields for row in trail(person)] == [["name"]]


def test_who_has_left_can_join_again_and_keeps_the_same_membership(owner, organisation):
    membership = MembershipFactory(organisation=organisation)
    end_membership(membership=membership, by=owner, at=NOW)

    again = join(
        user=membership.user, organisation=organisation, by=owner, at=NOW + timedelta(days=1)
    )

    assert again == membership
    assert again.left_at is None
    assert actions(membership) == ["membership.began", "membership.ended"]


def test_joining_twice_changes_nothing(organisation):
    membership = MembershipFactory(organisation=organisation)

    assert join(user=membership.user, organisation=organisation, by=None, at=NOW) == membership
    assert actions(membership) == []


def test_a_role_is_given_for_a_mandate_period(owner, organisation):
    body = BodyFactory(organisation=organisation)
    membership = MembershipFactory(organisation=organisation)
    term = RoleTerm(Role.ELECTED, date(2027, 1, 1), date(2030, 12, 31), body)

    assignment = assign_role(membership=membership, term=term, by=owner, at=NOW)

    assert RoleAssignment.objects.filter(body=body).get() == assignment
    assert (assignment.starts_on, assignment.last_day) == (term.starts_on, term.last_day)
    assert actions(assignment) == ["role.assigned"]


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        (date(2026, 1, 1), date(2026, 3, 31), False),
        (date(2026, 3, 1), date(2026, 4, 1), True),
        (date(2026, 5, 1), date(2026, 5, 2), True),
        (date(2026, 6, 30), None, True),
        (date(2026, 7, 1), None, False),
    ],
)
def test_the_same_role_is_not_held_twice_at_a_time(owner, organisation, first, last, refused):
    assignment = RoleAssignmentFactory(
        membership__organisation=organisation,
        role=Role.HOST,
        starts_on=date(2026, 4, 1),
        last_day=date(2026, 6, 30),
    )
    term = RoleTerm(Role.HOST, first, last)

    if refused:
        with pytest.raises(RoleHeldError):
            assign_role(membership=assignment.membership, term=term, by=owner, at=NOW)
    else:
        assign_role(membership=assignment.membership, term=term, by=owner, at=NOW)
    assert RoleAssignment.objects.filter(role=Role.HOST).count() == 2 - refused


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"last_day": date(2026, 5, 31)}, EndsBeforeStartError),
        ({"body": "foreign"}, ForeignBodyError),
        ({}, None),
    ],
)
def test_a_role_needs_its_own_organisations_body_and_days_in_order(
    owner, organisation, change, error
):
    membership = MembershipFactory(organisation=organisation)
    if change.get("body"):
        change = {"body": BodyFactory()}
    term = RoleTerm(Role.OFFICIAL, TODAY, **change)

    if error:
        with pytest.raises(error):
            assign_role(membership=membership, term=term, by=owner, at=NOW)
    else:
        assign_role(membership=membership, term=term, by=owner, at=NOW)
    assert RoleAssignment.objects.filter(role=Role.OFFICIAL).exists() == (error is None)


def test_who_has_left_is_given_no_role(owner, organisation):
    membership = MembershipFactory(organisation=organisation, left_at=NOW)

    with pytest.raises(NotAMemberError):
        assign_role(membership=membership, term=RoleTerm(Role.HOST, TODAY), by=owner, at=NOW)


def test_a_role_ends_on_a_day(owner, organisation):
    assignment = RoleAssignmentFactory(membership__organisation=organisation)

    end_role(assignment=assignment, last_day=TODAY, by=owner, at=NOW)

    assignment.refresh_from_db()
    assert assignment.last_day == TODAY
    assert [row.fields for row in trail(assignment)] == [["last_day"]]


def test_a_role_does_not_end_before_it_began(owner, organisation):
    assignment = RoleAssignmentFactory(membership__organisation=organisation)

    with pytest.raises(EndsBeforeStartError):
        end_role(assignment=assignment, last_day=date(2025, 12, 31), by=owner, at=NOW)


def test_the_last_owner_stays_until_another_takes_over(owner, organisation):
    membership = owner.memberships.get()
    assignment = membership.roles.get()
    RoleAssignmentFactory(
        membership__organisation=organisation, role=Role.OWNER, body=BodyFactory()
    )
    RoleAssignmentFactory(membership__organisation=organisation, role=Role.OWNER, last_day=TODAY)
    with pytest.raises(LastOwnerError):
        end_role(assignment=assignment, last_day=TODAY, by=owner, at=NOW)
    with pytest.raises(LastOwnerError):
        end_membership(membership=membership, by=owner, at=NOW)

    RoleAssignmentFactory(membership__organisation=organisation, role=Role.OWNER)

    end_membership(membership=membership, by=owner, at=NOW)
    assert membership.left_at == NOW


def test_leaving_ends_every_role_and_takes_back_those_to_come(owner, organisation):
    membership = MembershipFactory(organisation=organisation)
    now, past, coming = (
        RoleAssignmentFactory(membership=membership, role=role, starts_on=first, last_day=last)
        for role, first, last in (
            (Role.HOST, date(2026, 1, 1), None),
            (Role.EDITOR, date(2026, 1, 1), date(2026, 2, 1)),
            (Role.ELECTED, date(2027, 1, 1), None),
        )
    )

    end_membership(membership=membership, by=owner, at=NOW)

    assert dict(
        RoleAssignment.objects.filter(membership=membership).values_list("pk", "last_day")
    ) == {
        now.pk: TODAY,
        past.pk: date(2026, 2, 1),
    }
    assert not RoleAssignment.objects.filter(pk=coming.pk).exists()
