"""After an erasure or a disposal, nothing of what must be gone is found anywhere we look."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from brygga.accounts.enums import OrganisationKind
from brygga.core.registry import Person, registry
from brygga.dialogues.enums import ContributionState, DialogueState, FollowerState, StepKind
from brygga.dialogues.models import Contribution
from brygga.dialogues.models.moderation import ModerationCase
from brygga.dialogues.operations.assessments import ask_for_new_assessment, report
from brygga.dialogues.operations.followers import ask_to_follow
from brygga.dialogues.operations.moderation import Decision, decide
from brygga.dialogues.operations.participants import join
from brygga.dialogues.operations.standing_for import merge
from brygga.dialogues.queries.moderation import version_of
from brygga.tools.perspectives.enums import VoteValue
from brygga.tools.perspectives.models import CurrentVote, VoteEvent
from brygga.tools.perspectives.operations.votes import cast_vote
from brygga.tools.register.enums import RequestState
from brygga.tools.register.models import DataRequest, RetentionLog
from brygga.tools.register.operations.requests import Answer, RecordsStayError, answer
from brygga.tools.register.operations.retention import carry_out, carry_out_some, hold
from tests.factories.accounts import InvitationFactory, OrganisationFactory, UserFactory
from tests.factories.dialogues import NOW, ContributionFactory, FollowerFactory, dialogue_in
from tests.factories.perspectives import StatementFactory, StatementRoundFactory
from tests.factories.register import DataRequestFactory, RetentionPlanFactory
from tests.tools.register.scanning import places_with

pytestmark = pytest.mark.django_db
MARK = "qzxvkwjb"
LATER = NOW.replace(year=NOW.year + 3)


def moderated(voice):
    """Let the mark be masked, reported, hidden and asked about, in the words of all of them."""
    sara = UserFactory()
    masks = Decision(to=ContributionState.PUBLISHED, masks=["är"], words=MARK, note=MARK)
    hides = Decision(to=ContributionState.HIDDEN, ground="threat", words=MARK, note=MARK)
    decide(contribution=voice, decision=masks, seen=version_of(voice), by=sara, at=NOW)
    report(contribution=voice, ground="threat", words=MARK, client_key="k", at=NOW)
    decide(contribution=voice, decision=hides, seen=version_of(voice), by=sara, at=NOW)
    ask_for_new_assessment(
        participant=voice.participant, public_id=voice.public_id, words=MARK, at=NOW
    )
    publish = Decision(to=ContributionState.PUBLISHED, words=MARK)
    decide(contribution=voice, decision=publish, seen=version_of(voice), by=UserFactory(), at=NOW)
    report(contribution=voice, ground="attack", words=MARK, client_key="k2", at=NOW)
    voice.refresh_from_db()


def world(kind=OrganisationKind.MUNICIPALITY):
    """Plant the mark wherever one person can leave it."""
    organisation = OrganisationFactory(kind=kind)
    dialogue = dialogue_in(StepKind.PERSPECTIVES, organisation=organisation)
    joined = join(dialogue=dialogue, language="sv", at=NOW)
    voice = ContributionFactory(
        dialogue=dialogue, participant=joined.participant, text=f"Jag är {MARK}", place=MARK
    )
    moderated(voice)
    asked = StatementRoundFactory(dialogue=dialogue)
    own = StatementFactory(round=asked, text=f"Jag är {MARK}", contribution=voice)
    cast_vote(
        statement=own,
        participant=joined.participant,
        value=VoteValue.AGREE,
        is_important=False,
        at=NOW,
    )
    ask_to_follow(dialogue=dialogue, email=f"{MARK}@example.test", language="sv", at=NOW)
    return joined, voice


def test_a_planted_mark_is_found_where_it_lies():
    world()
    assert places_with(MARK) >= {
        "dialogues_contribution",
        "dialogues_follower",
        "dialogues_moderationevent",
        "dialogues_originaltext",
        "mail_message",
        "perspectives_statement",
    }
    assert places_with("nobody has written this") == set()


def test_a_person_takes_along_what_was_masked_decided_and_asked():
    joined, voice = world()
    held = registry.export_person(Person(participant_id=joined.participant.pk))
    [dialogue] = held["dialogues"]["taking_part"]
    [own] = dialogue["contributions"]
    assert own["before_masking"] == f"Jag är {MARK}"
    assert [step["words"] for step in own["moderation"]].count(MARK) == 6
    assert "note" not in own["moderation"][0]
    assert voice.text == f"Jag […] {MARK}"


def test_erasing_closes_the_case_and_lets_others_stand_for_themselves(client):
    joined, voice = world(OrganisationKind.ASSOCIATION)
    other = ContributionFactory(dialogue=voice.dialogue, text="Säger samma sak")
    merge(kept=voice, merged=other, by=UserFactory(), at=NOW)
    client.post(reverse("register:erase_me", args=[joined.secret]))
    other.refresh_from_db()
    assert other.state == ContributionState.PUBLISHED
    assert not ModerationCase.objects.filter(closed_at=None).exists()


def test_an_association_erases_at_once_from_the_receipt(client):
    joined, voice = world(OrganisationKind.ASSOCIATION)
    person = Person(
        email=f"{MARK}@example.test", organisation_id=joined.participant.dialogue.organisation_id
    )
    registry.erase_person(person, NOW, with_records=True)
    client.post(reverse("register:erase_me", args=[joined.secret]))
    assert places_with(MARK) == set()
    voice.refresh_from_db()
    assert (voice.text, voice.state) == ("", ContributionState.ERASED)
    assert not VoteEvent.objects.exists()
    assert client.get(reverse("dialogues:receipt", args=[joined.secret])).status_code == 404


def test_an_authority_hides_at_once_and_erases_records_only_by_a_decision(client):
    joined, voice = world()
    client.post(reverse("register:erase_me", args=[joined.secret]))
    voice.refresh_from_db()
    assert (voice.state, MARK in voice.text) == (ContributionState.WITHDRAWN, True)
    assert not CurrentVote.objects.exists()
    request, officer = DataRequest.objects.get(), UserFactory()
    with pytest.raises(RecordsStayError):
        answer(request=request, answer=Answer(RequestState.DONE), by=officer, at=NOW)
    answer(
        request=request,
        answer=Answer(RequestState.DONE, disposal_dnr="KS 2026/9"),
        by=officer,
        at=NOW,
    )
    voice.refresh_from_db()
    assert voice.text == ""
    assert "perspectives_statement" not in places_with(MARK)


def test_an_account_is_erased_with_what_belongs_to_it(client):
    user = UserFactory(email=f"{MARK}@example.test", name=MARK, sort_key=MARK)
    InvitationFactory(email=user.email)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("register:erase_account")
    client.post(address)
    assert "accounts_user" in places_with(MARK)  # the box was not ticked
    client.post(address, {"sure": "on"})
    assert places_with(MARK) == set()


def test_one_organisation_neither_sees_nor_erases_what_is_anothers():
    joined, _voice = world()
    other = OrganisationFactory()
    person = Person(email=f"{MARK}@example.test", organisation_id=other.pk)
    assert registry.export_person(person) == {}
    before = places_with(MARK) - {"mail_message"}
    registry.erase_person(person, NOW, with_records=True)
    assert places_with(MARK) - {"mail_message"} == before
    assert joined.participant.dialogue.followers.exists()


def ended(dialogue):
    dialogue.state, dialogue.ended_at = DialogueState.CLOSED, NOW
    dialogue.save()
    return RetentionPlanFactory(dialogue=dialogue)


def test_a_disposal_goes_on_after_a_crash_and_leaves_no_word():
    joined, voice = world()
    dialogue = joined.participant.dialogue
    FollowerFactory(dialogue=dialogue, state=FollowerState.PENDING)
    ContributionFactory.create_batch(5, dialogue=dialogue, text=f"Om {MARK}")
    plan = ended(dialogue)
    carry_out(plan_pk=plan.pk, at=NOW + timedelta(days=30))
    assert MARK in Contribution.objects.get(pk=voice.pk).text  # not due yet
    carry_out_some(plan_pk=plan.pk, at=LATER, most=2)  # and then the worker dies
    carry_out(plan_pk=plan.pk, at=LATER, most=2)
    carry_out(plan_pk=plan.pk, at=LATER, most=2)
    assert places_with(MARK) == set()
    log = RetentionLog.objects.get()
    assert log.counts["contributions"] == 6
    assert log.counts["followers"] == 2
    assert (log.finished_at, Contribution.objects.count()) == (LATER, 6)


def test_a_stopped_disposal_takes_nothing():
    joined, voice = world()
    plan = ended(joined.participant.dialogue)
    hold(plan=plan, reason="Ett överklagande pågår.", by=UserFactory(), at=NOW)
    carry_out(plan_pk=plan.pk, at=LATER)
    voice.refresh_from_db()
    assert MARK in voice.text
    assert not RetentionLog.objects.exists()


def test_a_request_is_to_be_answered_within_a_month(client):
    joined, _voice = world()
    client.post(reverse("register:erase_me", args=[joined.secret]))
    request = DataRequest.objects.get()
    days = request.due_on - request.received_at.date()
    assert timedelta(days=28) <= days <= timedelta(days=32)
    assert DataRequestFactory().due_on == date(2026, 5, 1)
