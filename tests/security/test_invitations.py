"""An invitation lives once, for a time, for one address; no way around leads in."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from brygga.accounts.models import Invitation, Membership
from brygga.accounts.models.secrets import hash_of
from brygga.core.mail.models import Message
from brygga.dialogues.enums import FollowerState
from brygga.dialogues.queries.followers import confirm_token
from tests.architecture.inventory.page import ANONYMOUS
from tests.factories.accounts import InvitationFactory
from tests.factories.dialogues import FollowerFactory

SECRET = "a-secret-that-only-this-test-knows"


def invited(world, **fields):
    fields = {"expires_at": timezone.now() + timedelta(days=7)} | fields
    return InvitationFactory(organisation=world.own, secret_hash=hash_of(SECRET), **fields)


def try_to_enter(world, reader=ANONYMOUS, secret=SECRET):
    before = Membership.objects.count()
    address = reverse("accounts:accept_invitation", args=[secret])
    for answer in (
        world.client(reader).get(address),
        world.client(reader).post(address, {"name": "Mallory"}),
    ):
        assert answer.status_code < 500
    return Membership.objects.count() - before


def test_an_open_invitation_lets_one_person_in_once(world):
    """Hold that the deny tests below have a door that opens at all."""
    invited(world)
    assert try_to_enter(world) == 1
    assert try_to_enter(world) == 0


@pytest.mark.parametrize("closed", ["expires_at", "revoked_at", "accepted_at"])
def test_a_closed_invitation_lets_nobody_in(world, closed):
    """Stand for CVE-2023-48220: the time is asked for on every path, by GET and by POST."""
    past = timezone.now() - timedelta(days=1)
    earlier = {"invited_at": past - timedelta(days=14)}
    if closed == "expires_at":
        invited(world, expires_at=past, **earlier)
    else:
        invited(world, **earlier)
        Invitation.objects.update(**{closed: past})
    assert try_to_enter(world) == 0
    assert try_to_enter(world, "outsider") == 0


def test_asking_for_a_sign_in_code_does_not_open_an_invitation(world):
    """Stand for CVE-2023-48220: there the forgotten password let the invited in after the time."""
    invitation = invited(
        world,
        expires_at=timezone.now() - timedelta(days=1),
        invited_at=timezone.now() - timedelta(days=15),
    )
    letters = Message.objects.count()
    world.client(ANONYMOUS).post("/konto/logga-in/", {"email": invitation.email})
    world.client(ANONYMOUS).post("/konto/logga-in/kod/", {"email": invitation.email})
    assert not Message.objects.filter(recipient=invitation.email).exists()
    assert Message.objects.count() == letters


@pytest.mark.parametrize("guess", ["", "x", SECRET[:-1], SECRET + "x", hash_of(SECRET)])
def test_a_guessed_or_stolen_hash_is_no_secret(world, guess):
    """Stand for a leaked database: what is kept there is not what the letter holds."""
    invited(world)
    if guess:
        assert try_to_enter(world, secret=guess) == 0


def test_a_link_that_confirms_does_so_for_a_time_only(world):
    """Stand for Consul #6084: the link in an old letter, and the one before the newest."""
    world.put_in("published")
    now = timezone.now()
    follower = FollowerFactory(
        dialogue=world.dialogue, state=FollowerState.PENDING, asked_at=now - timedelta(days=60)
    )
    old = reverse("dialogues:confirm_following", args=[confirm_token(follower)])
    follower.asked_at = now
    newest = reverse("dialogues:confirm_following", args=[confirm_token(follower)])
    client = world.client(ANONYMOUS)
    client.post(old)
    follower.refresh_from_db()
    assert follower.state == FollowerState.PENDING
    type(follower).objects.update(asked_at=now)
    client.post(old)
    follower.refresh_from_db()
    assert follower.state == FollowerState.PENDING
    client.post(newest)
    follower.refresh_from_db()
    assert follower.state == FollowerState.CONFIRMED
