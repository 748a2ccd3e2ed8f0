"""Whatever a team does in whatever order, a voice is never lost; drawn at random from seeds."""

import random
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from brygga.dialogues.enums import ContributionState
from brygga.dialogues.models import Contribution, ContributionMerge, ModerationCase
from brygga.dialogues.operations.moderation import (
    Decision,
    VoiceIsGoneError,
    VoiceIsMergedError,
    decide,
)
from brygga.dialogues.operations.participants import CannotBeWithdrawnError, join, withdraw
from brygga.dialogues.operations.standing_for import (
    MERGEABLE,
    CannotBeMergedError,
    merge,
    separate,
)
from brygga.dialogues.queries.assessments import told_of
from brygga.dialogues.queries.moderation import version_of
from brygga.dialogues.queries.public_page import get_public_page
from brygga.dialogues.queries.receipts import get_receipt
from tests.factories.dialogues import (
    NOW,
    ContributionFactory,
    PerspectiveFactory,
    dialogue_in,
    team_member,
)

pytestmark = pytest.mark.django_db
REFUSALS = (CannotBeMergedError, VoiceIsMergedError, VoiceIsGoneError, CannotBeWithdrawnError)
PUBLISH = Decision(to=ContributionState.PUBLISHED)
TO_TEAM = Decision(to=ContributionState.INTERNAL)
HIDE = Decision(to=ContributionState.HIDDEN, ground="threat")
STEPS = 25


class Team:
    """A team that does whatever the dice say, to seven people's voices."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.dialogue = dialogue_in()
        self.lars = team_member(self.dialogue)
        self.at = NOW
        self.voices = [self.voice(number) for number in range(7)]
        self.texts = {voice.pk: voice.text for voice in self.voices}
        self.cited = {
            PerspectiveFactory(dialogue=self.dialogue): set(self.dice.sample(self.voices, 3))
            for _ in range(3)
        }
        for perspective, voices in self.cited.items():
            perspective.contributions.set(voices)
        self.done = 0

    def voice(self, number):
        joined = join(dialogue=self.dialogue, language="sv", at=NOW)
        state = ContributionState.WAITING if number == 6 else ContributionState.PUBLISHED
        return ContributionFactory(
            dialogue=self.dialogue, participant=joined.participant, state=state
        )

    def act(self):
        acts = (self.merge, self.merge, self.merge, self.separate, self.decide, self.withdraw)
        self.at += timedelta(minutes=1)
        try:
            self.dice.choice(acts)()
        except REFUSALS:
            return
        self.done += 1

    def merge(self):
        kept, merged = self.dice.sample(self.voices, 2)
        merge(kept=kept, merged=merged, by=self.lars, at=self.at)

    def separate(self):
        standing = list(ContributionMerge.objects.filter(undone_at=None).order_by("pk"))
        if standing:
            separate(made=self.dice.choice(standing), by=self.lars, at=self.at)

    def decide(self):
        voice, decision = self.dice.choice(self.voices), self.dice.choice([HIDE, TO_TEAM, PUBLISH])
        seen = version_of(voice)
        decide(contribution=voice, decision=decision, seen=seen, by=self.lars, at=self.at)

    def withdraw(self):
        if self.dice.random() < 0.15:
            voice = self.dice.choice(self.voices)
            withdraw(participant=voice.participant, public_id=voice.public_id, at=self.at)


def check(team):
    stand = {voice.pk: voice for voice in Contribution.objects.filter(dialogue=team.dialogue)}
    merges = dict(ContributionMerge.objects.filter(undone_at=None).values_list("merged", "kept"))
    assert {key: voice.text for key, voice in stand.items()} == team.texts
    assert {key for key, voice in stand.items() if voice.state == "merged"} == set(merges)
    assert not set(merges) & set(merges.values())
    assert {stand[key].state for key in merges.values()} <= set(MERGEABLE)
    waiting = {key for key, voice in stand.items() if voice.state == "waiting"}
    open_cases = ModerationCase.objects.filter(closed_at=None).values_list(
        "contribution", flat=True
    )
    assert waiting == set(open_cases)
    for perspective, voices in team.cited.items():
        cited = {voice.pk for voice in voices}
        lent = {kept for merged, kept in merges.items() if merged in cited}
        assert set(perspective.contributions.values_list("pk", flat=True)) == cited | lent
    told = told_of(list(stand.values()))
    for key, voice in stand.items():
        stands_in = told[key].stands_in
        assert (stands_in.pk if stands_in else None) == merges.get(key)
        last = voice.moderation.exclude(to_state="").order_by("pk").last()
        assert last is None or last.to_state == voice.state
    return len([key for key in stand if stand[merges.get(key, key)].state == "published"])


def check_pages(team, shown):
    for voice in team.voices:
        assert [own.contribution for own in get_receipt(voice.participant).voices] == [voice]
    page = get_public_page(team.dialogue.public_id, AnonymousUser(), {}, at=NOW)
    assert page.voices == shown


@pytest.mark.parametrize("seed", range(4))
def test_a_voice_is_never_lost(seed):
    team = Team(seed)
    for _ in range(STEPS):
        team.act()
        shown = check(team)
    check_pages(team, shown)
    assert team.done > STEPS / 3
