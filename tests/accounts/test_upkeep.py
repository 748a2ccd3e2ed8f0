from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from brygga.accounts.enums import Role
from brygga.accounts.models import Invitation, SignInLink, UserSession
from brygga.accounts.operations.upkeep import forget_expired
from brygga.accounts.queries import today_items
from brygga.core.mail.models import Message
from tests.factories.accounts import (
    BodyFactory,
    InvitationFactory,
    OrganisationFactory,
    UserFactory,
    person_with,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_only_what_has_expired_is_forgotten():
    person = UserFactory()
    for number, moment in enumerate((NOW - HOUR, NOW + HOUR)):
        UserSession.objects.create(session_key=f"s{number}", session_data="", expire_date=moment)
        SignInLink.objects.create(user=person, secret_hash=str(number), expires_at=moment)

    assert forget_expired(at=NOW) == 2

    assert UserSession.objects.get().session_key == "s1"
    assert SignInLink.objects.get().secret_hash == "1"


def test_the_first_owner_is_invited_from_the_command_line(capsys):
    OrganisationFactory(name="Exempelby kommun", slug="exempelby-kommun")

    call_command("invite_owner", "exempelby-kommun", "Olga@example.test")

    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role) == ("olga@example.test", Role.OWNER)
    assert invitation.invited_by is None
    assert Message.objects.get().recipient == "olga@example.test"
    assert "Exempelby kommun is on its way to olga@example.test" in capsys.readouterr().out


def test_the_command_says_what_is_wrong():
    with pytest.raises(CommandError, match="no organisation called nowhere"):
        call_command("invite_owner", "nowhere", "olga@example.test")
    OrganisationFactory(slug="exempelby-kommun")
    call_command("invite_owner", "exempelby-kommun", "olga@example.test")
    with pytest.raises(CommandError):
        call_command("invite_owner", "exempelby-kommun", "olga@example.test")
    assert Invitation.objects.count() == 1


def test_an_owner_is_told_of_invitations_that_nobody_answered(django_assert_num_queries):
    organisation, other = OrganisationFactory.create_batch(2)
    body = BodyFactory(organisation=organisation)
    owner = person_with(Role.OWNER, organisation)
    InvitationFactory.create_batch(2, organisation=organisation, expires_at=NOW)
    InvitationFactory(organisation=organisation, expires_at=NOW + HOUR)
    InvitationFactory(organisation=organisation, expires_at=NOW, revoked_at=NOW)
    InvitationFactory(organisation=organisation, expires_at=NOW, accepted_at=NOW)
    InvitationFactory(organisation=other, expires_at=NOW)

    with django_assert_num_queries(2):
        [item] = today_items(owner, NOW)

    assert item.title.startswith("2 ")
    assert organisation.slug in item.url
    for role, place in ((Role.HOST, None), (Role.OWNER, body)):
        assert list(today_items(person_with(role, organisation, place), NOW)) == []
