"""A voice survives a merge: counted, told on both receipts, and free again when it is undone."""

from datetime import timedelta

import pytest

from brygga.dialogues.enums import ContributionState, InsightState
from brygga.dialogues.models import ModerationEvent
from brygga.dialogues.operations.moderation import Decision, decide
from brygga.dialogues.operations.participants import join, withdraw
from brygga.dialogues.operations.standing_for import CannotBeMergedError, merge, separate
from brygga.dialogues.queries.duplicates import duplicates_of
from brygga.dialogues.queries.moderation import version_of
from brygga.dialogues.queries.receipts import get_receipt
from tests.factories.dialogues import (
    NOW,
    ContributionFactory,
    InsightFactory,
    PerspectiveFactory,
    dialogue_in,
    team_member,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def dialogue():
    return dialogue_in()


@pytest.fixture
def lars(dialogue):
    return team_member(dialogue)


@pytest.fixture
def pair(dialogue):
    return [
        ContributionFactory(
            dialogue=dialogue,
            participant=join(dialogue=dialogue, language="sv", at=NOW).participant,
            text=text,
        )
        for text in ("Bussen måste gå oftare på kvällen", "Bussen måste gå oftare på kvällarna")
    ]


def states(pair):
    for voice in pair:
        voice.refresh_from_db()
    return [voice.state for voice in pair]


def test_the_merged_voice_is_told_what_became_of_the_one_it_stands_in(dialogue, lars, pair):
    kept, merged = pair
    perspective = PerspectiveFactory(dialogue=dialogue)
    perspective.contributions.add(merged)
    insight = InsightFactory(dialogue=dialogue, state=InsightState.PUBLISHED, published_at=NOW)
    insight.contributions.add(kept)
    made = merge(kept=kept, merged=merged, by=lars, at=LATER)
    assert states(pair) == ["published", "merged"]
    assert set(perspective.contributions.all()) == set(pair)
    [voice] = get_receipt(merged.participant).voices
    assert (voice.told.stands_in, voice.insights) == (kept, (insight,))
    separate(made=made, by=lars, at=LATER)
    assert states(pair) == ["published", "published"]
    assert set(perspective.contributions.all()) == {merged}
    assert [event.kind for event in ModerationEvent.objects.filter(contribution=merged)] == [
        "merged",
        "separated",
    ]


def test_hiding_or_taking_back_the_kept_voice_sets_the_other_free(dialogue, lars, pair):
    kept, merged = pair
    made = merge(kept=kept, merged=merged, by=lars, at=LATER)
    hidden = Decision(to=ContributionState.HIDDEN, ground="threat")
    decide(contribution=kept, decision=hidden, seen=version_of(kept), by=lars, at=LATER)
    assert states(pair) == ["hidden", "waiting"]
    assert merged.cases.filter(closed_at=None).count() == 1
    other = ContributionFactory(dialogue=dialogue, participant=kept.participant)
    made = merge(kept=other, merged=merged, by=lars, at=LATER)
    withdraw(participant=kept.participant, public_id=other.public_id, at=LATER)
    made.refresh_from_db()
    assert made.undone_at == LATER
    assert states([merged]) == ["waiting"]


def test_what_is_merged_or_of_another_dialogue_is_not_merged(lars, pair):
    kept, merged = pair
    merge(kept=kept, merged=merged, by=lars, at=LATER)
    for one, other in ((kept, merged), (kept, kept), (kept, ContributionFactory())):
        with pytest.raises(CannotBeMergedError):
            merge(kept=one, merged=other, by=lars, at=LATER)


def test_alike_voices_of_the_same_dialogue_are_suggested(dialogue, pair):
    ContributionFactory(dialogue=dialogue, text="Lekplatsen behöver en ny gunga")
    ContributionFactory(text=pair[1].text)
    assert [each.voice for each in duplicates_of(pair[0])] == [pair[1]]
