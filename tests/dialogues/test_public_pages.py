"""What anybody reads of a dialogue."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from brygga.dialogues.enums import (
    ContributionState,
    DialogueForm,
    DialogueState,
    InsightState,
    LadderLevel,
    StepKind,
    Visibility,
)
from brygga.dialogues.models import DialogueLink, Mandate
from brygga.dialogues.registry import Card, Event, Fact, ResultLink, Tool, Use, registry
from tests.factories.accounts import MembershipFactory
from tests.factories.dialogues import (
    NOW,
    ContributionFactory,
    InsightFactory,
    ParticipantFactory,
    PerspectiveFactory,
    PublishedResultFactory,
    dialogue_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["brygga_language"] = "en"


@pytest.fixture
def no_tools(monkeypatch):
    monkeypatch.setattr(registry, "tools", {})


@pytest.fixture
def tool(no_tools):
    """A tool that offers something everywhere."""
    registry.add(
        Tool(
            "example",
            "Example",
            step_cards=lambda step, reader: [
                Card("Others", "See what others say", "/others/", "See"),
                Card("Speak", "about 5 minutes", "/speak/", "Say what you think", is_primary=True),
            ],
            timeline=lambda dialogue: [Event(NOW.date(), "A meeting", url="/meeting/")],
            facts=lambda dialogue, on: [
                Fact("Promised", "An answer", is_overdue=True, is_promise=True),
                Fact("Answers", "312"),
            ],
            results=lambda dialogue: [
                ResultLink(result.public_id, result.title, "Most agree.", "/result/")
                for result in dialogue.results.all()
            ],
            rests_on=lambda numbers: [
                Use(number, "Proposal", "A school bus", "/proposal/") for number in numbers
            ],
        )
    )


def page(client, dialogue):
    response = client.get(dialogue.get_absolute_url())
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def text_of(node):
    return " ".join(node.get_text(" ").split())


def insight_in(dialogue, **fields):
    return InsightFactory(
        dialogue=dialogue, state=InsightState.PUBLISHED, published_at=NOW, **fields
    )


def in_order(text, *parts):
    places = [text.index(part) for part in parts]
    return places == sorted(places)


def test_the_page_tells_in_the_order_that_a_resident_asks(client, tool):
    dialogue = dialogue_in(StepKind.PERSPECTIVES, summary="Skolan är liten. Ska den vara kvar?")
    insight_in(dialogue, text="Skolvägen oroar")
    Mandate.objects.update(feeds_on=date(2999, 3, 12))
    assert in_order(
        text_of(page(client, dialogue)),
        "Skolan är liten. Ska den vara kvar?",
        f"{dialogue.mandate.feeds_body.name} decides on",
        "You reason together with those who decide",
        "Step 2 of 7",
        "Say what you think",
        "What has been said so far",
        "Answers 312",
        "Skolvägen oroar",
        "What was promised",
        "Promised Overdue An answer",
        "Be told what happens",
    )


def test_there_is_one_button_to_take_part_and_it_leads_to_the_tool(client, tool):
    main = page(client, dialogue_in(StepKind.PERSPECTIVES))
    buttons = main.select("a.button")
    assert [(button["href"], text_of(button)) for button in buttons] == [
        ("/speak/", "Say what you think")
    ]


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (StepKind.DECISION, DialogueState.PUBLISHED),
        (StepKind.PERSPECTIVES, DialogueState.CLOSED),
        (StepKind.PERSPECTIVES, DialogueState.CANCELLED),
        (StepKind.PERSPECTIVES, DialogueState.INFORMATION),
    ],
)
def test_nobody_is_asked_to_speak_when_it_is_not_the_time(client, tool, kind, state):
    extra = {"information_reason": "Det är redan beslutat."} if state == "information" else {}
    main = page(client, dialogue_in(kind, state, **extra))
    assert main.select("a.button") == []


def test_information_says_that_it_is_no_dialogue_and_why(client, tool):
    dialogue = dialogue_in(
        StepKind.PERSPECTIVES,
        DialogueState.INFORMATION,
        information_reason="Det är redan beslutat.",
    )
    text = text_of(page(client, dialogue))
    assert "This is information, not a dialogue" in text
    assert "Det är redan beslutat." in text
    assert "You reason together" not in text


def test_a_cancelled_dialogue_says_why_and_answers_those_who_took_part(client, tool):
    dialogue = dialogue_in(state=DialogueState.CANCELLED)
    text = text_of(page(client, dialogue))
    assert dialogue.cancel_reason in text
    assert dialogue.cancel_feedback in text


@pytest.mark.parametrize(
    ("kind", "day", "says"),
    [
        (StepKind.PERSPECTIVES, date(2999, 3, 12), "decides on 12 March 2999"),
        (StepKind.DECISION, date(2026, 3, 12), "was to decide on 12 March 2026"),
        (StepKind.DECISION, None, "decides. The day is not set yet."),
        (StepKind.IMPLEMENTATION, date(2026, 3, 12), "has decided."),
    ],
)
def test_who_decides_and_when_is_told_as_it_is(client, no_tools, kind, day, says):
    dialogue = dialogue_in(kind)
    Mandate.objects.update(feeds_on=day)
    assert f"{dialogue.mandate.feeds_body.name} {says}" in text_of(page(client, dialogue))


def test_a_report_and_a_manager_are_told_instead_of_a_decision(client, no_tools):
    area = dialogue_in(StepKind.DURING, form=DialogueForm.AREA)
    Mandate.objects.update(feeds="report")
    assert f"goes in a report to {area.mandate.feeds_body.name}" in text_of(page(client, area))
    Mandate.objects.update(feeds="manager", feeds_manager="Vårdchefen", feeds_body=None)
    assert "Vårdchefen receives the result" in text_of(page(client, area))


def test_the_ladder_is_that_of_the_step_where_we_are(client, tool):
    dialogue = dialogue_in(StepKind.PERSPECTIVES)
    dialogue.steps.filter(state="current").update(ladder_level=LadderLevel.INFLUENCE)
    assert "You help to shape the proposal" in text_of(page(client, dialogue))


def test_the_jetty_is_for_complex_issues_only(client, tool):
    assert page(client, dialogue_in(StepKind.PERSPECTIVES)).select(".jetty")
    simple = page(client, dialogue_in(StepKind.DURING, form=DialogueForm.SIMPLE))
    assert not simple.select(".jetty")
    assert len(simple.select(".line-steps li")) == 3


def test_another_round_shows_each_step_once(client, tool):
    dialogue = dialogue_in(StepKind.PERSPECTIVES)
    first = dialogue.steps.get(state="current")
    first.state = "left"
    first.save()
    first.pk, first.round, first.state = None, 2, "current"
    first.save()
    main = page(client, dialogue)
    assert len(main.select(".jetty li")) == 7
    assert len(main.select('.jetty li[aria-current="step"]')) == 1


def test_counts_are_of_what_is_published(client, no_tools):
    dialogue = dialogue_in(StepKind.PERSPECTIVES)
    ParticipantFactory.create_batch(3, dialogue=dialogue)
    ContributionFactory.create_batch(2, dialogue=dialogue)
    ContributionFactory(dialogue=dialogue, state=ContributionState.WAITING)
    ContributionFactory()
    text = text_of(page(client, dialogue))
    assert "3 people have taken part" in text
    assert "2 contributions in people's own words" in text


def test_drafts_of_insights_are_not_shown(client, no_tools):
    dialogue = dialogue_in(StepKind.PERSPECTIVES)
    InsightFactory(dialogue=dialogue, text="Ett utkast")
    assert "Ett utkast" not in text_of(page(client, dialogue))


def test_earlier_dialogues_are_linked_where_one_may_read_them(client, no_tools):
    dialogue = dialogue_in(StepKind.PERSPECTIVES)
    open_one = dialogue_in(state=DialogueState.CLOSED, title="Förra skolfrågan")
    secret = dialogue_in(visibility=Visibility.INTERNAL, title="Internt samtal")
    for earlier in (open_one, secret):
        DialogueLink.objects.create(dialogue=dialogue, earlier=earlier)
    text = text_of(page(client, dialogue))
    assert "Förra skolfrågan" in text
    assert "Internt samtal" not in text


@pytest.mark.parametrize("name", ["dialogues:detail", "dialogues:follow"])
def test_a_draft_and_an_internal_dialogue_are_not_known_to_outsiders(client, name):
    draft = dialogue_in(state=DialogueState.DRAFT)
    internal = dialogue_in(visibility=Visibility.INTERNAL)
    for dialogue in (draft, internal):
        address = reverse(name, args=[dialogue.slug, dialogue.public_id])
        assert client.get(address).status_code == 404
    member = MembershipFactory(organisation=internal.organisation).user
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(internal.get_absolute_url()).status_code == 200
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_a_wrong_slug_leads_to_the_right_address(client, no_tools):
    dialogue = dialogue_in()
    wrong = reverse("dialogues:detail", args=["helt-fel", dialogue.public_id])
    assert client.get(wrong).url == dialogue.get_absolute_url()


def read_insight(client, insight):
    dialogue = insight.dialogue
    address = reverse(
        "dialogues:insight", args=[dialogue.slug, dialogue.public_id, insight.public_id]
    )
    return client.get(address)


def test_an_insight_leads_down_to_the_voices_and_up_to_what_rests_on_it(client, tool):
    dialogue = dialogue_in(StepKind.PROPOSALS)
    insight = insight_in(dialogue, is_minority_view=True)
    result = PublishedResultFactory(dialogue=dialogue, numbers={"agree": 37, "rows": [1, 2]})
    insight.results.add(result)
    perspective = PerspectiveFactory(dialogue=dialogue, is_public=True)
    in_perspective = ContributionFactory(dialogue=dialogue, text="Bussen går för sällan")
    perspective.contributions.add(in_perspective)
    insight.perspectives.add(perspective)
    direct = ContributionFactory(dialogue=dialogue, text="لا تغلقوا المدرسة", language="ar")
    insight.contributions.add(direct)
    main = BeautifulSoup(read_insight(client, insight).content, "html.parser").main
    text = text_of(main)
    for part in ("Minority view", "Proposal: A school bus", result.title, "Most agree.", "37"):
        assert part in text
    assert perspective.title in text
    assert "Bussen går för sällan" in text
    [arabic] = main.select("blockquote[lang=ar]")
    assert (arabic["dir"], text_of(arabic)) == ("rtl", "لا تغلقوا المدرسة")


def test_a_voice_that_a_perspective_shows_is_not_shown_again(client, no_tools):
    dialogue = dialogue_in(StepKind.PROPOSALS)
    insight = insight_in(dialogue)
    perspective = PerspectiveFactory(dialogue=dialogue, is_public=True)
    insight.perspectives.add(perspective)
    voice = ContributionFactory(dialogue=dialogue, text="Bussen går för sällan")
    for holder in (perspective, insight):
        holder.contributions.add(voice)
    page = read_insight(client, insight).content.decode()
    assert page.count("Bussen går för sällan") == 1


def test_many_voices_are_counted_where_they_are_not_all_shown(client, no_tools):
    dialogue = dialogue_in(StepKind.PROPOSALS)
    insight = insight_in(dialogue)
    insight.contributions.add(*ContributionFactory.create_batch(22, dialogue=dialogue))
    main = BeautifulSoup(read_insight(client, insight).content, "html.parser").main
    assert len(main.select("blockquote")) == 20
    assert "And 2 more contributions." in text_of(main)


def test_an_insight_shows_nothing_that_is_not_published(client, no_tools):
    dialogue = dialogue_in(StepKind.PROPOSALS)
    insight = insight_in(dialogue)
    open_one = PerspectiveFactory(dialogue=dialogue, is_public=True)
    closed_one = PerspectiveFactory(dialogue=dialogue, title="Bara för teamet")
    insight.perspectives.add(open_one, closed_one)
    for state in ContributionState:
        voice = ContributionFactory(
            dialogue=dialogue,
            state=state,
            text="" if state == ContributionState.ERASED else f"Sagt och {state}",
            state_reason="Skäl" if state == ContributionState.HIDDEN else "",
            entered_by=MembershipFactory().user,
        )
        insight.contributions.add(voice)
        open_one.contributions.add(voice)
        closed_one.contributions.add(voice)
    text = text_of(BeautifulSoup(read_insight(client, insight).content, "html.parser").main)
    shown = {state for state in ContributionState if f"Sagt och {state}" in text}
    assert shown == {ContributionState.PUBLISHED}
    assert "Bara för teamet" not in text
    assert "Person" not in text


def test_a_draft_insight_and_one_of_another_dialogue_are_not_found(client, no_tools):
    insight = insight_in(dialogue_in(StepKind.PROPOSALS))
    assert read_insight(client, insight).status_code == 200
    draft = InsightFactory(dialogue=insight.dialogue)
    assert read_insight(client, draft).status_code == 404
    other = insight_in(dialogue_in(StepKind.PROPOSALS))
    other.dialogue = insight.dialogue
    assert read_insight(client, other).status_code == 404
