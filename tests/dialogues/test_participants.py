from datetime import timedelta

import pytest
from django.http import Http404, HttpResponse

from brygga.core.audit.models import AuditRow
from brygga.dialogues.enums import ContributionState
from brygga.dialogues.models import Participant
from brygga.dialogues.operations.participants import (
    CannotBeWithdrawnError,
    NotYourContributionError,
    join,
    remember,
    withdraw,
)
from brygga.dialogues.queries.participants import cookie_name, get_participant, participant_of
from tests.factories.dialogues import (
    NOW,
    ContributionFactory,
    DialogueFactory,
    ParticipantFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def dialogue():
    return DialogueFactory()


def joined(dialogue, once=""):
    return join(dialogue=dialogue, language="sv", at=NOW, once=once)


def cookies_of(dialogue, secret):
    response = HttpResponse()
    remember(response, dialogue, secret)
    return {name: morsel.value for name, morsel in response.cookies.items()}


def test_who_has_joined_is_known_again_by_cookie_and_by_link(dialogue):
    somebody = joined(dialogue)
    cookies = cookies_of(dialogue, somebody.secret)
    assert participant_of(dialogue, cookies) == somebody.participant
    assert get_participant(somebody.secret) == somebody.participant


def test_the_secret_itself_is_not_kept(dialogue):
    somebody = joined(dialogue)
    row = Participant.objects.filter(pk=somebody.participant.pk).values().get()
    assert somebody.secret not in map(str, row.values())


def test_the_cookie_is_out_of_reach_for_scripts_and_lives_four_hundred_days(dialogue):
    response = HttpResponse()
    remember(response, dialogue, "secret")
    cookie = response.cookies[cookie_name(dialogue)]
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == timedelta(days=400).total_seconds()


def test_a_cookie_of_another_dialogue_is_nobody_here(dialogue):
    elsewhere = DialogueFactory()
    somebody = joined(elsewhere)
    foreign = cookies_of(elsewhere, somebody.secret)[cookie_name(elsewhere)]
    assert participant_of(elsewhere, {cookie_name(elsewhere): foreign}) == somebody.participant
    assert participant_of(dialogue, {cookie_name(dialogue): foreign}) is None


@pytest.mark.parametrize(
    "forge",
    [
        lambda value: value[:-1],
        lambda value: value[1:],
        lambda value: value.split(":")[0],
        lambda value: "x" + value,
        lambda _: "",
        lambda _: ":",
        lambda _: "å\0:x",
    ],
)
def test_a_forged_or_truncated_cookie_is_nobody(dialogue, forge):
    somebody = joined(dialogue)
    [(name, value)] = cookies_of(dialogue, somebody.secret).items()
    assert participant_of(dialogue, {name: value}) == somebody.participant
    assert participant_of(dialogue, {name: forge(value)}) is None


@pytest.mark.parametrize("forge", [lambda secret: secret[:-1], str.upper, lambda _: "", str.title])
def test_a_forged_or_truncated_link_is_not_found(dialogue, forge):
    somebody = joined(dialogue)
    assert get_participant(somebody.secret)
    with pytest.raises(Http404):
        get_participant(forge(somebody.secret))


def test_the_same_page_sent_twice_makes_one_participant(dialogue):
    first, again = joined(dialogue, once="word"), joined(dialogue, once="word")
    other = joined(dialogue, once="another")
    assert first.participant == again.participant != other.participant
    assert first.secret == again.secret != other.secret


def test_the_same_word_in_another_dialogue_is_somebody_else(dialogue):
    here, there = joined(dialogue, once="word"), joined(DialogueFactory(), once="word")
    assert here.secret != there.secret


def take_back(contribution, participant):
    return withdraw(participant=participant, public_id=contribution.public_id, at=NOW)


def test_one_takes_ones_own_voice_back_and_the_record_keeps_it():
    participant = ParticipantFactory()
    voice = ContributionFactory(
        dialogue=participant.dialogue, participant=participant, text="Behåll skolan"
    )
    take_back(voice, participant)
    voice.refresh_from_db()
    assert (voice.state, voice.text) == (ContributionState.WITHDRAWN, "Behåll skolan")
    row = AuditRow.objects.get(subject_type="dialogues.contribution", subject_id=voice.pk)
    assert (row.action, row.by, row.fields) == ("contribution.withdraw", None, ["state"])


def test_taking_back_twice_changes_nothing_more():
    participant = ParticipantFactory()
    voice = ContributionFactory(dialogue=participant.dialogue, participant=participant)
    take_back(voice, participant)
    take_back(voice, participant)
    assert AuditRow.objects.count() == 1


def test_nobody_takes_back_the_voice_of_another():
    voice = ContributionFactory(participant=ParticipantFactory())
    with pytest.raises(NotYourContributionError):
        take_back(voice, ParticipantFactory(dialogue=voice.dialogue))
    voice.refresh_from_db()
    assert voice.state == ContributionState.PUBLISHED
    assert AuditRow.objects.count() == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"state": ContributionState.HIDDEN, "state_reason": "Pekar ut en person"},
        {"state": ContributionState.ERASED, "text": ""},
    ],
)
def test_what_is_hidden_or_erased_cannot_be_taken_back(fields):
    participant = ParticipantFactory()
    voice = ContributionFactory(dialogue=participant.dialogue, participant=participant, **fields)
    with pytest.raises(CannotBeWithdrawnError):
        take_back(voice, participant)
    voice.refresh_from_db()
    assert voice.state == fields["state"]
