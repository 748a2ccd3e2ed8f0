"""“Ångra” after what was just done: by a button, with rights, for some minutes, honestly."""

import pytest
from bs4 import BeautifulSoup
from django.core import signing
from django.test import Client
from django.urls import reverse

from brygga.core.audit.models import AuditRow
from brygga.core.undo import offers
from brygga.dialogues.enums import TeamRole
from brygga.dialogues.models import Perspective, TeamMember
from tests.factories.accounts import UserFactory
from tests.factories.dialogues import (
    NOW,
    ContributionFactory,
    TeamMemberFactory,
    dialogue_in,
    team_member,
)

pytestmark = pytest.mark.django_db
UNDO = reverse("undo:undo")


def signed_in(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def dialogue():
    return dialogue_in()


@pytest.fixture
def leader(dialogue):
    return signed_in(team_member(dialogue))


def token_on(response):
    button = BeautifulSoup(response.content, "html.parser").select_one(".messages [name=undo]")
    return button["value"] if button else ""


def words(response):
    return BeautifulSoup(response.content, "html.parser").select_one(".messages").get_text()


@pytest.fixture
def perspective(dialogue):
    made = Perspective.objects.create(dialogue=dialogue, title="Nära hem", created_at=NOW)
    made.contributions.add(*ContributionFactory.create_batch(2, dialogue=dialogue))
    return made


def unlink_all(leader, perspective):
    address = reverse(
        "dialogues:perspective_link", args=[perspective.dialogue.public_id, perspective.public_id]
    )
    ids = [voice.public_id for voice in perspective.contributions.all()]
    response = leader.post(address, {"remove": ids}, follow=True)
    assert perspective.contributions.count() == 0
    return response


def test_voices_taken_from_a_perspective_are_put_back(leader, perspective):
    done = unlink_all(leader, perspective)
    assert "2 röster är borttagna." in words(done)
    undone = leader.post(UNDO, {"undo": token_on(done)}, follow=True)
    assert "Det är ångrat." in words(undone)
    assert perspective.contributions.count() == 2
    actions = AuditRow.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions)[-1] == "perspective.link"


def test_undoing_twice_does_it_once(leader, perspective):
    token = token_on(unlink_all(leader, perspective))
    for _ in range(2):
        leader.post(UNDO, {"undo": token})
    assert perspective.contributions.count() == 2


def test_the_time_is_up_after_some_minutes_and_that_is_said(leader, perspective, monkeypatch):
    token = token_on(unlink_all(leader, perspective))
    monkeypatch.setattr(offers, "GOOD_FOR", -1)
    late = leader.post(UNDO, {"undo": token}, follow=True)
    assert "Det är för sent att ångra. Inget har ändrats." in words(late)
    assert perspective.contributions.count() == 0


def test_another_person_or_one_who_has_lost_the_right_undoes_nothing(dialogue, perspective):
    person = team_member(dialogue)
    token = token_on(unlink_all(signed_in(person), perspective))
    for other in (team_member(dialogue), UserFactory()):
        assert signed_in(other).post(UNDO, {"undo": token}).status_code == 404
    assert Client().post(UNDO, {"undo": token}).status_code == 302
    TeamMember.objects.filter(user=person).delete()
    assert signed_in(person).post(UNDO, {"undo": token}).status_code == 404
    assert perspective.contributions.count() == 0


def test_what_was_not_signed_by_us_undoes_nothing(leader):
    forged = signing.dumps(["team.ended", {}, "https://elsewhere.example", 1], salt="another")
    for token in ("", "x", "a:b:c", forged, "x" * 9_000):
        assert leader.post(UNDO, {"undo": token}).status_code == 404
    assert leader.get(UNDO).status_code == 405


def test_a_place_in_the_team_that_was_ended_is_given_anew_as_a_row_of_its_own(leader, dialogue):
    member = TeamMemberFactory(dialogue=dialogue, role=TeamRole.OFFICIAL)
    address = reverse("dialogues:team", args=[dialogue.public_id])
    done = leader.post(address, {"end": member.pk}, follow=True)
    token = token_on(done)
    assert "lämnar teamet efter i dag" in words(done)
    leader.post(UNDO, {"undo": token})
    again = leader.post(UNDO, {"undo": token}, follow=True)
    assert "för sent" in words(again)
    member.refresh_from_db()
    [new] = TeamMember.objects.filter(user=member.user).exclude(pk=member.pk)
    assert member.last_day is not None
    assert (new.role, new.last_day) == (TeamRole.OFFICIAL, None)
    assert new.starts_on > member.last_day
