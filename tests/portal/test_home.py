import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.urls import reverse

from brygga.dialogues.enums import DialogueState, StepKind, Visibility
from brygga.dialogues.operations.participants import remember
from tests.factories.dialogues import dialogue_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["brygga_language"] = "en"


def lists(client):
    """Give the titles under each heading of the home page."""
    page = BeautifulSoup(client.get(reverse("portal:home")).content, "html.parser").main
    return {
        heading.get_text(strip=True): [
            title.get_text(strip=True)
            for title in heading.find_next_sibling("ul", class_="rows").select("h3")
        ]
        for heading in page.select("h2")
        if heading.find_next_sibling("ul", class_="rows")
    }


def test_what_is_open_stands_before_what_has_been_decided(client):
    dialogue_in(StepKind.PERSPECTIVES, title="Öppen fråga")
    dialogue_in(StepKind.DECISION, title="Väntar på beslut")
    dialogue_in(StepKind.CAPACITY, title="Beslutad fråga")
    dialogue_in(StepKind.PERSPECTIVES, DialogueState.CANCELLED, title="Avbruten fråga")
    dialogue_in(StepKind.PERSPECTIVES, DialogueState.DRAFT, title="Utkast")
    dialogue_in(StepKind.PERSPECTIVES, visibility=Visibility.INTERNAL, title="Intern fråga")
    assert lists(client) == {
        "You can take part now": ["Öppen fråga"],
        "Decided, and now followed up": ["Beslutad fråga"],
    }


def test_a_dialogue_stands_once_on_the_page(client):
    dialogue_in(StepKind.IMPLEMENTATION, title="Följs upp tillsammans")
    assert lists(client) == {"You can take part now": ["Följs upp tillsammans"]}


def test_the_search_leads_to_the_list(client):
    dialogue = dialogue_in(StepKind.PERSPECTIVES)
    page = BeautifulSoup(client.get(reverse("portal:home")).content, "html.parser")
    form = page.select_one("main form[role=search]")
    assert form["action"] == reverse("dialogues:list")
    assert [option["value"] for option in form.select("option")] == [
        "",
        dialogue.organisation.slug,
    ]


def test_an_empty_house_says_what_to_do(client):
    assert "Nothing is open just now" in client.get(reverse("portal:home")).content.decode()


def test_every_cookie_that_is_set_is_on_the_page_about_cookies(client, rf):
    dialogue = dialogue_in(StepKind.PERSPECTIVES)
    client.cookies.clear()
    set_by_pages = set()
    for address in (f"{dialogue.get_absolute_url()}?lang=en&theme=dark", "/konto/login/"):
        set_by_pages |= set(client.get(address).cookies)
    response = HttpResponse()
    remember(response, dialogue, "secret")
    set_by_pages |= {name.replace(dialogue.public_id, "…") for name in response.cookies}
    page = BeautifulSoup(client.get(reverse("portal:privacy")).content, "html.parser")
    described = {name.get_text() for name in page.select("th code")}
    assert {"brygga_deltar_…", "brygga_language", "brygga_theme", "csrftoken"} <= set_by_pages
    assert set_by_pages <= described
