"""Fifty requests at the same instant, each on a connection of its own, do what one would do."""

import secrets
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brygga.accounts.models import Membership
from brygga.accounts.models.secrets import hash_of
from brygga.core.attendance import operations as attendance
from brygga.core.attendance.models import CheckIn
from brygga.core.http.human import shown_token
from brygga.core.jobs.models import Job
from brygga.core.mail.models import Message
from brygga.dialogues.enums import CaseCause, Channel
from brygga.dialogues.models import (
    Contribution,
    Follower,
    ModerationCase,
    Participant,
    PublishedResult,
)
from brygga.tools.outcomes.models import Decision, ProposalVerdict
from brygga.tools.perspectives.models import CurrentVote, Statement, VoteEvent
from brygga.tools.register.models import Delivery
from tests.architecture.inventory.dialogues_public import dialogue as public
from tests.architecture.inventory.moderation import hidden_voice
from tests.architecture.inventory.perspectives import mapped, with_statement
from tests.architecture.inventory.world import World
from tests.core.mail.ledger import forget_jobs
from tests.factories.accounts import InvitationFactory
from tests.factories.outcomes import ProposalFactory

MANY = 50
SECRET = "a-secret-that-only-this-test-knows"


@pytest.fixture
def town(transactional_db):
    """Make a town that all connections see: what an open transaction holds they would not."""
    world = World()
    world.put_in("published")
    yield world
    forget_jobs()


def shown():
    return shown_token(timezone.now() - timedelta(minutes=1))


def send_at_once(address, data, cookies=None):
    """Let fifty browsers with the same cookies send the same form; give how often what came."""
    gate = Barrier(MANY)

    def send(_number):
        browser = Client(raise_request_exception=False)
        for name, value in (cookies or {}).items():
            browser.cookies[name] = value
        try:
            gate.wait()
            return browser.post(address, data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as threads:
        counted = Counter(threads.map(send, range(MANY)))
    assert max(counted) < 500, counted
    return counted


def session_of(world, reader):
    signed_in = world.client(reader).cookies[settings.SESSION_COOKIE_NAME].value
    return {settings.SESSION_COOKIE_NAME: signed_in}


def test_a_vote(town):
    """Stand for CVE-2023-47634, Consul #4061 and Consul #5762: one participant and one vote."""
    found, statement = with_statement(town)
    address = reverse("perspectives:take_part", args=[found])
    send_at_once(address, {"statement": statement, "value": 1, "shown": shown()})
    assert Participant.objects.count() == 1
    assert CurrentVote.objects.count() == VoteEvent.objects.count() == 1


def test_a_residents_contribution(town):
    """Stand for CVE-2023-47634: what a resident writes in their own words is kept once."""
    found, _statement = with_statement(town)
    before = Statement.objects.count()
    send_at_once(
        reverse("perspectives:own_words", args=[found]),
        {"text": "Bussen ska gå oftare.", "shown": shown(), "website": ""},
    )
    assert Statement.objects.count() == before + 1
    assert Contribution.objects.filter(text="Bussen ska gå oftare.").count() == 1


def test_voices_that_a_host_writes_down(town):
    """Stand for CVE-2023-47634 in the workspace."""
    send_at_once(
        reverse("dialogues:contribution_new", args=[town.dialogue.public_id]),
        {
            "client_key": "one-form",
            "boxes": 5,
            "channel": Channel.CALL,
            "language": "sv",
            "voice_0": "Bänken vid hållplatsen är trasig.",
        },
        session_of(town, "own process_leader"),
    )
    assert Contribution.objects.filter(channel=Channel.CALL).count() == 1


def test_following(town):
    """Stand for CVE-2023-47634: one follower, and one letter that asks to confirm."""
    send_at_once(
        reverse("dialogues:follow", args=public(town)),
        {"email": "amina@example.test", "shown": shown(), "website": ""},
    )
    assert Follower.objects.count() == 1
    assert Message.objects.filter(recipient="amina@example.test").count() == 1


def test_an_invitation_is_accepted(town):
    """Stand for CVE-2023-47634: one membership."""
    InvitationFactory(
        organisation=town.own,
        secret_hash=hash_of(SECRET),
        expires_at=timezone.now() + timedelta(days=7),
    )
    before = Membership.objects.count()
    send_at_once(reverse("accounts:accept_invitation", args=[SECRET]), {"name": "Amina"})
    assert Membership.objects.count() == before + 1


def test_a_decision_with_its_verdict(town):
    """Stand for CVE-2023-47634: a decision and the answer to a proposal are written down once."""
    proposal = ProposalFactory(dialogue=town.dialogue)
    send_at_once(
        reverse("outcomes:decision_new", args=[town.dialogue.public_id]),
        {
            "client_key": secrets.token_urlsafe(24),
            "title": "Skolan blir kvar",
            "body": town.body.public_id,
            "decided_on": timezone.localdate().isoformat(),
            "dnr": "BUN 2026/1",
            "reasons": "Det är många som vill det.",
            "minutes": "not_yet",
            f"verdict_{proposal.public_id}": "yes",
            f"reasons_{proposal.public_id}": "Nämnden håller med.",
        },
        session_of(town, "own process_leader"),
    )
    assert Decision.objects.count() == 1
    assert ProposalVerdict.objects.count() == 1


def test_a_new_assessment(town):
    """Stand for CVE-2023-47634: one case for the second person."""
    secret, voice = hidden_voice(town)
    send_at_once(
        reverse("dialogues:new_assessment", args=[secret, voice]), {"words": "Det var ironi."}
    )
    assert ModerationCase.objects.filter(cause=CaseCause.NEW_ASSESSMENT).count() == 1


def test_a_check_in(town):
    """Stand for CVE-2023-47634: one phone counts once."""
    now = timezone.now()
    attendance.open_gathering(
        owner_kind="lunch",
        owner_id="1",
        title="Lunch",
        opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(hours=1),
        by=None,
        at=now,
    )
    secret = attendance.host_secret("lunch", "1")
    send_at_once(reverse("attendance:check_in", args=[secret]), {"device": "one-phone"})
    assert CheckIn.objects.count() == 1


def test_a_published_result(town):
    """Stand for Consul #6072: a result that many press to publish is published once."""
    [found] = mapped(town)
    send_at_once(
        reverse("perspectives:publish_map", args=[found]),
        {"title": "Vad alla tycker"},
        session_of(town, "own process_leader"),
    )
    assert PublishedResult.objects.filter(title="Vad alla tycker").count() == 1


def test_a_filing(town):
    """Stand for CVE-2023-47634: one delivery to the register, one job, one number."""
    type(town.body).objects.update(registrar_email="registrator@example.test")
    send_at_once(
        reverse("register:overview", args=[town.dialogue.public_id]),
        {
            "client_key": secrets.token_urlsafe(24),
            "body": town.body.public_id,
            "scope": "all",
            "parts": ["mandate"],
        },
        session_of(town, "own process_leader"),
    )
    assert Delivery.objects.filter(dialogue=town.dialogue).count() == 1
    assert Job.objects.filter(kind="register.delivery").count() == 1
