from datetime import date

import pytest
from django.db import IntegrityError

from brygga.accounts.enums import BodyKind, OrganisationKind, Role
from brygga.accounts.models import RoleAssignment
from tests.factories.accounts import (
    BodyFactory,
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    RoleAssignmentFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_every_factory_makes_a_row_that_the_database_accepts():
    InvitationFactory(body=BodyFactory())
    assignment = RoleAssignmentFactory()

    assert list(RoleAssignment.objects.all()) == [assignment]


def test_an_address_is_stored_in_lower_case_only():
    with pytest.raises(IntegrityError, match="user_email_is_lower_case"):
        UserFactory(email="Amina@example.test")


def test_an_association_has_no_municipality_code():
    with pytest.raises(IntegrityError, match="organisation_municipality_code"):
        OrganisationFactory(kind=OrganisationKind.ASSOCIATION, municipality_code="0126")


def test_gotland_has_both_codes():
    gotland = OrganisationFactory(
        kind=OrganisationKind.MUNICIPALITY_AND_REGION, municipality_code="0980", region_code="09"
    )

    assert (gotland.municipality_code, gotland.region_code) == ("0980", "09")


def test_an_organisation_has_one_council_but_many_committees():
    organisation = OrganisationFactory()
    BodyFactory.create_batch(2, organisation=organisation, kind=BodyKind.COMMITTEE)
    BodyFactory(organisation=organisation, kind=BodyKind.COUNCIL)

    with pytest.raises(IntegrityError, match="body_one_council_and_one_executive_board"):
        BodyFactory(organisation=organisation, kind=BodyKind.COUNCIL)


def test_a_person_is_a_member_of_an_organisation_once():
    membership = MembershipFactory()

    with pytest.raises(IntegrityError, match="membership_once"):
        MembershipFactory(user=membership.user, organisation=membership.organisation)


def test_the_same_role_starts_once_a_day_also_where_it_holds_for_the_whole_organisation():
    assignment = RoleAssignmentFactory(role=Role.OWNER)

    with pytest.raises(IntegrityError, match="role_once"):
        RoleAssignmentFactory(membership=assignment.membership, role=Role.OWNER)


def test_a_role_does_not_end_before_it_starts():
    with pytest.raises(IntegrityError, match="role_ends_after_it_starts"):
        RoleAssignmentFactory(starts_on=date(2026, 3, 2), last_day=date(2026, 3, 1))


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 2, 28), False),
        (date(2026, 3, 1), True),
        (date(2026, 3, 31), True),
        (date(2026, 4, 1), False),
    ],
)
def test_a_mandate_holds_from_its_first_day_through_its_last(day, holds):
    RoleAssignmentFactory(starts_on=date(2026, 3, 1), last_day=date(2026, 3, 31))

    assert RoleAssignment.objects.valid_on(day).exists() == holds
