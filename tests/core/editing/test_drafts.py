"""What one writes in a long form is kept, for its writer only, until it is sent or too old."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from brygga.core.editing.models import Draft, Presence
from brygga.core.editing.operations import (
    forget_absent,
    forget_old_drafts,
    note_presence,
)
from brygga.core.editing.queries import company
from brygga.core.registry import Person, registry
from tests.factories.accounts import UserFactory
from tests.factories.dialogues import NOW, InsightFactory, dialogue_in, team_member

pytestmark = pytest.mark.django_db
KEEP = reverse("editing:keep")
HTMX = {"HX-Request": "true"}


def signed_in(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def dialogue():
    return dialogue_in()


@pytest.fixture
def lars(dialogue):
    return team_member(dialogue)


@pytest.fixture
def leader(lars):
    return signed_in(lars)


@pytest.fixture(params=["diary", "insight"])
def form(request, dialogue):
    """A long form: its address, and the field that one writes most in."""
    name, field = {"diary": ("log", "reason"), "insight": ("insight_new", "explanation")}[
        request.param
    ]
    return reverse(f"dialogues:{name}", args=[dialogue.public_id]), field


def soup(response):
    return BeautifulSoup(response.content, "html.parser").main


def token_on(page):
    return page.select_one("[data-brygga-draft] [name=draft]")["value"]


def test_what_is_typed_is_kept_and_stands_in_the_form_when_one_comes_back(leader, form):
    address, field = form
    page = soup(leader.get(address))
    assert "Vi har kvar" not in page.get_text()
    typed = {"draft": token_on(page), "text": "Vi", field: "Lång <b>text</b>", "other": "nej"}
    answer = leader.post(KEEP, typed, headers=HTMX)
    assert answer.content.decode().startswith("Sparat ")
    assert set(Draft.objects.get().typed) == {"text", field}
    back = soup(leader.get(address))
    assert "Vi har kvar det du skrev" in back.get_text()
    assert back.select_one(f"textarea[name={field}]").get_text().strip() == "Lång <b>text</b>"


def test_without_javascript_a_button_keeps_it_and_leads_back(leader, form):
    address, field = form
    page = soup(leader.get(address))
    button = page.select_one("button[formaction]")
    own = page.select_one(f"form#{button['form']}")
    assert button["formaction"] == KEEP
    assert own.select_one(f"[name={field}]")
    assert own.select_one("button")["type"] == "submit", "Enter sends the form, not the draft"
    kept = leader.post(KEEP, {"draft": token_on(page), field: "Hej"}, follow=True)
    assert kept.redirect_chain == [(address, 302)]
    assert "Sparat" in soup(kept).select_one(".messages").get_text()


def test_it_can_be_thrown_away(leader, form):
    address, field = form
    leader.post(KEEP, {"draft": token_on(soup(leader.get(address))), field: "Bort"})
    page = soup(leader.get(address))
    throw = next(f for f in page.select("form") if f.get("action", "").endswith("/slang/"))
    gone = leader.post(throw["action"], {"draft": throw.select_one("[name=draft]")["value"]})
    assert gone.url == address
    assert not Draft.objects.exists()
    assert "Bort" not in soup(leader.get(address)).get_text()


def test_it_is_erased_when_the_form_is_sent(leader, dialogue):
    address = reverse("dialogues:log", args=[dialogue.public_id])
    leader.post(KEEP, {"draft": token_on(soup(leader.get(address))), "text": "Valet"})
    refused = leader.post(address, {"text": "", "reason": "Därför"})
    assert refused.status_code == 200
    assert Draft.objects.exists(), "what was not taken is still kept"
    leader.post(address, {"kind": "choice", "text": "Valet", "reason": "Därför"})
    assert not Draft.objects.exists()


def test_nobody_else_sees_it_or_writes_in_it(dialogue, leader, form):
    address, field = form
    token = token_on(soup(leader.get(address)))
    leader.post(KEEP, {"draft": token, field: "Hemligt"})
    other = signed_in(team_member(dialogue))
    assert "Hemligt" not in soup(other.get(address)).get_text()
    for client, status in ((other, 404), (signed_in(UserFactory()), 404), (Client(), 302)):
        assert client.post(KEEP, {"draft": token, field: "Mitt"}).status_code == status
    for forged in ("", "x:y:z", token + "x"):
        assert leader.post(KEEP, {"draft": forged, field: "Mitt"}).status_code == 404
    assert Draft.objects.get().typed == {field: "Hemligt"}


def test_what_is_far_too_long_is_not_kept_and_that_is_said(leader, form):
    address, field = form
    page = soup(leader.get(address))
    said = leader.post(KEEP, {"draft": token_on(page), field: "x" * 200_000}, headers=HTMX)
    assert said.content.decode() == "Utkastet är för långt och sparades inte."
    assert not Draft.objects.exists()


def test_a_person_gets_and_erases_drafts_and_each_organisation_only_its_own(lars, dialogue):
    """Lars works in two organisations; one of them answers a request about him."""
    elsewhere = dialogue_in()
    team_member(elsewhere)
    insight = InsightFactory(dialogue=dialogue)
    for form, subject, text in (
        ("diary", dialogue.public_id, "Hemma"),
        ("insight", insight.public_id, "Slutsats hemma"),
        ("diary", elsewhere.public_id, "Borta"),
    ):
        typed = {"text": text}
        Draft.objects.create(user=lars, form=form, subject=subject, typed=typed, saved_at=NOW)
    Draft.objects.create(
        user=UserFactory(), form="diary", subject=dialogue.public_id, typed={}, saved_at=NOW
    )

    def told(**of_whom):
        areas = registry.export_person(Person(**of_whom))
        return {draft["text"] for area in areas.values() for draft in area.get("drafts", ())}

    asked = {"email": lars.email, "organisation_id": dialogue.organisation_id}
    assert told(user_id=lars.pk, email=lars.email) == {"Hemma", "Slutsats hemma", "Borta"}
    assert told(**asked) == {"Hemma", "Slutsats hemma"}
    registry.erase_person(Person(**asked), NOW, with_records=False)
    assert [draft.typed for draft in Draft.objects.filter(user=lars)] == [{"text": "Borta"}]
    assert Draft.objects.count() == 2


def test_old_drafts_and_presences_are_forgotten(lars):
    Draft.objects.create(user=lars, form="diary", subject="a", typed={}, saved_at=NOW)
    note_presence(place="a", by=lars, at=NOW)
    assert forget_old_drafts(at=NOW + timedelta(days=29)) == 0
    assert forget_old_drafts(at=NOW + timedelta(days=31)) == 1
    assert forget_absent(at=NOW + timedelta(hours=23)) == 0
    assert forget_absent(at=NOW + timedelta(hours=25)) == 1


@pytest.mark.parametrize(
    "row",
    [
        lambda user: Draft(user=user, form="diary", subject="a", typed={}, saved_at=NOW),
        lambda user: Presence(user=user, place="a", seen_at=NOW),
    ],
)
def test_the_database_keeps_one_of_each(lars, row):
    row(lars).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        row(lars).save()


@pytest.mark.parametrize("name", ["mandate", "edit"])
def test_two_who_have_a_form_open_see_each_other(dialogue, lars, leader, name):
    address = reverse(f"dialogues:{name}", args=[dialogue.public_id])
    assert "Du är inte ensam" not in soup(leader.get(address)).get_text()
    anna = team_member(dialogue)
    page = soup(signed_in(anna).get(address))
    assert f"har också {lars}" in " ".join(page.get_text().split())
    polled = leader.get(
        soup(leader.get(address)).select_one("[data-brygga-poll]")["data-brygga-poll"]
    )
    assert str(anna) in polled.content.decode()
    assert str(lars) not in polled.content.decode()


def test_who_has_left_is_no_company_any_more(lars):
    anna = UserFactory()
    note_presence(place="a", by=anna, at=NOW)
    assert company(lars, "a", at=NOW + timedelta(seconds=30)).others == [anna]
    assert company(lars, "a", at=NOW + timedelta(seconds=60)).others == []
    assert company(lars, "b", at=NOW).others == []


def test_a_place_is_looked_into_with_ones_own_key_only(dialogue, leader):
    address = reverse("dialogues:mandate", args=[dialogue.public_id])
    place = soup(leader.get(address)).select_one("[data-brygga-poll]")
    other = signed_in(team_member(dialogue))
    for key in ("data-brygga-poll", "data-brygga-live"):
        assert other.get(place[key]).status_code == 404
    assert leader.get(reverse("editing:here", args=["x:y:z"])).status_code == 404
