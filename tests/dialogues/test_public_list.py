"""Finding a dialogue."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from brygga.dialogues.enums import DialogueForm, DialogueState, StepKind, Visibility
from brygga.dialogues.models import Mandate, Theme
from brygga.dialogues.queries import public_dialogues
from brygga.dialogues.queries.listing import Wanted, in_phase, list_dialogues, with_step
from tests.factories.accounts import BodyFactory, MembershipFactory, OrganisationFactory
from tests.factories.dialogues import PUBLISHED, dialogue_in

pytestmark = pytest.mark.django_db


def found(**wanted):
    return list(list_dialogues(AnonymousUser(), Wanted(**wanted)))


def titles(client, **query):
    response = client.get(reverse("dialogues:list"), query)
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser").main
    return [" ".join(heading.get_text().split()) for heading in page.select("article h2")]


def test_drafts_and_internal_dialogues_are_not_listed_for_others():
    shown = dialogue_in()
    dialogue_in(state=DialogueState.DRAFT)
    internal = dialogue_in(visibility=Visibility.INTERNAL)
    assert found() == [shown]
    member = MembershipFactory(organisation=internal.organisation).user
    assert set(list_dialogues(member, Wanted())) == {shown, internal}


def test_a_dialogue_is_found_under_each_of_its_owners():
    joint = dialogue_in()
    partner = OrganisationFactory()
    joint.bodies.add(BodyFactory(organisation=partner))
    dialogue_in()
    assert found(organisation=partner.slug) == [joint]
    assert found(organisation=joint.organisation.slug) == [joint]


def test_a_dialogue_is_found_by_theme_and_by_form():
    theme = Theme.objects.create(code="skolskjuts", name_sv="Skolskjuts", name_en="School bus")
    school = dialogue_in()
    school.themes.add(theme)
    simple = dialogue_in(StepKind.DURING, form=DialogueForm.SIMPLE)
    assert found(theme="skolskjuts") == [school]
    assert found(form="simple") == [simple]


@pytest.fixture
def phases():
    return {
        "take_part": dialogue_in(StepKind.PERSPECTIVES),
        "waiting": dialogue_in(StepKind.DECISION),
        "carried_out": dialogue_in(StepKind.IMPLEMENTATION),
        "closed": dialogue_in(StepKind.PERSPECTIVES, DialogueState.CLOSED),
        "cancelled": dialogue_in(StepKind.PERSPECTIVES, DialogueState.CANCELLED),
    }


@pytest.mark.parametrize(
    ("phase", "expected"),
    [
        ("take_part", {"take_part", "carried_out"}),
        ("going_on", {"take_part", "waiting"}),
        ("decided", {"carried_out", "closed"}),
        ("cancelled", {"cancelled"}),
        ("", {"take_part", "waiting", "carried_out", "closed", "cancelled"}),
    ],
)
def test_where_it_stands_narrows_the_list(phases, phase, expected):
    listed = set(in_phase(with_step(public_dialogues(AnonymousUser())), phase))
    assert listed == {phases[name] for name in expected}


def test_the_list_is_sorted_as_asked():
    late = dialogue_in(title="Åbron", published_at=PUBLISHED + timedelta(days=1))
    early = dialogue_in(title="Ängsvägen", published_at=PUBLISHED)
    last = dialogue_in(title="Zebragatan", published_at=PUBLISHED - timedelta(days=1))
    Mandate.objects.filter(dialogue=early).update(feeds_on=date(2026, 1, 1))
    Mandate.objects.filter(dialogue=late).update(feeds_on=None)
    assert found() == found(order="latest") == [late, early, last]
    assert found(order="title") == [last, late, early]
    assert found(order="decision") == [early, last, late]


def test_words_put_the_best_match_first_unless_an_order_is_asked_for():
    about = dialogue_in(title="Badhuset", published_at=PUBLISHED)
    mentions = dialogue_in(
        title="Skolan", summary="Skolan och badhuset", published_at=PUBLISHED + timedelta(days=1)
    )
    assert found(words="badhuset") == [about, mentions]
    assert found(words="badhuset", order="latest") == [mentions, about]


@pytest.mark.parametrize(
    "query",
    [
        {"organisation": "finns-inte"},
        {"tema": "'; DROP TABLE"},
        {"laget": "hemligt"},
        {"form": "x" * 500},
        {"sort": "-id"},
        {"sida": "99999999999"},
        {"sida": "ett"},
        {"state": "draft", "visibility": "internal"},
    ],
)
def test_what_is_not_on_offer_counts_as_not_asked(client, query):
    dialogue = dialogue_in()
    dialogue_in(state=DialogueState.DRAFT)
    assert titles(client, **query) == [dialogue.title]


def test_too_long_a_search_is_not_asked(client):
    dialogue = dialogue_in()
    assert titles(client, q="x" * 500) == [dialogue.title]


def test_pages_keep_what_was_asked_for(client):
    for number in range(21):
        dialogue_in(title=f"Skolan {number:02}")
    dialogue_in(title="Badhuset", summary="Bassängen")
    assert len(titles(client, q="skolan", sort="title")) == 20
    assert titles(client, q="skolan", sort="title", sida="2") == ["Skolan 20"]
    page = client.get(reverse("dialogues:list"), {"q": "skolan", "sort": "title"})
    links = BeautifulSoup(page.content, "html.parser").select("nav.pager a[rel=next]")
    assert [link["href"] for link in links] == ["?q=skolan&sort=title&sida=2"]


def test_no_match_says_so_and_offers_all(client):
    dialogue_in()
    page = client.get(reverse("dialogues:list"), {"q": "hamnkran"}).content.decode()
    assert "Inget passar" in page
    assert f'href="{reverse("dialogues:list")}"' in page
