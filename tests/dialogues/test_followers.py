"""Following by e-mail: double opt-in, one press to end, and never tied to a participant."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brygga.core.http.human import shown_token
from brygga.core.limits.models import LimitCounter
from brygga.core.mail.models import Message
from brygga.core.mail.operations import render
from brygga.dialogues.enums import DialogueState, FollowerState, StepKind, Visibility
from brygga.dialogues.models import Follower
from brygga.dialogues.operations.followers import (
    LinkExpiredError,
    ask_to_follow,
    confirm,
    end,
    notify_followers,
)
from brygga.dialogues.queries.followers import confirm_token, end_token
from tests.factories.accounts import MembershipFactory
from tests.factories.dialogues import NOW, FollowerFactory, TeamMemberFactory, dialogue_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def dialogue():
    return dialogue_in(StepKind.PERSPECTIVES)


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["brygga_language"] = "en"


def ask(dialogue, email="amina@example.test", at=NOW):
    ask_to_follow(dialogue=dialogue, email=email, language="sv", at=at)
    return Follower.objects.get(dialogue=dialogue, email=email.strip().lower())


def text_of(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").main.get_text(" ").split())


def test_asking_sends_a_link_and_only_the_link_makes_a_follower(dialogue):
    follower = ask(dialogue)
    [letter] = Message.objects.all()
    assert (letter.recipient, letter.template) == (follower.email, "dialogues/mail/confirm")
    assert confirm_token(follower) in letter.context["confirm_url"]
    assert follower.state == FollowerState.PENDING
    confirm(token=confirm_token(follower), at=NOW)
    follower.refresh_from_db()
    assert (follower.state, follower.confirmed_at) == (FollowerState.CONFIRMED, NOW)


@pytest.mark.parametrize(
    ("language", "subject", "asks"),
    [
        ("sv", "Bekräfta att du vill bevaka ”Väg & vatten”", "tryck på knappen"),
        ("en", "Confirm that you want to follow “Väg & vatten”", "press the button"),
    ],
)
def test_the_letter_reads_as_plain_text_in_the_readers_language(language, subject, asks):
    dialogue = dialogue_in(StepKind.PERSPECTIVES, title="Väg & vatten")
    ask_to_follow(dialogue=dialogue, email="amina@example.test", language=language, at=NOW)
    letter = Message.objects.get()
    render(pk=letter.pk, at=NOW)
    letter.refresh_from_db()
    assert letter.subject == subject
    assert asks in letter.body_text
    assert "“Väg & vatten”" in letter.body_text or "”Väg & vatten”" in letter.body_text
    assert letter.context["confirm_url"] in letter.body_text
    assert letter.unsubscribe_url in letter.body_text


def test_an_address_is_one_follower_however_it_is_written(dialogue):
    assert ask(dialogue) == ask(dialogue, " Amina@Example.test ")


def test_asking_again_and_again_sends_one_letter_in_ten_minutes(dialogue):
    for seconds in (0, 60, 599):
        ask(dialogue, at=NOW + timedelta(seconds=seconds))
    assert Message.objects.count() == 1
    ask(dialogue, at=NOW + timedelta(minutes=10))
    assert Message.objects.count() == 2


def test_nobodys_mailbox_is_flooded_through_many_dialogues(monkeypatch):
    monkeypatch.setattr("brygga.dialogues.operations.followers.LETTERS_TO_ONE", 2)
    for _ in range(3):
        ask_to_follow(dialogue=dialogue_in(), email="amina@example.test", language="sv", at=NOW)
    ask_to_follow(dialogue=dialogue_in(), email="bo@example.test", language="sv", at=NOW)
    recipients = Message.objects.order_by("pk").values_list("recipient", flat=True)
    assert list(recipients) == ["amina@example.test"] * 2 + ["bo@example.test"]


def test_who_follows_already_gets_a_letter_that_says_so(dialogue):
    follower = FollowerFactory(
        dialogue=dialogue, state=FollowerState.CONFIRMED, confirmed_at=NOW - timedelta(days=9)
    )
    ask(dialogue, follower.email, at=NOW + timedelta(days=1))
    assert [letter.template for letter in Message.objects.all()] == ["dialogues/mail/following"]
    follower.refresh_from_db()
    assert follower.state == FollowerState.CONFIRMED


def test_a_newer_letter_ends_the_link_of_an_older_one(dialogue):
    first = confirm_token(ask(dialogue))
    second = confirm_token(ask(dialogue, at=NOW + timedelta(hours=1)))
    with pytest.raises(LinkExpiredError):
        confirm(token=first, at=NOW + timedelta(hours=2))
    confirm(token=second, at=NOW + timedelta(hours=2))


def test_a_link_holds_for_three_days(dialogue):
    token = confirm_token(ask(dialogue))
    with pytest.raises(LinkExpiredError):
        confirm(token=token, at=NOW + timedelta(days=3, seconds=1))
    assert Follower.objects.get().state == FollowerState.PENDING
    confirm(token=token, at=NOW + timedelta(days=3))


def test_a_used_link_does_not_begin_again_what_was_ended(dialogue):
    follower = ask(dialogue)
    token = confirm_token(follower)
    confirm(token=token, at=NOW)
    confirm(token=token, at=NOW)
    end(follower=follower, at=NOW)
    with pytest.raises(LinkExpiredError):
        confirm(token=token, at=NOW)
    assert Follower.objects.get().state == FollowerState.ENDED


def test_who_ended_may_begin_again(dialogue):
    follower = ask(dialogue)
    confirm(token=confirm_token(follower), at=NOW)
    end(follower=follower, at=NOW)
    later = NOW + timedelta(days=1)
    follower = ask(dialogue, at=later)
    confirm(token=confirm_token(follower), at=later)
    follower.refresh_from_db()
    assert (follower.state, follower.ended_at) == (FollowerState.CONFIRMED, None)


def notify(dialogue, key="decision:1"):
    return notify_followers(
        dialogue=dialogue,
        key=key,
        kind="outcomes.decision",
        template="outcomes/mail/decision",
        context={"title": "Skolan blir kvar"},
        at=NOW,
    )


def test_only_the_confirmed_of_this_dialogue_are_told_and_each_once(dialogue):
    confirmed = FollowerFactory.create_batch(
        2, dialogue=dialogue, state=FollowerState.CONFIRMED, confirmed_at=NOW
    )
    FollowerFactory(dialogue=dialogue)
    FollowerFactory(dialogue=dialogue, state=FollowerState.ENDED)
    FollowerFactory(state=FollowerState.CONFIRMED, confirmed_at=NOW)
    assert notify(dialogue) == 2
    notify(dialogue)
    letters = Message.objects.order_by("pk")
    assert [letter.recipient for letter in letters] == [who.email for who in confirmed]
    notify(dialogue, key="decision:2")
    assert letters.all().count() == 4


def test_every_letter_can_be_ended_from_and_tells_of_its_dialogue(dialogue, settings):
    follower = FollowerFactory(dialogue=dialogue, state=FollowerState.CONFIRMED, confirmed_at=NOW)
    notify(dialogue)
    letter = Message.objects.get()
    assert letter.unsubscribe_url == settings.BRYGGA_ADDRESS + reverse(
        "dialogues:end_following", args=[end_token(follower)]
    )
    assert letter.context == {
        "title": "Skolan blir kvar",
        "dialogue": dialogue.title,
        "dialogue_url": settings.BRYGGA_ADDRESS + dialogue.get_absolute_url(),
    }


@pytest.fixture
def internal():
    return dialogue_in(StepKind.PERSPECTIVES, visibility=Visibility.INTERNAL)


def test_of_an_internal_dialogue_only_insiders_are_told(internal):
    colleague = MembershipFactory(organisation=internal.organisation).user
    left = MembershipFactory(organisation=internal.organisation, left_at=NOW).user
    partner = TeamMemberFactory(dialogue=internal).user
    for email in (colleague.email, left.email, partner.email, "private@example.test"):
        FollowerFactory(dialogue=internal, email=email, state="confirmed", confirmed_at=NOW)
    assert notify(internal) == 2
    recipients = {letter.recipient for letter in Message.objects.all()}
    assert recipients == {colleague.email, partner.email}


def test_an_internal_dialogue_is_not_written_of_to_an_outside_address(internal):
    colleague = MembershipFactory(organisation=internal.organisation).user
    ask(internal, colleague.email)
    ask_to_follow(dialogue=internal, email="private@example.test", language="sv", at=NOW)
    assert [letter.recipient for letter in Message.objects.all()] == [colleague.email]


# The pages


def follow_address(dialogue):
    return reverse("dialogues:follow", args=[dialogue.slug, dialogue.public_id])


def send(client, dialogue, email="amina@example.test", **fields):
    shown = shown_token(timezone.now() - timedelta(seconds=20))
    return client.post(follow_address(dialogue), {"email": email, "shown": shown, **fields})


def test_the_reply_is_the_same_whether_the_address_follows_or_not(client, dialogue):
    FollowerFactory(
        dialogue=dialogue, email="redan@example.test", state="confirmed", confirmed_at=NOW
    )
    new, known = send(client, dialogue), send(client, dialogue, "redan@example.test")
    again = send(client, dialogue)
    assert new.status_code == known.status_code == again.status_code == 200
    assert text_of(new) == text_of(known) == text_of(again)


@pytest.mark.parametrize(
    "fields",
    [
        {"email": "inte en adress"},
        {"email": "a@b.se\nBcc: x@y.se"},
        {"email": "a\0b@example.test"},
        {"email": "x" * 300 + "@example.test"},
        {"website": "https://example.test"},
        {"shown": ""},
        {"shown": "forged:token:x"},
    ],
)
def test_what_is_not_right_is_asked_for_again_and_writes_nothing(client, dialogue, fields):
    response = send(client, dialogue, **fields)
    assert response.status_code in {400, 422}
    assert Follower.objects.count() == Message.objects.count() == LimitCounter.objects.count() == 0


def test_a_form_shown_again_can_be_sent(client, dialogue):
    wrong = send(client, dialogue, email="inte en adress")
    form = BeautifulSoup(wrong.content, "html.parser").select_one("main form")
    assert form.select_one("[name=email]")["value"] == "inte en adress"
    assert form.select_one("[name=shown]")["value"]


@pytest.mark.parametrize("state", [DialogueState.CANCELLED, DialogueState.DRAFT])
def test_what_is_cancelled_or_not_published_cannot_be_followed(client, state):
    dialogue = dialogue_in(StepKind.PERSPECTIVES, state)
    assert send(client, dialogue).status_code == 404
    assert Follower.objects.count() == 0


def test_too_many_letters_from_one_network_stop_for_the_day(client, dialogue, monkeypatch):
    monkeypatch.setattr("brygga.dialogues.views.following.LETTERS_PER_DAY", 2)
    codes = [
        send(client, dialogue, f"person{number}@example.test").status_code for number in range(3)
    ]
    assert codes == [200, 200, 429]
    assert Follower.objects.count() == 2


def confirm_address(follower):
    return reverse("dialogues:confirm_following", args=[confirm_token(follower)])


def test_opening_the_link_confirms_nothing_and_pressing_does(client, dialogue):
    follower = ask(dialogue, at=timezone.now())
    page = client.get(confirm_address(follower))
    assert "Do you want to follow this dialogue?" in text_of(page)
    follower.refresh_from_db()
    assert follower.state == FollowerState.PENDING
    assert "You follow the dialogue" in text_of(client.post(confirm_address(follower)))
    follower.refresh_from_db()
    assert follower.state == FollowerState.CONFIRMED
    assert "The link has been used" in text_of(client.get(confirm_address(follower)))


def test_an_expired_link_says_so(client, dialogue):
    follower = ask(dialogue, at=timezone.now() - timedelta(days=4))
    for response in (
        client.get(confirm_address(follower)),
        client.post(confirm_address(follower)),
    ):
        assert response.status_code == 410
        assert "The link is too old" in text_of(response)
    follower.refresh_from_db()
    assert follower.state == FollowerState.PENDING


@pytest.mark.parametrize("name", ["confirm_following", "end_following"])
@pytest.mark.parametrize("token", ["x", "a.b", "0" * 64, f"{'0' * 64}.forged"])
def test_a_forged_link_is_a_clear_page(client, dialogue, name, token):
    follower = ask(dialogue)
    address = reverse(f"dialogues:{name}", args=[token])
    for response in (client.get(address), client.post(address)):
        assert response.status_code == 404
        assert "We do not know this link" in text_of(response)
    follower.refresh_from_db()
    assert follower.state == FollowerState.PENDING


def test_a_link_to_end_does_not_confirm_and_the_other_way_round(client, dialogue):
    follower = ask(dialogue, at=timezone.now())
    crossed = (
        reverse("dialogues:confirm_following", args=[end_token(follower)]),
        reverse("dialogues:end_following", args=[confirm_token(follower)]),
    )
    assert [client.post(address).status_code for address in crossed] == [404, 404]


def test_a_mail_program_ends_it_in_one_click_without_our_token(dialogue):
    follower = FollowerFactory(dialogue=dialogue, state=FollowerState.CONFIRMED, confirmed_at=NOW)
    address = reverse("dialogues:end_following", args=[end_token(follower)])
    program = Client(enforce_csrf_checks=True)
    response = program.post(address, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    follower.refresh_from_db()
    assert follower.state == FollowerState.ENDED
    assert program.post(confirm_address(follower)).status_code == 403


def test_opening_the_link_to_end_ends_nothing(client, dialogue):
    follower = FollowerFactory(dialogue=dialogue, state=FollowerState.CONFIRMED, confirmed_at=NOW)
    address = reverse("dialogues:end_following", args=[end_token(follower)])
    assert "Stop the letters" in text_of(client.get(address))
    follower.refresh_from_db()
    assert follower.state == FollowerState.CONFIRMED
    assert "No more letters" in text_of(client.post(address))


def test_the_followers_have_no_tie_to_participants():
    related = {field.related_model for field in Follower._meta.get_fields() if field.is_relation}
    assert {model._meta.label for model in related} == {"dialogues.Dialogue"}
