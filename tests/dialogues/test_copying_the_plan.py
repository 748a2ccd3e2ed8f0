"""An actor map and a plan come along to a copy: what to do and with whom, and nobody by name."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import serializers
from django.urls import reverse

from brygga.accounts.enums import Role
from brygga.core.audit.models import AuditRow
from brygga.core.calendar import is_working_day, to_swedish
from brygga.dialogues.enums import ActivityState, StepKind, TeamRole
from brygga.dialogues.models import ActorContact, Dialogue, Obstacle, SetAsideGroup
from brygga.dialogues.operations.copying import (
    NoFirstDayError,
    PersonalDataStaysError,
    copy_dialogue,
)
from tests.factories.accounts import (
    MembershipFactory,
    OrganisationFactory,
    RoleAssignmentFactory,
    person_with,
)
from tests.factories.dialogues import NOW, TeamMemberFactory, dialogue_in
from tests.factories.planning import (
    ActivityFactory,
    ActorContactFactory,
    ActorFactory,
    ObstacleFactory,
    PlannedMessageFactory,
)

pytestmark = pytest.mark.django_db
MARCH = datetime(2026, 3, 16, 17, tzinfo=UTC)  # a Monday, 18 o'clock in Swedish winter time
NEW_START = date(2026, 8, 17)  # 22 weeks later than 16 March: a Monday in summer time
PEOPLE = ("Ordföranden", "byalaget@example.test", "Kallad av Stina", "Lars Ledare")


@pytest.fixture
def source():
    """A dialogue whose map and plan have been used: reached, held, cancelled, told, and public."""
    source = dialogue_in(StepKind.PERSPECTIVES)
    colleague = TeamMemberFactory(
        dialogue=source, role=TeamRole.OFFICIAL, user__name="Lars Ledare"
    ).user
    village = ActorFactory(
        dialogue=source, name="Byalaget", reached_on=date(2026, 3, 16), is_public=True
    )
    young = ActorFactory(
        dialogue=source,
        name="Unga",
        suggested_by=village,
        forgotten_code="young",
        reached_on=date(2026, 3, 17),
        reached_how="Kallad av Stina",
    )
    ObstacleFactory(actor=young, position=1, measure="Vi kommer till skolan")
    ActorContactFactory(actor=village)
    ActorContactFactory(actor=young, keep_until=date(2026, 3, 31), name="Tiden ute")
    SetAsideGroup.objects.create(dialogue=source, code="night", reason="Ingen arbetar", at=NOW)
    meeting = ActivityFactory(
        dialogue=source,
        title="Första mötet",
        starts_at=MARCH,
        ends_at=MARCH + timedelta(hours=2),
        state=ActivityState.DONE,
        attended=41,
        is_public=True,
        is_fixed=True,
        responsible=colleague,
        place="Bygdegården",
        languages=["sv", "ar"],
        step=source.steps.get(kind=StepKind.PERSPECTIVES),
    )
    meeting.actors.set([village, young])
    ActivityFactory(
        dialogue=source, title="Inställt", state=ActivityState.CANCELLED, state_reason="Sjuk"
    )
    PlannedMessageFactory(
        dialogue=source, due_on=date(2026, 3, 30), done_on=date(2026, 3, 30), responsible=colleague
    )
    return source


@pytest.fixture
def leader(source):
    return person_with(Role.PROCESS_LEADER, source.organisation)


def copied(source, leader, *parts, first_day=NEW_START, **more):
    given = {"organisation": source.organisation, "title": "Ny fråga", "first_day": first_day}
    return copy_dialogue(source=source, parts=parts, by=leader, at=NOW, **given | more)


def test_the_plan_begins_on_its_new_day_with_nothing_held_told_or_public(source, leader):
    draft = copied(source, leader, "actors", "plan")

    meeting = draft.activities.get()  # what was cancelled is not planned anew
    assert (meeting.title, meeting.place) == ("Första mötet", "Bygdegården")
    assert to_swedish(meeting.starts_at) == to_swedish(MARCH) + timedelta(weeks=22)
    assert to_swedish(meeting.starts_at).hour == 18  # the clock on the wall, though summer came
    assert meeting.ends_at - meeting.starts_at == timedelta(hours=2)
    assert (meeting.state, meeting.attended) == (ActivityState.PLANNED, None)
    assert (meeting.is_public, meeting.is_fixed) == (False, False)
    assert meeting.languages == ["sv", "ar"]
    assert meeting.step == draft.steps.get(kind=StepKind.PERSPECTIVES)
    assert meeting.responsible == leader
    assert {actor.name for actor in meeting.actors.all()} == {"Byalaget", "Unga"}
    assert {actor.dialogue for actor in meeting.actors.all()} == {draft}
    told = draft.planned_messages.get()
    assert (told.due_on, told.done_on) == (date(2026, 8, 31), None)
    assert told.responsible == leader


def test_a_day_off_moves_to_the_next_working_day(source, leader):
    draft = copied(source, leader, "plan", first_day=date(2026, 6, 19))  # midsummer's eve

    meeting = draft.activities.get()
    assert is_working_day(to_swedish(meeting.starts_at).date())
    assert to_swedish(meeting.starts_at).date() == date(2026, 6, 22)
    assert not meeting.actors.exists()  # the map did not come along


def test_the_map_comes_along_as_if_nobody_had_been_reached(source, leader):
    draft = copied(source, leader, "actors")

    village, young = draft.actors.order_by("sort_key")
    assert (village.name, young.name) == ("Byalaget", "Unga")
    assert young.suggested_by == village
    assert young.forgotten_code == "young"
    for actor in (village, young):
        assert (actor.reached_on, actor.reached_by, actor.reached_how) == (None, None, "")
        assert not actor.is_public
    assert [each.measure for each in young.obstacles.all()] == ["Vi kommer till skolan"]
    assert not draft.set_aside.exists()
    assert not draft.activities.exists()


def test_no_name_or_address_of_a_person_comes_along_unless_it_is_chosen(source, leader):
    draft = copied(source, leader, "actors", "plan")

    rows = [*draft.actors.all(), *draft.activities.all(), *draft.planned_messages.all()]
    rows += Obstacle.objects.filter(actor__dialogue=draft)
    held = serializers.serialize("json", rows, ensure_ascii=False)
    assert "Byalaget" in held
    assert not [name for name in PEOPLE if name in held]
    assert not ActorContact.objects.filter(actor__dialogue=draft).exists()
    assert {member.user for member in draft.team.all()} == {leader}


def test_chosen_contacts_come_along_until_the_same_day_and_are_noted(source, leader):
    draft = copied(source, leader, "actors", "contacts")

    contact = ActorContact.objects.get(actor__dialogue=draft)  # the other's day has passed
    assert (contact.actor.name, contact.way) == ("Byalaget", "byalaget@example.test")
    assert (
        contact.keep_until
        == ActorContact.objects.get(actor__dialogue=source, name=contact.name).keep_until
    )
    assert AuditRow.objects.filter(action="actor.contact").count() == 1


def test_contacts_do_not_go_to_an_organisation_that_does_not_own_the_dialogue(source, leader):
    with pytest.raises(PersonalDataStaysError):
        copied(source, leader, "actors", "contacts", organisation=OrganisationFactory())
    assert not Dialogue.objects.filter(title="Ny fråga").exists()


def test_a_plan_without_a_first_day_is_not_copied(source, leader):
    with pytest.raises(NoFirstDayError):
        copied(source, leader, "plan", first_day=None)


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def also_leads_elsewhere(user):
    membership = MembershipFactory(user=user)
    RoleAssignmentFactory(membership=membership, role=Role.PROCESS_LEADER)
    return membership.organisation


def sent(source, *parts, **more):
    given = {"organisation": source.organisation.public_id, "title": "En by till"}
    return given | {"parts": parts, "client_key": "once"} | more


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.mark.usefixtures("now")
def test_the_leader_ticks_what_to_take_along(client, source, leader):
    browser = sign_in(client, leader)
    where = reverse("dialogues:copy", args=[source.public_id])
    form = browser.get(where).context["form"]
    assert {"actors", "plan"} < set(form["parts"].value())
    assert "contacts" in dict(form.fields["parts"].choices)
    assert "contacts" not in form["parts"].value()

    page = browser.post(where, sent(source, "contacts", "plan"))
    assert set(page.context["form"].errors) == {"parts", "first_day"}
    assert 'value="En by till"' in page.content.decode()
    for wrong in ("2026-03-01", "2050-01-01", "en måndag"):
        page = browser.post(where, sent(source, "plan", first_day=wrong))
        assert list(page.context["form"].errors) == ["first_day"]
    where_else = also_leads_elsewhere(leader)
    page = browser.post(
        where, sent(source, "actors", "contacts", organisation=where_else.public_id)
    )
    assert list(page.context["form"].errors) == ["parts"]
    assert not Dialogue.objects.filter(title="En by till").exists()

    for _again in range(2):
        browser.post(where, sent(source, "actors", "contacts", "plan", first_day=NEW_START))
    draft = Dialogue.objects.get(title="En by till")
    assert (draft.actors.count(), draft.activities.count()) == (2, 1)


@pytest.mark.usefixtures("now")
def test_who_may_not_see_the_contacts_is_not_offered_them(client, source, leader):
    browser = sign_in(client, leader)
    where = reverse("dialogues:copy", args=[source.public_id])
    assert "contacts" in dict(browser.get(where).context["form"].fields["parts"].choices)
    elected = person_with(Role.ELECTED, source.organisation)
    also_leads_elsewhere(elected)

    assert "contacts" not in dict(
        sign_in(client, elected).get(where).context["form"].fields["parts"].choices
    )
    page = client.post(where, sent(source, "actors", "contacts"))
    assert "parts" in page.context["form"].errors


def test_what_one_may_not_see_one_does_not_copy(client, source, leader):
    where = reverse("dialogues:copy", args=[source.public_id])
    assert sign_in(client, leader).get(where).status_code == 200
    stranger = sign_in(client, person_with(Role.OWNER, OrganisationFactory()))

    assert stranger.get(where).status_code == 404
    assert stranger.post(where, sent(source, "actors")).status_code == 404
    assert not Dialogue.objects.filter(title="En by till").exists()


@pytest.mark.usefixtures("now")
def test_a_dialogue_without_map_and_plan_offers_neither(client):
    bare = dialogue_in()
    browser = sign_in(client, person_with(Role.PROCESS_LEADER, bare.organisation))
    form = browser.get(reverse("dialogues:copy", args=[bare.public_id])).context["form"]

    assert not {"actors", "contacts", "plan"} & dict(form.fields["parts"].choices).keys()
    assert "first_day" not in form.fields
