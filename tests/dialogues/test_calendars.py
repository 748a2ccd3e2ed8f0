"""A dialogue's dates for everybody, and a person's own by a link for one organisation."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from brygga.accounts.enums import Role
from brygga.accounts.models import CalendarLink
from brygga.accounts.models.secrets import hash_of
from brygga.accounts.operations.calendar_links import end_calendar_link, renew_calendar_link
from brygga.core.audit.models import AuditRow
from brygga.dialogues.enums import DialogueState, StepKind, StepState, Visibility
from brygga.dialogues.models import Step
from tests.factories.accounts import OrganisationFactory, UserFactory, person_with
from tests.factories.dialogues import NOW, TeamMemberFactory, dialogue_in
from tests.factories.outcomes import FeedbackPromiseFactory
from tests.factories.perspectives import StatementRoundFactory

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def organisation(db):
    return OrganisationFactory(name="Sjövikens kommun")


@pytest.fixture
def dialogue(organisation):
    dialogue = dialogue_in(StepKind.PERSPECTIVES, organisation=organisation, title="Byskolan")
    Step.objects.filter(dialogue=dialogue, position=2).update(
        starts_on=date(2026, 3, 2), last_day=date(2026, 4, 30)
    )
    return dialogue


@pytest.fixture
def leader(organisation):
    return person_with(Role.PROCESS_LEADER, organisation)


def events_in(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


def public_events(dialogue, client=None):
    address = reverse("dialogues:calendar", args=[dialogue.slug, dialogue.public_id])
    return events_in((client or Client()).get(address))


def personal(secret):
    return Client().get(reverse("dialogues:personal_feed", args=[secret]))


def link_of(user, organisation, key="key"):
    return renew_calendar_link(user=user, organisation=organisation, client_key=key, at=NOW)


def test_everybody_can_have_the_steps_the_decision_and_the_promises_in_their_calendar(dialogue):
    FeedbackPromiseFactory(dialogue=dialogue, due_on=date(2026, 12, 1), text="Nämnden svarar.")
    StatementRoundFactory(
        dialogue=dialogue,
        opens_at=NOW,
        closes_at=datetime(2026, 4, 29, 18, tzinfo=UTC),
        question="Vad tycker du?",
    )
    events = public_events(dialogue)
    assert set(events) == {
        "Byskolan: Perspektivinsamling",
        "Byskolan: Beslutet",
        "Byskolan: Utlovad återkoppling",
        "Byskolan: Frågorna stänger",
    }
    step = events["Byskolan: Perspektivinsamling"]
    assert step.decoded("DTSTART") == date(2026, 3, 2)
    assert step.decoded("DTEND") == date(2026, 5, 1)
    assert step["URL"].endswith(dialogue.get_absolute_url())
    promise = events["Byskolan: Utlovad återkoppling"]
    assert promise["DESCRIPTION"] == "Nämnden svarar."


def test_a_dates_id_stays_when_the_date_moves_and_tells_nothing(dialogue):
    name = "Byskolan: Perspektivinsamling"
    before = public_events(dialogue)[name]["UID"]
    Step.objects.filter(dialogue=dialogue, position=2).update(last_day=date(2026, 5, 31))
    moved = public_events(dialogue)[name]
    assert moved["UID"] == before
    assert moved.decoded("DTEND") == date(2026, 6, 1)
    assert before.startswith(f"step-{dialogue.public_id}-1-2@")


def test_what_was_not_to_be_is_cancelled(dialogue):
    Step.objects.filter(dialogue=dialogue, position=2).update(state=StepState.LEFT)
    assert public_events(dialogue)["Byskolan: Perspektivinsamling"]["STATUS"] == "CANCELLED"


def test_a_dialogue_that_is_broken_off_cancels_what_had_not_been(organisation):
    dialogue = dialogue_in(
        state=DialogueState.CANCELLED,
        organisation=organisation,
        title="Badet",
        ended_at=datetime(2026, 4, 1, tzinfo=UTC),
    )
    Step.objects.filter(dialogue=dialogue, position=1).update(last_day=date(2026, 3, 31))
    events = public_events(dialogue)
    assert events["Badet: Förberedelser"]["STATUS"] == "CONFIRMED"
    assert events["Badet: Beslutet"]["STATUS"] == "CANCELLED"


def test_an_internal_dialogues_dates_are_for_members(organisation, leader):
    dialogue = dialogue_in(visibility=Visibility.INTERNAL, organisation=organisation)
    address = reverse("dialogues:calendar", args=[dialogue.slug, dialogue.public_id])
    assert Client().get(address).status_code == 404
    member = Client()
    member.force_login(leader, BACKEND)
    assert member.get(address).status_code == 200


def test_the_public_page_leads_to_the_file(client, dialogue):
    page = client.get(dialogue.get_absolute_url()).content.decode()
    assert reverse("dialogues:calendar", args=[dialogue.slug, dialogue.public_id]) in page


def test_a_personal_link_shows_one_organisation_only(dialogue, organisation, leader):
    elsewhere = dialogue_in(StepKind.PERSPECTIVES, title="Hamnen")
    TeamMemberFactory(dialogue=elsewhere, user=leader)
    draft = dialogue_in(state=DialogueState.DRAFT, organisation=organisation, title="Utkastet")
    assert draft.published_at is None
    names = set(events_in(personal(link_of(leader, organisation))))
    assert names == {
        "Byskolan: Perspektivinsamling",
        "Byskolan: Beslutet",
        "Utkastet: Beslutet",
    }


def test_a_personal_link_shows_what_its_owner_may_see_when_it_is_read(
    dialogue, organisation, leader
):
    secret = link_of(leader, organisation)
    assert events_in(personal(secret))
    role = leader.memberships.get().roles.get()
    role.last_day = date(2026, 1, 2)
    role.save()
    assert events_in(personal(secret)) == {}
    leader.memberships.update(left_at=NOW)
    assert personal(secret).status_code == 404
    leader.memberships.update(left_at=None)
    leader.is_active = False
    leader.save()
    assert personal(secret).status_code == 404


def test_only_the_hash_of_a_link_is_kept(organisation, leader):
    secret = link_of(leader, organisation)
    link = CalendarLink.objects.get()
    assert link.secret_hash == hash_of(secret)
    assert secret not in str(CalendarLink.objects.values())
    assert len(secret) >= 43


def test_a_renewed_link_ends_the_old_one_and_an_ended_link_ends(organisation, leader):
    first = link_of(leader, organisation, "one")
    assert link_of(leader, organisation, "one") == first
    second = link_of(leader, organisation, "two")
    assert personal(first).status_code == 404
    assert personal(second).status_code == 200
    end_calendar_link(user=leader, organisation=organisation, at=NOW)
    end_calendar_link(user=leader, organisation=organisation, at=NOW)
    assert personal(second).status_code == 404
    assert list(AuditRow.objects.order_by("pk").values_list("action", flat=True)) == [
        "calendar_link.renew",
        "calendar_link.renew",
        "calendar_link.renew",
        "calendar_link.end",
    ]


def test_two_people_with_the_same_form_key_get_links_of_their_own(organisation, leader):
    colleague = person_with(Role.PROCESS_LEADER, organisation)
    assert link_of(leader, organisation) != link_of(colleague, organisation)


def test_a_person_has_one_link_in_an_organisation(organisation, leader):
    link_of(leader, organisation)
    with pytest.raises(IntegrityError, match="calendar_link_once"):
        CalendarLink.objects.create(
            user=leader, organisation=organisation, secret_hash="x", made_at=NOW
        )


def test_a_person_makes_and_ends_a_link_on_the_page(client, dialogue, organisation, leader):
    client.force_login(leader, BACKEND)
    address = reverse("dialogues:calendar_links")
    assert address in client.get(reverse("dialogues:today")).content.decode()
    page = client.get(address).content.decode()
    sent = {
        "client_key": re.search(r'name="client_key" value="([^"]+)"', page)[1],
        "organisation": organisation.slug,
        "do": "renew",
    }
    links = [
        re.search(r'class="secret">([^<]+)<', client.post(address, sent).content.decode())[1]
        for _twice in range(2)
    ]
    assert links[0] == links[1]
    assert 'class="secret"' not in client.get(address).content.decode()
    assert events_in(Client().get(links[0]))
    client.post(address, sent | {"do": "end"})
    assert Client().get(links[0]).status_code == 404


def test_nobody_makes_a_link_to_an_organisation_that_is_not_theirs(client, organisation):
    client.force_login(UserFactory(), BACKEND)
    sent = {"organisation": organisation.slug, "do": "renew"}
    assert client.post(reverse("dialogues:calendar_links"), sent).status_code == 404
    assert not CalendarLink.objects.exists()


def test_many_dialogues_cost_as_many_questions_as_one(dialogue, organisation, leader):
    secret = link_of(leader, organisation)

    def questions():
        with CaptureQueriesContext(connection) as captured:
            events = events_in(personal(secret))
        return len(captured), len(events)

    one = questions()
    for number in range(5):
        other = dialogue_in(StepKind.PERSPECTIVES, organisation=organisation, title=f"D{number}")
        FeedbackPromiseFactory(dialogue=other, due_on=date(2026, 12, 1))
    many = questions()
    assert many[0] == one[0]
    assert many[1] == one[1] + 10


def test_what_ended_long_ago_has_left_the_personal_calendar(organisation, leader):
    for title, years in (("Nyss", 0), ("Länge sedan", 2)):
        dialogue_in(
            state=DialogueState.CLOSED,
            organisation=organisation,
            title=title,
            ended_at=datetime.now(UTC) - timedelta(days=365 * years + 1),
        )
    assert set(events_in(personal(link_of(leader, organisation)))) == {"Nyss: Beslutet"}
