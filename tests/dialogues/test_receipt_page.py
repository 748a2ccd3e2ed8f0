"""The receipt: all of one's own, nothing of anybody else's."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from brygga.dialogues.enums import ContributionState, InsightState, StepKind
from brygga.dialogues.models import Contribution, Participant
from brygga.dialogues.operations.participants import join
from brygga.dialogues.queries.participants import cookie_name, signer_of
from brygga.dialogues.registry import Event, Fact, Outcome, Tool, registry
from tests.factories.accounts import UserFactory
from tests.factories.dialogues import (
    NOW,
    ContributionFactory,
    FollowerFactory,
    InsightFactory,
    ParticipantFactory,
    PerspectiveFactory,
    dialogue_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tool(monkeypatch):
    """A tool that knows what became of every voice, and what it holds of each participant."""
    monkeypatch.setattr(registry, "tools", {})
    registry.add(
        Tool(
            "example",
            "Example",
            what_became_of=lambda numbers: [
                Outcome(number, "Decision", f"Outcome of {number}", NOW.date(), "/decision/")
                for number in numbers
            ],
            receipt=lambda participant: [Fact("Answers", f"12 by {participant.public_id}")],
            timeline=lambda dialogue: [Event(NOW.date(), "The committee decided")],
        )
    )


@pytest.fixture
def dialogue():
    return dialogue_in(StepKind.PERSPECTIVES)


@pytest.fixture
def me(dialogue):
    return join(dialogue=dialogue, language="sv", at=NOW)


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["brygga_language"] = "en"


def receipt(client, secret):
    return client.get(reverse("dialogues:receipt", args=[secret]))


def text_of(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").main.get_text(" ").split())


def test_the_receipt_tells_what_i_said_and_what_became_of_it(client, me, dialogue):
    voice = ContributionFactory(dialogue=dialogue, participant=me.participant, text="Behåll den")
    insight = InsightFactory(
        dialogue=dialogue, state=InsightState.PUBLISHED, published_at=NOW, text="Många vill"
    )
    insight.contributions.add(voice)
    text = text_of(receipt(client, me.secret))
    for part in (
        me.participant.public_id,
        me.secret,
        "Behåll den",
        "Många vill",
        f"Outcome of {voice.pk}",
        f"12 by {me.participant.public_id}",
        dialogue.mandate.feedback_promise,
        "The committee decided",
    ):
        assert part in text


def test_a_voice_leads_up_through_a_perspective_and_to_published_insights_only(
    client, me, dialogue
):
    voice = ContributionFactory(dialogue=dialogue, participant=me.participant)
    perspective = PerspectiveFactory(dialogue=dialogue)
    perspective.contributions.add(voice)
    published = InsightFactory(
        dialogue=dialogue, state=InsightState.PUBLISHED, published_at=NOW, text="Öppen slutsats"
    )
    draft = InsightFactory(dialogue=dialogue, text="Ett utkast")
    for insight in (published, draft):
        insight.perspectives.add(perspective)
    text = text_of(receipt(client, me.secret))
    assert text.count("Öppen slutsats") == 1
    assert "Ett utkast" not in text


def test_nothing_of_anybody_else_is_on_it(client, me, dialogue):
    mine = ContributionFactory(dialogue=dialogue, participant=me.participant, text="Min röst")
    other = ParticipantFactory(dialogue=dialogue)
    voices = [
        ContributionFactory(dialogue=dialogue, participant=other, text="Grannens röst"),
        ContributionFactory(dialogue=dialogue, text="Rösten från torget", place="Torget"),
    ]
    leader = UserFactory(name="Petra Processledare", email="petra@example.test")
    follower = FollowerFactory(dialogue=dialogue, email="bevakar@example.test")
    Contribution.objects.update(entered_by=leader)
    perspective = PerspectiveFactory(dialogue=dialogue, is_public=True, created_by=leader)
    insight = InsightFactory(
        dialogue=dialogue, state=InsightState.PUBLISHED, published_at=NOW, created_by=leader
    )
    for voice in (mine, *voices):
        perspective.contributions.add(voice)
        insight.contributions.add(voice)
    page = receipt(client, me.secret).content.decode()
    assert "Min röst" in page
    for foreign in (
        "Grannens röst",
        "Rösten från torget",
        "Torget",
        other.public_id,
        other.secret_hash,
        *[voice.public_id for voice in voices],
        leader.name,
        leader.email,
        follower.email,
        dialogue.mandate.feedback_owner.name,
    ):
        assert foreign not in page


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (ContributionState.PUBLISHED, "Everybody can read it"),
        (ContributionState.WAITING, "We read it before others can"),
        (ContributionState.INTERNAL, "Only the team reads it"),
        (ContributionState.HIDDEN, "Pekar ut en granne"),
        (ContributionState.WITHDRAWN, "You have taken it back"),
        (ContributionState.ERASED, "Erased under the rules"),
    ],
)
def test_every_state_is_told_in_words(client, me, dialogue, state, says):
    ContributionFactory(
        dialogue=dialogue,
        participant=me.participant,
        state=state,
        text="" if state == ContributionState.ERASED else "Mina ord",
        state_reason="Pekar ut en granne" if state == ContributionState.HIDDEN else "",
    )
    assert says in text_of(receipt(client, me.secret))


def test_the_page_is_kept_from_caches_and_search_engines(client, me):
    response = receipt(client, me.secret)
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    ("theirs", "chosen", "shown"),
    [("en", None, "en"), ("sv", None, "sv"), ("ar", None, "sv"), ("en", "sv", "sv")],
)
def test_the_page_speaks_the_participants_language_unless_another_is_chosen(
    client, dialogue, theirs, chosen, shown
):
    somebody = join(dialogue=dialogue, language=theirs, at=NOW)
    client.cookies.clear()
    if chosen:
        client.cookies["brygga_language"] = chosen
    response = receipt(client, somebody.secret)
    assert f'<html lang="{shown}"' in response.content.decode()
    assert response.headers["Content-Language"] == shown


def test_the_qr_code_leads_to_the_same_address(client, me):
    [code] = BeautifulSoup(receipt(client, me.secret).content, "html.parser").select("svg.qr")
    assert code.title.get_text()
    assert code.select("path")


@pytest.mark.parametrize("forge", [lambda secret: secret[:-2], lambda secret: "x" * len(secret)])
def test_a_forged_link_is_a_clear_page_and_writes_nothing(client, me, forge):
    assert receipt(client, me.secret).status_code == 200
    response = receipt(client, forge(me.secret))
    assert response.status_code == 404
    assert "There is no receipt here" in text_of(response)
    assert Participant.objects.count() == 1


def take_back(client, secret, voice):
    return client.post(reverse("dialogues:withdraw", args=[secret, voice.public_id]))


def test_i_take_my_words_back_by_a_press(client, me, dialogue):
    voice = ContributionFactory(dialogue=dialogue, participant=me.participant)
    form = BeautifulSoup(receipt(client, me.secret).content, "html.parser").select_one(
        "article form"
    )
    response = client.post(form["action"], follow=True)
    voice.refresh_from_db()
    assert voice.state == ContributionState.WITHDRAWN
    assert "You have taken it back" in text_of(response)
    assert not BeautifulSoup(response.content, "html.parser").select("article form")


def test_a_link_with_the_words_of_another_takes_nothing_back(client, me, dialogue):
    voice = ContributionFactory(
        dialogue=dialogue, participant=ParticipantFactory(dialogue=dialogue)
    )
    assert take_back(client, me.secret, voice).status_code == 404
    assert take_back(client, "x" * 32, voice).status_code == 404
    voice.refresh_from_db()
    assert voice.state == ContributionState.PUBLISHED


def test_what_was_hidden_meanwhile_says_so(client, me, dialogue):
    voice = ContributionFactory(
        dialogue=dialogue,
        participant=me.participant,
        state=ContributionState.HIDDEN,
        state_reason="Pekar ut en granne",
    )
    response = client.post(
        reverse("dialogues:withdraw", args=[me.secret, voice.public_id]), follow=True
    )
    assert "nothing to take back" in text_of(response)


def mine(dialogue):
    return reverse("dialogues:my_receipt", args=[dialogue.slug, dialogue.public_id])


def test_the_dialogue_leads_to_the_receipt_by_its_cookie(client, me, dialogue):
    client.cookies[cookie_name(dialogue)] = signer_of(dialogue).sign(me.secret)
    page = client.get(dialogue.get_absolute_url()).content.decode()
    assert f'href="{mine(dialogue)}"' in page
    assert me.secret not in page
    assert client.get(mine(dialogue)).url == reverse("dialogues:receipt", args=[me.secret])


@pytest.mark.parametrize("cookie", [None, "forged:cookie", ""])
def test_without_the_cookie_one_is_told_where_the_receipt_is(client, me, dialogue, cookie):
    if cookie is not None:
        client.cookies[cookie_name(dialogue)] = cookie
    response = client.get(mine(dialogue))
    assert response.status_code == 404
    assert "No receipt here" in text_of(response)
    assert mine(dialogue) not in client.get(dialogue.get_absolute_url()).content.decode()
    assert Participant.objects.count() == 1


def test_one_goes_on_as_the_same_person_on_another_device(client, me, dialogue):
    assert "Continue here" in text_of(receipt(client, me.secret))
    response = client.post(reverse("dialogues:continue_here", args=[me.secret]))
    assert response.url == dialogue.get_absolute_url()
    assert client.get(mine(dialogue)).status_code == 302
    assert "Continue here" not in text_of(receipt(client, me.secret))


def test_reading_alone_makes_nobody_a_participant(client, dialogue):
    for address in (dialogue.get_absolute_url(), reverse("dialogues:list"), mine(dialogue)):
        response = client.get(address)
        assert not any(name.startswith("brygga_deltar") for name in response.cookies)
    assert Participant.objects.count() == 0
