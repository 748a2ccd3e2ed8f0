"""“Så arbetar vi med dialog”: what an organisation tells of itself, and what is told of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from brygga.accounts.enums import BodyKind, Role
from brygga.accounts.operations.public_page import (
    ChangedMeanwhileError,
    DecisionMissingError,
    PrinciplesFacts,
    publish_principles,
    save_principles,
)
from brygga.core.registry.promises import LatePromise, PromisesKept
from brygga.dialogues.enums import DialogueState, StepKind, Visibility
from brygga.dialogues.models import Dialogue
from brygga.dialogues.registry import Tool, ToolRegistry
from brygga.tools.outcomes.enums import PromiseState
from brygga.tools.outcomes.models import FeedbackPromise, PromiseChange
from brygga.tools.outcomes.queries.held import promises_kept
from tests.factories.accounts import BodyFactory, OrganisationFactory, UserFactory, person_with
from tests.factories.dialogues import dialogue_in
from tests.factories.organisations import (
    DialogueFunctionFactory,
    OrganisationPageFactory,
    PlannedDialogueFactory,
    PrinciplesFactory,
    YearPlanFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def town():
    return OrganisationFactory(name="Exempelby kommun", slug="exempelby")


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["brygga_language"] = "en"


def page_at(client, *args, name="portal:organisation", query=""):
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(page):
    return " ".join(page.main.get_text(" ").split())


def promise(dialogue, due_on, *, kept_on=None, moved_from=None):
    made = FeedbackPromise.objects.create(
        dialogue=dialogue,
        text=f"Svar {due_on}",
        owner=UserFactory(),
        due_on=due_on,
        created_at=NOW,
        state=PromiseState.KEPT if kept_on else PromiseState.OPEN,
        kept_at=datetime(kept_on.year, kept_on.month, kept_on.day, 12, tzinfo=UTC)
        if kept_on
        else None,
        kept_with="Vi svarade." if kept_on else "",
    )
    if moved_from:
        PromiseChange.objects.create(
            promise=made, from_date=moved_from, to_date=due_on, reason="Mer tid.", at=NOW
        )
    return made


def test_everybody_reads_what_is_published_and_nobody_a_draft(client, town):
    council = BodyFactory(organisation=town, kind=BodyKind.COUNCIL, name="Kommunfullmäktige")
    told = OrganisationPageFactory(organisation=town, published_at=None, lead="Vi lyssnar först.")
    DialogueFunctionFactory(organisation=town, title="Processledare")
    assert client.get(reverse("portal:organisation", args=["exempelby"])).status_code == 404
    client.force_login(
        person_with(Role.PROCESS_LEADER, town), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert "Vi lyssnar först." in words(page_at(client, "exempelby"))
    client.logout()
    client.cookies["brygga_language"] = "en"
    told.published_at = NOW
    told.save()
    PrinciplesFactory(organisation=town, body=council, number=1, text="<p>Gammal.</p>")
    PrinciplesFactory(
        organisation=town, body=council, number=2, text="<p>Vi svarar.</p>", dnr="KF 2026/31"
    )
    PrinciplesFactory(
        organisation=town, body=council, number=3, text="<p>Hemligt.</p>", published_at=None
    )
    said = words(page_at(client, "exempelby"))
    assert "Vi lyssnar först." in said
    assert "Processledare" in said
    assert "Vi svarar." in said
    assert "Adopted by Kommunfullmäktige on 26 January 2026, register number KF 2026/31" in said
    assert "Hemligt" not in said
    assert "Gammal." in words(page_at(client, "exempelby", 1, name="portal:principles"))
    draft = reverse("portal:principles", args=["exempelby", 3])
    assert client.get(draft).status_code == 404
    index = words(page_at(client, name="portal:organisations"))
    assert "Exempelby kommun" in index


def test_the_plan_shows_its_quarters_and_links_a_dialogue_once_everybody_may_read_it(client, town):
    opened = dialogue_in(StepKind.PERSPECTIVES, organisation=town)
    draft = dialogue_in(organisation=town, state=DialogueState.DRAFT, published_at=None)
    internal = dialogue_in(organisation=town, visibility=Visibility.INTERNAL)
    plan = YearPlanFactory(organisation=town, year=timezone.localdate().year)
    for issue, dialogue in (("Öppnad", opened), ("Utkast", draft), ("Inre", internal)):
        PlannedDialogueFactory(
            plan=plan, issue=issue, dialogue=dialogue, first_quarter=2, last_quarter=3
        )
    page = page_at(client, "exempelby")
    rows = page.select("table.year tbody tr")
    assert [["goes on" in cell.get_text() for cell in row.select("td")] for row in rows] == [
        [False, True, True, False]
    ] * 3
    linked = {a.get_text(): a["href"] for a in page.select("h3 a")}
    assert linked["Öppnad"] == opened.get_absolute_url()
    assert not {"Utkast", "Inre"} & set(linked)


def test_promises_are_counted_by_the_day_that_was_promised_first(client, town):
    dialogue = dialogue_in(StepKind.PERSPECTIVES, organisation=town)
    promise(dialogue, date(2026, 3, 1), kept_on=date(2026, 2, 20))
    promise(dialogue, date(2026, 3, 1), kept_on=date(2026, 3, 1))
    promise(dialogue, date(2026, 3, 1), kept_on=date(2026, 3, 2))
    moved = promise(
        dialogue, date(2026, 4, 1), kept_on=date(2026, 3, 20), moved_from=date(2026, 3, 1)
    )
    promise(dialogue, date(2026, 12, 1), moved_from=date(2026, 3, 1))
    promise(dialogue, date(2026, 1, 2))
    oldest = promise(dialogue, date(2025, 1, 2))
    promise(dialogue, TODAY - timedelta(days=2))  # within the days of grace
    promise(dialogue, date(2026, 12, 2))
    broken_off = dialogue_in(
        organisation=town,
        state=DialogueState.CANCELLED,
        cancel_reason="Domen kom.",
        cancel_feedback="Tack.",
    )
    promise(broken_off, date(2025, 1, 1))
    mine = Dialogue.objects.filter(organisation=town)
    held = promises_kept(mine, TODAY)
    assert (held.in_time, held.later, held.moved, held.overdue, held.coming) == (2, 2, 1, 2, 2)
    assert held.due == 7
    assert [each.text for each in held.late] == [oldest.text, "Svar 2026-01-02"]
    assert moved.due_on == date(2026, 4, 1)
    assert promises_kept(Dialogue.objects.none(), TODAY) == PromisesKept()
    said = words(page_at(client, "exempelby"))
    assert "of 7 promises kept in time" in said or "of 8 promises kept in time" in said


def test_what_several_tools_promise_is_added_up_with_the_longest_overdue_first():
    late = LatePromise("Parken", "sv", "Svar", date(2026, 1, 5))
    later = LatePromise("Torget", "sv", "Svar", date(2026, 2, 5))
    tools = ToolRegistry()
    tools.add(
        Tool("one", "One", promises=lambda _d, _on: PromisesKept(1, overdue=1, late=(later,)))
    )
    tools.add(Tool("two", "Two", promises=lambda _d, _on: PromisesKept(2, overdue=1, late=(late,))))
    tools.add(Tool("three", "Three"))
    told = tools.promises(Dialogue.objects.none(), TODAY)
    assert (told.in_time, told.overdue, told.late) == (3, 2, (late, later))


def test_the_organisations_own_list_narrows_by_words_and_state_and_says_when_it_is_empty(
    client, town
):
    OrganisationPageFactory(organisation=town)
    assert "No dialogue has been published yet" in words(page_at(client, "exempelby"))
    dialogue_in(StepKind.PERSPECTIVES, organisation=town, title="Parken vid ån")
    dialogue_in(organisation=town, title="Torget", state=DialogueState.CLOSED)
    dialogue_in(StepKind.PERSPECTIVES, title="En annan kommuns fråga")
    dialogue_in(organisation=town, title="Vår inre fråga", visibility=Visibility.INTERNAL)
    everything = words(page_at(client, "exempelby"))
    assert "Parken vid ån" in everything
    assert "Torget" in everything
    assert "annan kommuns" not in everything
    assert "inre fråga" not in everything
    assert "Torget" not in words(page_at(client, "exempelby", query="?q=parken"))
    assert "Parken" not in words(page_at(client, "exempelby", query="?laget=decided"))


def test_two_who_write_the_principles_do_not_overwrite_each_other(town):
    by = person_with(Role.OWNER, town)
    save_principles(
        organisation=town, facts=PrinciplesFacts("<p>Ett</p>"), version=0, by=by, at=NOW
    )
    with pytest.raises(ChangedMeanwhileError) as late:
        save_principles(
            organisation=town, facts=PrinciplesFacts("<p>Två</p>"), version=0, by=by, at=NOW
        )
    assert late.value.version == 1
    with pytest.raises(DecisionMissingError):
        publish_principles(organisation=town, by=by, at=NOW)
    assert town.principles.get().text == "<p>Ett</p>"


def test_a_form_that_came_too_late_keeps_what_was_typed(client, town):
    client.force_login(
        person_with(Role.OWNER, town), backend="django.contrib.auth.backends.ModelBackend"
    )
    address = reverse("accounts:edit_page", args=["exempelby"])
    first = {"version": "0", "lead": "Först."}
    assert client.post(address, first).status_code == 302
    answer = client.post(address, {"version": "0", "lead": "Sedan."})
    page = BeautifulSoup(answer.content, "html.parser")
    assert "Somebody else has saved this" in words(page)
    assert page.find("textarea", {"name": "lead"}).get_text().strip() == "Sedan."
    assert town.public_page.lead == "Först."
    again = page.find("input", {"name": "version"})["value"]
    client.post(address, {"version": again, "lead": "Sedan."})
    town.public_page.refresh_from_db()
    assert town.public_page.lead == "Sedan."


def test_every_dialogue_leads_to_its_owners_page(client, town):
    dialogue = dialogue_in(StepKind.PERSPECTIVES, organisation=town)
    own = reverse("portal:organisation", args=["exempelby"])
    for address in (dialogue.get_absolute_url(), reverse("dialogues:list")):
        page = BeautifulSoup(client.get(address).content, "html.parser")
        assert own in [a["href"] for a in page.main.select("a")]
