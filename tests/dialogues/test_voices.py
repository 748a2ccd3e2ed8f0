from datetime import date

import pytest

from brygga.core.audit.queries import trail
from brygga.core.text import TextTooLongError
from brygga.dialogues.enums import Channel, ContributionState
from brygga.dialogues.models import Contribution
from brygga.dialogues.operations.voices import (
    ForeignVoiceError,
    NothingSaidError,
    Voice,
    create_perspective,
    edit_perspective,
    link_contributions,
    record_contributions,
    unlink_contribution,
)
from tests.factories.accounts import UserFactory
from tests.factories.dialogues import NOW, ContributionFactory, PerspectiveFactory, dialogue_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def host():
    return UserFactory()


def enter(dialogue, voices, by, **fields):
    return record_contributions(
        dialogue=dialogue,
        voices=voices,
        channel=Channel.INTERVIEW,
        said_on=date(2026, 3, 28),
        place="Biblioteket",
        by=by,
        at=NOW,
        **fields,
    )


def test_many_voices_are_kept_at_once_in_order_with_their_circumstances(host):
    dialogue = dialogue_in()

    bus, arabic = enter(dialogue, [Voice("Bussen"), Voice("الحافلة", language="ar")], host)

    assert (bus.text, bus.language, arabic.language) == ("Bussen", "sv", "ar")
    assert (bus.channel, bus.place, bus.said_on, bus.entered_by) == (
        "interview",
        "Biblioteket",
        date(2026, 3, 28),
        host,
    )
    assert bus.state == ContributionState.INTERNAL
    assert trail(dialogue).get().fields == ["interview"]


def test_what_is_sent_again_is_not_kept_twice(host):
    dialogue = dialogue_in()
    first = enter(dialogue, [Voice("Bussen", client_key="a-0")], host)

    again = enter(
        dialogue, [Voice("Bussen", client_key="a-0"), Voice("Tåget", client_key="a-1")], host
    )

    assert again[0] == first[0]
    assert [contribution.text for contribution in again] == ["Bussen", "Tåget"]
    assert Contribution.objects.count() == 2
    assert enter(dialogue, [Voice("Bussen", client_key="a-0")], host) == first
    assert trail(dialogue).count() == 2  # the re-sent one left no row


def test_the_same_key_in_another_dialogue_is_another_voice(host):
    enter(dialogue_in(), [Voice("Bussen", client_key="a")], host)

    (other,) = enter(dialogue_in(), [Voice("Tåget", client_key="a")], host)

    assert other.text == "Tåget"


def test_without_a_key_equal_words_are_two_voices(host):
    dialogue = dialogue_in()

    enter(dialogue, [Voice("Bussen"), Voice("Bussen")], host)

    assert dialogue.contributions.count() == 2


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        ("  \n", NothingSaidError),
        ("\x00\u202e", NothingSaidError),
        ("a" * 10_001, TextTooLongError),
        ("a" * 10_000_000, TextTooLongError),
    ],
)
def test_one_bad_voice_keeps_all_of_them_out(host, bad, error):
    dialogue = dialogue_in()

    with pytest.raises(error):
        enter(dialogue, [Voice("Bussen"), Voice(bad)], host)

    assert not dialogue.contributions.exists()


def test_words_are_kept_without_what_reorders_or_breaks_them(host):
    (voice,) = enter(dialogue_in(), [Voice("Buss\x00en\u202e är sen\r\nofta ")], host)

    assert voice.text == "Bussen är sen\nofta"


def test_a_voice_holds_many_perspectives_and_a_perspective_many_voices(host):
    dialogue = dialogue_in()
    voices = ContributionFactory.create_batch(2, dialogue=dialogue)
    safe, long = (
        create_perspective(dialogue=dialogue, title=title, contributions=voices, by=host, at=NOW)
        for title in ("Trygg skolväg", "Lång skolväg")
    )

    assert set(safe.contributions.all()) == set(voices) == set(long.contributions.all())
    unlink_contribution(perspective=safe, contribution=voices[0], by=host, at=NOW)
    assert list(safe.contributions.all()) == [voices[1]]
    assert long.contributions.count() == 2


@pytest.mark.parametrize(
    "state",
    [ContributionState.HIDDEN, ContributionState.WITHDRAWN],
)
def test_a_perspective_holds_only_voices_of_its_dialogue_that_are_still_there(host, state):
    perspective = PerspectiveFactory()
    here = {"dialogue": perspective.dialogue}
    present = ContributionFactory(**here)
    foreign = ContributionFactory()
    gone = ContributionFactory(state=state, state_reason="Skäl", **here)

    for wrong in (foreign, gone):
        with pytest.raises(ForeignVoiceError):
            link_contributions(
                perspective=perspective, contributions=[present, wrong], by=host, at=NOW
            )
    assert not perspective.contributions.exists()
    link_contributions(perspective=perspective, contributions=[present], by=host, at=NOW)
    assert perspective.contributions.get() == present


def test_a_perspective_can_be_reworded_and_made_public(host):
    perspective = edit_perspective(
        perspective=PerspectiveFactory(),
        title="Trygg väg",
        text="Till skolan",
        is_public=True,
        by=host,
        at=NOW,
    )

    perspective.refresh_from_db()
    assert (perspective.title, perspective.text, perspective.is_public) == (
        "Trygg väg",
        "Till skolan",
        True,
    )
