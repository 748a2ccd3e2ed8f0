"""People and organisations for tests: nothing beyond what the model demands."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from brygga.accounts.enums import BodyKind, OrganisationKind, Role
from brygga.accounts.models import (
    Body,
    Invitation,
    Membership,
    Organisation,
    RoleAssignment,
    User,
)
from brygga.core.text import sort_key

START = datetime(2026, 1, 1, tzinfo=UTC)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda number: f"person{number}@example.test")
    name = factory.Sequence(lambda number: f"Person {number}")
    sort_key = factory.LazyAttribute(lambda user: sort_key(user.name))
    joined_at = START
    password = "!"


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    kind = OrganisationKind.MUNICIPALITY
    name = factory.Sequence(lambda number: f"Ort {number} kommun")
    sort_key = factory.LazyAttribute(lambda organisation: sort_key(organisation.name))
    slug = factory.Sequence(lambda number: f"ort-{number}-kommun")


class BodyFactory(DjangoModelFactory):
    class Meta:
        model = Body

    organisation = factory.SubFactory(OrganisationFactory)
    kind = BodyKind.COMMITTEE
    name = factory.Sequence(lambda number: f"Nämnd {number}")
    sort_key = factory.LazyAttribute(lambda body: sort_key(body.name))


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    joined_at = START


class RoleAssignmentFactory(DjangoModelFactory):
    """A role from the first day of 2026 until further notice, for the whole organisation."""

    class Meta:
        model = RoleAssignment

    membership = factory.SubFactory(MembershipFactory)
    role = Role.PROCESS_LEADER
    starts_on = date(2026, 1, 1)


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    organisation = factory.SubFactory(OrganisationFactory)
    email = factory.Sequence(lambda number: f"invited{number}@example.test")
    role = Role.OFFICIAL
    secret_hash = factory.Sequence(lambda number: f"{number:064x}")
    invited_by = factory.SubFactory(UserFactory)
    invited_at = START
    expires_at = datetime(2026, 1, 15, tzinfo=UTC)


def person_with(role: Role, organisation: Organisation, body: Body | None = None) -> User:
    """Make a member of the organisation who holds the role there, or in one of its bodies."""
    membership = MembershipFactory(organisation=organisation)
    RoleAssignmentFactory(membership=membership, role=role, body=body)
    return membership.user
