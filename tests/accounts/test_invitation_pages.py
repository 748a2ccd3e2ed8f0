import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from brygga.accounts.enums import Role
from brygga.accounts.models import Invitation, Membership, User
from brygga.core.audit.models import AuditRow
from brygga.core.mail.models import Message
from tests.factories.accounts import BodyFactory, OrganisationFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Exempelby kommun", slug="exempelby-kommun")


@pytest.fixture
def owner(client, organisation):
    owner = person_with(Role.OWNER, organisation)
    client.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    return owner


def address(name, *args):
    return reverse(f"accounts:{name}", args=args)


def invite(client, organisation, **changes):
    data = {"email": "amina@example.test", "role": Role.OFFICIAL, "language": "sv"} | changes
    return client.post(address("invite", organisation.slug), data)


def link():
    letter = Message.objects.latest("pk")
    return re.search(r"(/inbjudan/\S+)", letter.body_text)[1]


def rows():
    """Count all that an invitation may write."""
    return (
        User.objects.count(),
        Membership.objects.count(),
        AuditRow.objects.count(),
        Invitation.objects.filter(accepted_at=None).count(),
    )


def test_from_invitation_to_member_without_a_code(client, owner, organisation):
    body = BodyFactory(organisation=organisation, name="Skolnämnden")
    response = invite(client, organisation, body=body.public_id)
    assert response.url == address("invitations", organisation.slug)
    client.logout()

    page = client.get(link())
    assert "Skolnämnden" in page.content.decode()
    response = client.post(link(), {"name": "Amina Ek"})

    assert response.url == address("organisation", organisation.slug)
    page = client.get(response.url).content.decode()
    assert "Tjänsteperson, Skolnämnden" in page


def test_looking_at_an_invitation_accepts_nothing(client, owner, organisation):
    invite(client, organisation)
    client.logout()
    before = rows()

    client.get(link())

    assert rows() == before


def test_a_name_is_asked_of_somebody_new_and_of_nobody_else(client, owner, organisation):
    invite(client, organisation)
    client.logout()
    before = rows()

    response = client.post(link(), {"name": " "})

    assert response.status_code == 200
    assert rows() == before
    UserFactory(email="amina@example.test")
    assert client.post(link()).status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("state", ["used", "revoked", "expired", "open"])
def test_a_closed_invitation_is_gone_and_writes_nothing(client, owner, organisation, state, method):
    invite(client, organisation)
    at = timezone.now()
    Invitation.objects.update(
        **{
            "used": {"accepted_at": at},
            "revoked": {"revoked_at": at},
            "expired": {"expires_at": at - timedelta(seconds=1)},
            "open": {},
        }[state]
    )
    client.logout()
    before = rows()

    response = getattr(client, method)(link(), {"name": "Amina Ek"})

    if state == "open":
        assert response.status_code == (200 if method == "get" else 302)
    else:
        assert response.status_code == 410
        assert rows() == before
        assert "Logga in" in response.content.decode()


def test_a_made_up_invitation_is_not_found(client, owner, organisation):
    invite(client, organisation)

    assert client.get(link()[:-3] + "xx/").status_code == 404
    assert client.post(link()[:-3] + "xx/", {"name": "Amina"}).status_code == 404


def test_somebody_else_who_is_signed_in_cannot_take_the_invitation(client, owner, organisation):
    invite(client, organisation)
    before = rows()

    page = client.get(link()).content.decode()
    response = client.post(link(), {"name": "Amina Ek"})

    assert "Logga ut" in page
    assert f'action="{link()}"' not in page
    assert response.status_code == 200
    assert rows() == before


def test_an_invitation_is_sent_again_and_revoked(client, owner, organisation):
    invite(client, organisation)
    first = link()
    invitation = Invitation.objects.get()

    client.post(address("resend_invitation", organisation.slug, invitation.public_id))
    second = link()
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200

    client.post(address("revoke_invitation", organisation.slug, invitation.public_id))
    assert client.get(second).status_code == 410
    page = client.get(address("invitations", organisation.slug)).content.decode()
    assert "Ingen väntar" in page


def test_nothing_happens_to_an_invitation_that_was_used_meanwhile(client, owner, organisation):
    invite(client, organisation)
    Invitation.objects.update(accepted_at=timezone.now())
    invitation = Invitation.objects.get()

    for name in ("resend_invitation", "revoke_invitation"):
        response = client.post(address(name, organisation.slug, invitation.public_id), follow=True)
        assert "har använts" in response.content.decode()
    assert Message.objects.count() == 1


def test_inviting_twice_says_why_not(client, owner, organisation):
    invite(client, organisation)

    response = invite(client, organisation)

    assert response.context["form"].errors["email"]
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "no address"}, "email"),
        ({"email": "a@example.test\nBcc: b@example.test"}, "email"),
        ({"role": "emperor"}, "role"),
        ({"body": "nonsense"}, "body"),
        ({"last_day": "2001-01-01"}, "last_day"),
        ({}, None),
    ],
)
def test_a_faulty_invitation_is_not_sent(client, owner, organisation, change, field):
    response = invite(client, organisation, **change)

    assert Message.objects.exists() == (field is None)
    if field:
        assert list(response.context["form"].errors) == [field]


def test_a_body_of_another_organisation_cannot_be_chosen(client, owner, organisation):
    response = invite(client, organisation, body=BodyFactory().public_id)

    assert list(response.context["form"].errors) == ["body"]
    assert not Invitation.objects.exists()


def test_an_invitation_of_another_organisation_cannot_be_touched(client, owner, organisation):
    invite(client, organisation)
    invitation = Invitation.objects.get()
    other = OrganisationFactory()
    client.force_login(
        person_with(Role.OWNER, other), backend="django.contrib.auth.backends.ModelBackend"
    )

    for slug in (organisation.slug, other.slug):
        response = client.post(address("revoke_invitation", slug, invitation.public_id))
        assert response.status_code == 404
    invitation.refresh_from_db()
    assert invitation.revoked_at is None
