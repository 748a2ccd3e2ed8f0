"""Two moderators, or an author's two clicks, at the very same time: real threads, real locks."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from brygga.dialogues.enums import ContributionState, ModerationStep, TeamRole
from brygga.dialogues.models import ContributionMerge, ModerationCase, ModerationEvent
from brygga.dialogues.operations.assessments import ask_for_new_assessment, report
from brygga.dialogues.operations.moderation import (
    AlreadyDecidedError,
    Decision,
    assign,
    decide,
)
from brygga.dialogues.operations.participants import join, withdraw
from brygga.dialogues.operations.standing_for import CannotBeMergedError, merge, separate
from brygga.dialogues.queries.moderation import version_of
from tests.dialogues.test_at_the_same_time import together
from tests.factories.dialogues import NOW, ContributionFactory, dialogue_in, team_member

pytestmark = pytest.mark.django_db(transaction=True)
HIDE = Decision(to=ContributionState.HIDDEN, ground="threat", words="Det är ett hot.")
PUBLISH = Decision(to=ContributionState.PUBLISHED)
LATER = NOW + timedelta(hours=2)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def dialogue():
    return dialogue_in()


@pytest.fixture
def lars(dialogue):
    return team_member(dialogue)


@pytest.fixture
def sara(dialogue):
    return team_member(dialogue, TeamRole.OFFICIAL)


@pytest.fixture
def amina(dialogue):
    return join(dialogue=dialogue, language="sv", at=NOW).participant


@pytest.fixture
def voice(dialogue, amina):
    return ContributionFactory(
        dialogue=dialogue, participant=amina, state=ContributionState.WAITING, text="Ett hot"
    )


def decided(voice):
    return ModerationEvent.objects.filter(contribution=voice, kind=ModerationStep.DECIDED)


def test_two_moderators_deciding_at_once_make_one_decision(voice, lars, sara):
    seen = version_of(voice)

    def judge(by, decision):
        return lambda: decide(contribution=voice, decision=decision, seen=seen, by=by, at=LATER)

    outcomes = together(judge(lars, HIDE), judge(sara, PUBLISH))

    assert sorted(type(each).__name__ for each in outcomes) == [
        AlreadyDecidedError.__name__,
        ModerationEvent.__name__,
    ]
    (made,) = decided(voice)
    voice.refresh_from_db()
    assert voice.state == made.to_state
    assert ModerationCase.objects.get().closed_by == made.by


def test_the_one_who_came_second_is_told_so_on_the_page(dialogue, voice, lars, sara):
    address = reverse("dialogues:case", args=[dialogue.public_id, voice.public_id])
    desks = []
    for person in (lars, sara):
        client = Client()
        client.force_login(person, BACKEND)
        desks.append(client)
    sent = {"seen": version_of(voice), "to": "hidden", "ground": "threat"}

    answers = together(*(lambda client=client: client.post(address, sent) for client in desks))

    told = [str(message) for each in answers for message in get_messages(each.wsgi_request)]
    assert [each.status_code for each in answers] == [302, 302]
    done, late = sorted(told)
    assert done.startswith("Klart. Här är nästa. <a ")
    assert late == "Någon har bestämt sedan du öppnade sidan. Se vad."
    assert decided(voice).count() == 1


def test_a_case_given_to_two_people_at_once_is_somebodys_and_both_steps_are_kept(voice, lars, sara):
    case = voice.cases.get()

    together(*(lambda to=to: assign(case=case, to=to, by=to, at=LATER) for to in (lars, sara)))

    case.refresh_from_db()
    steps = ModerationEvent.objects.filter(case=case, kind=ModerationStep.ASSIGNED).order_by("pk")
    assert {step.by for step in steps} == {lars, sara}
    assert case.assigned_to == steps.last().by


def test_a_case_taken_by_two_clicks_is_taken_once(voice, lars):
    case = voice.cases.get()
    together(*[lambda: assign(case=case, to=lars, by=lars, at=LATER)] * 4)
    assert ModerationEvent.objects.filter(kind=ModerationStep.ASSIGNED).count() == 1


def test_nobody_is_given_a_case_that_is_decided_at_the_same_time(dialogue, lars, sara):
    voices = ContributionFactory.create_batch(5, dialogue=dialogue, state="waiting")

    def give(voice):
        return lambda: assign(case=voice.cases.get(), to=sara, by=sara, at=LATER)

    def judge(voice, seen):
        return lambda: decide(contribution=voice, decision=HIDE, seen=seen, by=lars, at=LATER)

    seen = {voice: version_of(voice) for voice in voices}
    calls = [call for voice in voices for call in (give(voice), judge(voice, seen[voice]))]
    outcomes = together(*calls)

    for given, made, voice in zip(outcomes[::2], outcomes[1::2], voices, strict=True):
        case = voice.cases.get()
        assert isinstance(made, ModerationEvent)
        assert case.closed_by == lars
        assert isinstance(given, AlreadyDecidedError) == (case.assigned_to is None)


def test_a_new_assessment_asked_for_twice_at_once_is_one(voice, amina, lars):
    decide(contribution=voice, decision=HIDE, seen=version_of(voice), by=lars, at=LATER)

    def ask():
        return ask_for_new_assessment(
            participant=amina, public_id=voice.public_id, words="Ironi.", at=LATER
        )

    first, *others = together(*[ask] * 4)

    assert others == [first] * 3
    assert ModerationCase.objects.filter(closed_at=None).get() == first
    assert ModerationEvent.objects.filter(kind=ModerationStep.ASKED).count() == 1


def test_a_report_sent_by_four_clicks_is_one(dialogue):
    shown = ContributionFactory(dialogue=dialogue)

    def send():
        return report(contribution=shown, ground="threat", words="", client_key="k", at=LATER)

    first, *others = together(*[send] * 4)

    assert others == [first] * 3
    assert ModerationEvent.objects.filter(kind=ModerationStep.REPORTED).count() == 1


def test_one_merged_into_the_other_while_it_is_merged_into_the_first(dialogue, lars, sara):
    one, other = ContributionFactory.create_batch(2, dialogue=dialogue)

    outcomes = together(
        lambda: merge(kept=one, merged=other, by=lars, at=LATER),
        lambda: merge(kept=other, merged=one, by=sara, at=LATER),
    )

    assert sum(isinstance(each, CannotBeMergedError) for each in outcomes) == 1
    made = ContributionMerge.objects.get()
    for voice in (one, other):
        voice.refresh_from_db()
    assert {one.state, other.state} == {"published", "merged"}
    assert made.merged.state == "merged"


def test_a_ring_of_merges_at_once_is_never_closed(dialogue, lars):
    ring = ContributionFactory.create_batch(4, dialogue=dialogue)

    def into_the_next(place):
        kept, merged = ring[(place + 1) % len(ring)], ring[place]
        return lambda: merge(kept=kept, merged=merged, by=lars, at=LATER)

    together(*(into_the_next(place) for place in range(len(ring))))

    pairs = dict(ContributionMerge.objects.values_list("merged", "kept"))
    assert pairs
    assert not set(pairs) & set(pairs.values())


def test_what_is_hidden_while_it_is_merged_into_its_own_double_waits_for_nobody(
    dialogue, lars, sara
):
    kept, merged = ContributionFactory.create_batch(2, dialogue=dialogue)
    merge(kept=kept, merged=merged, by=lars, at=LATER)
    seen = version_of(kept)

    made, refused, *_ = together(
        lambda: decide(contribution=kept, decision=HIDE, seen=seen, by=lars, at=LATER),
        *[lambda: merge(kept=merged, merged=kept, by=sara, at=LATER)] * 4,
    )

    assert isinstance(made, ModerationEvent)
    assert isinstance(refused, CannotBeMergedError)


def test_a_voice_taken_back_while_it_is_separated_stands_in_nothing(dialogue, amina, lars):
    kept = ContributionFactory(dialogue=dialogue)
    mine = ContributionFactory(dialogue=dialogue, participant=amina)
    made = merge(kept=kept, merged=mine, by=lars, at=LATER)

    outcomes = together(
        lambda: withdraw(participant=amina, public_id=mine.public_id, at=LATER),
        lambda: separate(made=made, by=lars, at=LATER),
    )

    mine.refresh_from_db()
    assert [type(each).__name__ for each in outcomes] == ["Contribution", "NoneType"]
    assert (mine.state, ContributionMerge.objects.filter(undone_at=None).count()) == (
        "withdrawn",
        0,
    )
