"""Nobody learns who has an account, who follows, or what there is, by how we answer."""

import re
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from brygga.core.http.human import shown_token
from brygga.core.mail.models import Message
from tests.architecture.inventory.dialogues_public import dialogue
from tests.architecture.inventory.page import ANONYMOUS
from tests.factories.dialogues import FollowerFactory

ONE_TIME = re.compile(
    r'(nonce|value|csp-nonce)="[^"]*"|[\w.+-]+@example\.test|\d\d[:.]\d\d|csrf\w*"[^>]*'
)


def seen(answer):
    return answer.status_code, ONE_TIME.sub("", answer.content.decode())


def test_signing_in_answers_the_same_to_known_and_unknown_addresses(world):
    """Stand for e-petitions #573, whose message told of a duplicate, and Wagtail's user names."""
    answers = []
    for email in (world.leader.email, "nobody-at-all@example.test"):
        client = world.client(ANONYMOUS)
        answer = client.post(reverse("account_request_login_code"), {"email": email}, follow=True)
        answers.append((answer.redirect_chain, *seen(answer)))
    assert answers[0] == answers[1]


def test_following_answers_the_same_to_those_who_do_and_those_who_do_not(world):
    """Stand for Consul #4691: whom one follows is a political opinion."""
    world.put_in("published")
    FollowerFactory(dialogue=world.dialogue, email="amina@example.test", asked_at=timezone.now())
    answers = []
    for email in ("amina@example.test", "bertil@example.test"):
        shown = shown_token(timezone.now() - timedelta(minutes=1))
        answers.append(
            seen(
                world.client(ANONYMOUS).post(
                    reverse("dialogues:follow", args=dialogue(world)),
                    {"email": email, "shown": shown, "website": ""},
                )
            )
        )
    assert answers[0] == answers[1]
    assert answers[0][0] == 200


def test_whoever_asks_again_and_again_fills_nobodys_mailbox(world):
    """Stand for e-petitions #525: confirmations that somebody else stores up for an address."""
    world.put_in("published")
    shown = shown_token(timezone.now() - timedelta(minutes=1))
    form = {"email": "cecilia@example.test", "shown": shown, "website": ""}
    for _ in range(10):
        world.client(ANONYMOUS).post(reverse("dialogues:follow", args=dialogue(world)), form)
    assert Message.objects.filter(recipient="cecilia@example.test").count() == 1


def test_what_one_may_not_see_looks_like_what_there_is_not(world):
    """Stand for finding drafts by their addresses: the two answers are the same but for that."""
    world.put_in("draft")
    real = reverse("dialogues:workspace", args=[world.dialogue.public_id])
    made_up = real.replace(world.dialogue.public_id, "z" * 10)
    for reader in ("outsider", "other owner", "national owner"):
        client = world.client(reader)
        told = [seen(client.get(address)) for address in (real, made_up)]
        told = [(status, text.replace(world.dialogue.public_id, "z" * 10)) for status, text in told]
        assert told[0] == told[1], reader
        assert told[0][0] == 404
