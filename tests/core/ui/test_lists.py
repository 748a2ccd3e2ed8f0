"""Paging, what narrows a list, and the two ways of being empty."""

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory
from django.urls import reverse

from brygga.core.ui.paging import LongPaginator, page_of
from brygga.dialogues.enums import Channel
from brygga.dialogues.models import Contribution
from tests.factories.dialogues import NOW, dialogue_in, team_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def dialogue():
    return dialogue_in()


@pytest.fixture
def leader(client, dialogue):
    client.force_login(
        team_member(dialogue),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def add_voices(dialogue, number):
    Contribution.objects.bulk_create(
        Contribution(dialogue=dialogue, channel=Channel.WEB, text=f"Röst {n}", received_at=NOW)
        for n in range(number)
    )


def soup(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


@pytest.mark.parametrize(
    ("asked", "shown"), [("", 1), ("2", 2), ("9", 3), ("-4", 3), ("x", 1), ("9" * 40, 3)]
)
def test_a_page_beyond_the_end_is_the_last_and_nonsense_is_the_first(dialogue, asked, shown):
    add_voices(dialogue, 25)
    request = RequestFactory().get("/", {"page": asked})
    assert page_of(request, Contribution.objects.order_by("pk"), 10).number == shown


def test_what_is_very_long_is_counted_up_to_a_limit(
    dialogue, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(LongPaginator, "most", 20)
    add_voices(dialogue, 20)
    page = LongPaginator(Contribution.objects.order_by("pk"), 10)
    assert (page.count, page.has_more, page.num_pages) == (20, False, 2)
    add_voices(dialogue, 5)
    page = LongPaginator(Contribution.objects.order_by("pk"), 10)
    with django_assert_num_queries(1):
        assert (page.count, page.has_more, page.num_pages) == (20, True, 2)


def test_the_pages_of_a_list_keep_what_narrows_it(leader, dialogue):
    add_voices(dialogue, 40)
    address = reverse("dialogues:contributions", args=[dialogue.public_id])
    page = soup(leader.get(address, {"q": "röst", "channel": "web"}))
    assert page.select_one("a[rel=next]")["href"] == "?q=r%C3%B6st&channel=web&page=2"


@pytest.mark.parametrize("name", ["dialogues:contributions", "dialogues:list"])
def test_each_active_filter_can_be_taken_away_alone_or_all_together(leader, dialogue, name):
    add_voices(dialogue, 3)
    public = name == "dialogues:list"
    address = reverse(name, args=[] if public else [dialogue.public_id])
    asked = {"q": "<b>skola", "page": "2"} | (
        {"laget": "decided"} if public else {"state": "hidden"}
    )
    page = soup(leader.get(address, asked))
    links = page.select(".active-filters a")
    assert [link["href"] for link in links] == [
        "?laget=decided" if public else "?state=hidden",
        "?q=%3Cb%3Eskola",
        address,
    ]
    assert "Sök: <b>skola" in links[0].get_text()
    assert "Ta bort" in links[0].get_text()
    assert page.select_one(".empty a")["href"] == address


def test_a_choice_tells_how_many_it_would_show(leader, dialogue):
    add_voices(dialogue, 3)
    page = soup(leader.get(reverse("dialogues:contributions", args=[dialogue.public_id])))
    assert "Publicerat (3)" in page.select_one("[name=state]").get_text()


def test_what_is_empty_from_the_start_says_what_will_be_here(leader, dialogue):
    voices = soup(leader.get(reverse("dialogues:contributions", args=[dialogue.public_id])))
    assert voices.select_one(".empty a")["href"].endswith("/nya/")
    assert not voices.select(".filter-bar")
    dialogue.state = "draft"
    dialogue.save()
    leader.logout()
    everybody = soup(leader.get(reverse("dialogues:list")))
    assert "Ingen dialog än" in everybody.select_one(".empty").get_text()
