"""Check-in at an activity: the host opens it, phones and hands are counted, the plan takes it."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brygga.core.attendance.models import Gathering
from brygga.dialogues.enums import ActivityState, StepKind, TeamRole
from brygga.dialogues.models import Activity
from brygga.dialogues.operations.activities import (
    cancel_activity,
    edit_activity,
    hold_activity,
    plan_again,
)
from brygga.dialogues.operations.check_in import (
    NoCheckInError,
    NotPlannedError,
    close_check_in,
    count_all,
    count_more,
    open_check_in,
    prepare_check_in,
)
from brygga.dialogues.operations.plan_moves import move_plan, undo_move
from brygga.dialogues.queries.check_in import AFTER, BEFORE, came_to, door_of, gathering_at
from brygga.dialogues.queries.plan_moves import preview_move
from tests.factories.accounts import UserFactory
from tests.factories.dialogues import dialogue_in, team_member
from tests.factories.planning import ActivityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def dialogue():
    return dialogue_in(StepKind.PERSPECTIVES)


@pytest.fixture
def meeting(dialogue, now):
    """A meeting that began ten minutes ago."""
    begun = now - timedelta(minutes=10)
    return ActivityFactory(
        dialogue=dialogue, title="Möte i aulan", starts_at=begun, ends_at=begun + timedelta(hours=2)
    )


@pytest.fixture
def host(dialogue):
    return team_member(dialogue, TeamRole.HOST)


@pytest.fixture
def door(meeting, host, client):
    """The host's page, as one presses its buttons."""
    client.force_login(host)
    address = reverse("dialogues:check_in", args=[meeting.dialogue.public_id, meeting.public_id])

    def press(**sent):
        answer = client.post(address, sent, follow=True) if sent else client.get(address)
        assert answer.status_code in (200, 422)
        return BeautifulSoup(answer.content, "html.parser").main

    return press


def scan(meeting, now, phones):
    address = door_of(meeting, at=now).address
    path = address.partition("//")[2].partition("/")[2]
    for phone in phones:
        last = Client().post(f"/{path}", {"device": phone}, follow=True)
    return last.content.decode()


def prepare(meeting, now, by=None):
    return prepare_check_in(activity=meeting, asks_age=False, by=by, at=now)


def test_a_host_prepares_phones_check_in_and_hands_are_counted(door, meeting, now):
    assert "Förbered incheckningen" in door().get_text()
    page = door(prepare="1")
    assert page.select_one("svg.qr")
    scan(meeting, now, ["a", "b", "a"])
    key = door().select_one("[name=client_key]")["value"]
    for _twice in range(2):
        page = door(change="1", client_key=key)
    text = " ".join(page.get_text().split())
    assert "2 med telefon, 1 räknade för hand" in text
    assert page.select_one(".door .big").get_text() == "3"


def test_the_number_can_be_written_instead_and_a_wrong_one_is_told(door, meeting, now):
    door(prepare="1")
    assert "7 räknade för hand" in " ".join(door(heads="7").get_text().split())
    page = door(heads="-3")
    assert page.select_one("[name=heads]")["value"] == "-3"
    assert page.select_one("[aria-invalid=true]")
    assert came_to(meeting) == 7
    door(heads="0")
    assert "ingen är räknad för hand" in door(change="-1", client_key="x").parent.get_text()


def test_closed_means_closed_until_the_host_opens_again(door, meeting, now):
    door(prepare="1")
    assert "Stängd" in door(close="1").get_text()
    assert "Koden har stängt" in scan(meeting, now, ["a"])
    assert came_to(meeting) == 0
    door(open="1")
    assert "Du är räknad" in scan(meeting, now, ["a"])


def test_the_poster_shows_the_code_and_whose_it_is(door, meeting, client):
    poster = reverse(
        "dialogues:check_in_poster", args=[meeting.dialogue.public_id, meeting.public_id]
    )
    assert client.get(poster).status_code == 404
    door(prepare="1")
    page = BeautifulSoup(client.get(poster).content, "html.parser").select_one(".door-poster")
    assert page.select_one("svg.qr title")
    assert meeting.title in page.get_text()
    assert meeting.dialogue.organisation.name in page.get_text()


def test_what_is_counted_is_what_the_plan_says_and_nobody_types_beside_it(
    meeting, now, client, dialogue
):
    client.force_login(team_member(dialogue, TeamRole.PROCESS_LEADER))
    page = reverse("dialogues:activity", args=[dialogue.public_id, meeting.public_id])
    state = reverse("dialogues:activity_state", args=[dialogue.public_id, meeting.public_id])
    prepare(meeting, now)
    scan(meeting, now, ["a", "b", "c"])
    field = BeautifulSoup(client.get(page).content, "html.parser").select_one("[name=attended]")
    assert (field["value"], field.has_attr("disabled")) == ("3", True)
    client.post(state, {"attended": "900"})
    held = Activity.objects.get(pk=meeting.pk)
    assert (held.state, held.attended) == (ActivityState.DONE, 3)
    assert "Koden har stängt" in scan(meeting, now, ["too late"])
    count_all(activity=held, heads=4, by=UserFactory(), at=now)
    held.refresh_from_db()
    assert held.attended == 7


def test_where_nobody_checked_in_the_number_is_typed(meeting, now):
    prepare(meeting, now)
    hold_activity(activity=meeting, attended=12, reached=(), by=None, at=now)
    assert Activity.objects.get().attended == 12


def test_the_check_in_keeps_the_activitys_name_and_times(meeting, now, dialogue):
    prepare(meeting, now)

    def times():
        meeting.refresh_from_db()
        gathering = gathering_at(meeting)
        assert gathering.opens_at == meeting.starts_at - BEFORE
        assert gathering.closes_at == meeting.ends_at + AFTER
        return gathering

    later = {"title": "Möte i matsalen", "ends_at": meeting.ends_at + timedelta(hours=1)}
    before = {name: getattr(meeting, name) for name in later}
    edit_activity(
        activity=meeting, before=before, after=later, actors=(), languages=(), by=None, at=now
    )
    assert times().title == "Möte i matsalen"
    first_day = timezone.localdate(meeting.starts_at) + timedelta(days=7)
    shown = preview_move(dialogue, first_day).digest
    was = times().opens_at
    move = move_plan(dialogue=dialogue, first_day=first_day, shown=shown, by=None, at=now)
    assert times().opens_at > was
    undo_move(move=move, by=None, at=now)
    assert times().opens_at == was


def test_nobody_checks_in_to_what_is_cancelled_or_held(meeting, now, host):
    prepare(meeting, now)
    cancel_activity(activity=meeting, reason="Storm", by=None, at=now)
    assert "Koden har stängt" in scan(meeting, now, ["a"])
    with pytest.raises(NotPlannedError):
        open_check_in(activity=meeting, by=host, at=now)
    with pytest.raises(NotPlannedError):
        prepare(meeting, now)
    plan_again(activity=meeting, by=None, at=now)
    open_check_in(activity=meeting, by=host, at=now)
    assert "Du är räknad" in scan(meeting, now, ["a"])


def test_without_a_check_in_nothing_is_counted(meeting, now, host, door):
    with pytest.raises(NoCheckInError):
        count_more(activity=meeting, change=1, key="a", by=host, at=now)
    with pytest.raises(NoCheckInError):
        close_check_in(activity=meeting, by=host, at=now)
    assert "Förbered incheckningen först" in door(open="1").parent.get_text()
    assert not Gathering.objects.exists()
