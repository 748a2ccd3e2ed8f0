import re
from datetime import UTC, date, datetime, timedelta

import pytest

from brygga.accounts.enums import Role
from brygga.accounts.models import Invitation, Membership, RoleAssignment, User
from brygga.accounts.models.secrets import hash_of
from brygga.accounts.operations.errors import (
    AccountClosedError,
    AlreadyInvitedError,
    EndsBeforeStartError,
    ForeignBodyError,
    InvitationClosedError,
    InvitationUnknownError,
    OtherPersonError,
)
from brygga.accounts.operations.invitations import (
    Offer,
    accept_invitation,
    invite,
    resend_invitation,
    revoke_invitation,
)
from brygga.core.audit.queries import trail
from brygga.core.mail.models import Message
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
SOON = NOW + timedelta(hours=1)
OFFER = Offer("amina@example.test", Role.OFFICIAL)


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Exempelby kommun")


@pytest.fixture
def owner(organisation):
    return person_with(Role.OWNER, organisation)


@pytest.fixture
def invitation(organisation, owner):
    return invite(organisation=organisation, offer=OFFER, by=owner, at=NOW)


def letters():
    return list(Message.objects.order_by("pk"))


def secret_in(letter):
    return re.search(r"/inbjudan/([^/\s]+)/", letter.body_text)[1]


def accept(secret, *, at=SOON, signed_in=None):
    return accept_invitation(
        secret=secret, name="Amina Ek", language="sv", signed_in=signed_in, at=at
    )


def test_an_invitation_is_mailed_and_only_the_hash_of_its_secret_is_kept(invitation):
    [letter] = letters()
    secret = secret_in(letter)

    assert letter.recipient == "amina@example.test"
    assert letter.is_secret
    assert letter.expires_at == invitation.expires_at
    assert "Exempelby kommun" in letter.subject
    assert "\n" not in letter.subject
    row = Invitation.objects.values().get()
    assert row["secret_hash"] == hash_of(secret)
    assert secret not in str(row)
    assert invitation.expires_at == NOW + timedelta(days=14)
    assert [row.action for row in trail(invitation)] == ["invitation.sent"]


def test_whoever_holds_the_link_becomes_a_member_with_the_role_from_that_day(organisation, owner):
    body = BodyFactory(organisation=organisation)
    offer = Offer("amina@example.test", Role.ELECTED, body, last_day=date(2026, 12, 31))
    invitation = invite(organisation=organisation, offer=offer, by=owner, at=NOW)

    membership = accept(secret_in(letters()[0]))

    person = User.objects.get(email="amina@example.test")
    assert (membership.user, membership.organisation) == (person, organisation)
    assert person.name == "Amina Ek"
    role = RoleAssignment.objects.get(membership=membership)
    assert (role.role, role.body, role.starts_on, role.last_day) == (
        Role.ELECTED,
        body,
        date(2026, 6, 1),
        date(2026, 12, 31),
    )
    assert [row.action for row in trail(invitation)] == [
        "invitation.accepted",
        "invitation.sent",
    ]


def test_an_invitation_works_once(invitation):
    secret = secret_in(letters()[0])
    membership = accept(secret)

    with pytest.raises(InvitationClosedError):
        accept(secret)
    assert RoleAssignment.objects.filter(membership=membership).count() == 1


@pytest.mark.parametrize(
    ("wait", "works"),
    [(timedelta(days=14, seconds=-1), True), (timedelta(days=14), False)],
)
def test_an_invitation_is_open_for_fourteen_days(invitation, wait, works):
    secret = secret_in(letters()[0])
    if works:
        accept(secret, at=NOW + wait)
    else:
        with pytest.raises(InvitationClosedError):
            accept(secret, at=NOW + wait)
    assert User.objects.filter(email="amina@example.test").exists() == works


def test_a_revoked_invitation_gives_nothing(invitation, owner):
    revoke_invitation(invitation=invitation, by=owner, at=NOW)

    with pytest.raises(InvitationClosedError):
        accept(secret_in(letters()[0]))
    assert not User.objects.filter(email="amina@example.test").exists()
    with pytest.raises(InvitationClosedError):
        resend_invitation(invitation=invitation, by=owner, at=SOON)


def test_an_unknown_secret_is_unknown(invitation):
    with pytest.raises(InvitationUnknownError):
        accept(invitation.secret_hash)


def test_an_invitation_is_for_the_address_it_was_sent_to(invitation):
    other = UserFactory()

    with pytest.raises(OtherPersonError):
        accept(secret_in(letters()[0]), signed_in=other)
    assert not Membership.objects.filter(user=other).exists()
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_somebody_known_keeps_their_account_and_gains_the_role(invitation, organisation):
    person = UserFactory(email="amina@example.test", name="Amina")

    membership = accept(secret_in(letters()[0]), signed_in=person)

    assert membership.user == person
    assert User.objects.get(pk=person.pk).name == "Amina"


def test_a_closed_account_is_not_opened_by_an_invitation(invitation):
    person = UserFactory(email="amina@example.test", is_active=False)

    with pytest.raises(AccountClosedError):
        accept(secret_in(letters()[0]))
    assert not person.memberships.exists()


def test_a_role_given_by_hand_in_the_meantime_does_not_spoil_the_invitation(
    invitation, organisation
):
    person = UserFactory(email="amina@example.test")
    membership = MembershipFactory(user=person, organisation=organisation)
    RoleAssignmentFactory(membership=membership, role=Role.OFFICIAL)

    accept(secret_in(letters()[0]))

    assert membership.roles.count() == 1
    invitation.refresh_from_db()
    assert invitation.accepted_at == SOON


def test_sending_again_makes_a_new_link_and_the_old_one_stops_working(invitation, owner):
    later = NOW + timedelta(days=20)

    resend_invitation(invitation=invitation, by=owner, at=later)

    first, second = (secret_in(letter) for letter in letters())
    with pytest.raises(InvitationUnknownError):
        accept(first, at=later)
    accept(second, at=later + timedelta(days=13))


def test_a_second_invitation_to_the_same_is_refused_while_the_first_is_open(
    invitation, organisation, owner
):
    with pytest.raises(AlreadyInvitedError):
        invite(organisation=organisation, offer=OFFER, by=owner, at=SOON)
    other_role = Offer(OFFER.email, Role.HOST)
    invite(organisation=organisation, offer=other_role, by=owner, at=SOON)

    invite(organisation=organisation, offer=OFFER, by=owner, at=NOW + timedelta(days=15))

    assert Invitation.objects.filter(role=OFFER.role, revoked_at=None).count() == 1
    assert len(letters()) == 3


def test_an_invitation_is_for_a_body_of_its_own_organisation(organisation, owner):
    foreign = Offer("amina@example.test", Role.OFFICIAL, BodyFactory())

    with pytest.raises(ForeignBodyError):
        invite(organisation=organisation, offer=foreign, by=owner, at=NOW)
    assert letters() == []


def test_an_invitation_to_a_mandate_that_is_over_is_refused(organisation, owner):
    over = Offer("amina@example.test", Role.ELECTED, last_day=date(2026, 5, 31))

    with pytest.raises(EndsBeforeStartError):
        invite(organisation=organisation, offer=over, by=owner, at=NOW)


def test_an_invitation_is_written_in_the_language_chosen(organisation, owner):
    offer = Offer("amina@example.test", Role.OFFICIAL, language="en")

    invite(organisation=organisation, offer=offer, by=owner, at=NOW)

    assert letters()[0].subject == "You are invited to Exempelby kommun in Brygga"
