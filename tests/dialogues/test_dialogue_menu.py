"""The menu of a dialogue's workspace: in groups, folded on a phone, telling where one is."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from brygga.dialogues.enums import StepKind, TeamRole
from tests.factories.dialogues import dialogue_in, team_member

pytestmark = pytest.mark.django_db
PARTS = ["Förbered", "Lyssna", "Svara", "Håll ordning"]


@pytest.fixture
def dialogue():
    return dialogue_in(StepKind.PERSPECTIVES)


@pytest.fixture
def menu_on(client, dialogue):
    """Give the menu as it stands on a page of the dialogue."""

    def menu(name, *more, role=TeamRole.PROCESS_LEADER):
        reader = team_member(dialogue, role)
        client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get(reverse(name, args=[dialogue.public_id, *more]))
        return BeautifulSoup(answer.content, "html.parser").select_one("nav.local-nav")

    return menu


def names(links):
    return [link.get_text(strip=True) for link in links]


def test_the_menu_stands_in_groups_and_once_more_folded_for_a_phone(menu_on):
    menu = menu_on("dialogues:plan")
    folded, beside = menu.select_one("details > ul"), menu.select_one("nav > ul")
    assert [part.get_text() for part in beside.select(".local-nav-part")] == PARTS
    assert names(folded.select("a")) == names(beside.select("a"))
    assert not menu.select_one("details").has_attr("open")
    assert "Du är här: Plan" in menu.select_one("summary").get_text()


@pytest.mark.parametrize(
    ("page", "more", "place", "kind"),
    [
        ("dialogues:workspace", (), "Översikt", "page"),
        ("dialogues:step", (1,), "Översikt", "true"),
        ("dialogues:mandate", (), "Uppdrag", "page"),
        ("dialogues:start_check", (), "Startkontroll", "page"),
        ("dialogues:actor_new", (), "Aktörskarta", "true"),
        ("dialogues:kit_in", ("en",), "Inbjudan", "true"),
        ("dialogues:handover", (), "Team", "true"),
        ("outcomes:decisions", (), "Förslag, beslut och löften", "true"),
        ("register:retention", (), "Till diariet och arkivet", "true"),
    ],
)
def test_one_place_is_marked_on_its_page_and_on_the_pages_below(menu_on, page, more, place, kind):
    marked = menu_on(page, *more).select("nav > ul [aria-current]")
    assert [(link.get_text(), link["aria-current"]) for link in marked] == [(place, kind)]


def test_only_those_who_may_are_shown_the_way(menu_on):
    theirs = names(menu_on("dialogues:plan", role=TeamRole.HOST).select("nav > ul a"))
    own = names(menu_on("dialogues:plan").select("nav > ul a"))
    assert "Inställningar" in own
    assert "Inställningar" not in theirs
    assert "Plan" in theirs


def test_a_page_is_named_and_the_way_past_the_menus_leads_to_its_content(client, dialogue):
    client.force_login(team_member(dialogue), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("dialogues:plan", args=[dialogue.public_id]))
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.title.get_text() == f"Plan: {dialogue.title} – Brygga"
    content = page.select_one(page.select_one("a.skip")["href"])
    assert content.h1
    assert not content.select("nav.local-nav")
