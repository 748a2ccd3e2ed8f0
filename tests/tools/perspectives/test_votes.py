from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from brygga.dialogues.enums import ContributionState
from brygga.tools.perspectives.enums import StatementState, VoteValue
from brygga.tools.perspectives.models import CurrentVote, VoteEvent
from brygga.tools.perspectives.operations.votes import (
    NotInThisRoundError,
    RoundIsClosedError,
    cast_vote,
)
from tests.factories.dialogues import NOW, ContributionFactory, ParticipantFactory
from tests.factories.perspectives import StatementFactory, StatementRoundFactory


@pytest.fixture
def statement(db):
    return StatementFactory()


@pytest.fixture
def participant(statement):
    return ParticipantFactory(dialogue=statement.round.dialogue)


def vote(statement, participant, value=VoteValue.AGREE, *, is_important=False, at=NOW):
    return cast_vote(
        statement=statement, participant=participant, value=value, is_important=is_important, at=at
    )


def log(participant):
    return list(VoteEvent.objects.filter(participant=participant).values_list("value", flat=True))


def test_a_vote_is_kept_in_the_log_and_as_the_current_one(statement, participant):
    assert vote(statement, participant, VoteValue.DISAGREE) is True
    assert log(participant) == [-1]
    assert CurrentVote.objects.get(participant=participant).value == VoteValue.DISAGREE


def test_changing_ones_mind_keeps_both_votes_and_counts_the_last(statement, participant):
    vote(statement, participant, VoteValue.AGREE)
    vote(statement, participant, VoteValue.PASS, at=NOW + timedelta(minutes=1))
    assert log(participant) == [1, 0]
    assert CurrentVote.objects.get(participant=participant).value == VoteValue.PASS


def test_a_vote_sent_again_changes_nothing(statement, participant):
    vote(statement, participant)
    before = CurrentVote.objects.values().get(participant=participant)
    assert vote(statement, participant, at=NOW + timedelta(minutes=1)) is False
    assert log(participant) == [1]
    assert CurrentVote.objects.values().get(participant=participant) == before


def test_marking_a_vote_as_important_is_a_change(statement, participant):
    vote(statement, participant)
    assert vote(statement, participant, is_important=True) is True
    assert len(log(participant)) == 2


@pytest.mark.parametrize("opens", [None, NOW + timedelta(hours=1)])
def test_nobody_votes_before_the_round_opens(statement, participant, opens):
    statement.round.opens_at = opens
    with pytest.raises(RoundIsClosedError):
        vote(statement, participant)
    assert log(participant) == []


def test_nobody_votes_when_the_round_has_closed_and_everybody_just_before(statement, participant):
    statement.round.closes_at = NOW + timedelta(seconds=1)
    vote(statement, participant)
    with pytest.raises(RoundIsClosedError):
        vote(statement, participant, VoteValue.PASS, at=NOW + timedelta(seconds=1))
    assert log(participant) == [1]


def test_a_participant_of_another_dialogue_cannot_vote(statement):
    stranger = ParticipantFactory(dialogue=StatementRoundFactory().dialogue)
    with pytest.raises(NotInThisRoundError):
        vote(statement, stranger)
    assert log(stranger) == []


@pytest.mark.parametrize("state", [StatementState.WAITING, StatementState.HIDDEN])
def test_a_statement_that_nobody_sees_takes_no_votes(participant, statement, state):
    unseen = StatementFactory(round=statement.round, state=state, state_reason="Ett skäl")
    with pytest.raises(NotInThisRoundError):
        vote(unseen, participant)
    vote(statement, participant)


def test_a_statement_whose_voice_was_withdrawn_takes_no_votes(participant, statement):
    voice = ContributionFactory(
        dialogue=statement.round.dialogue, state=ContributionState.WITHDRAWN
    )
    withdrawn = StatementFactory(round=statement.round, contribution=voice)
    with pytest.raises(NotInThisRoundError):
        vote(withdrawn, participant)


@pytest.mark.parametrize("change", [{"value": 0}, None])
def test_the_database_refuses_to_change_or_remove_a_vote(statement, participant, change):
    vote(statement, participant)
    events = VoteEvent.objects.filter(participant=participant)
    with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
        events.update(**change) if change else events.delete()
    assert log(participant) == [1]


def test_a_decided_erasure_may_remove_votes(statement, participant):
    vote(statement, participant)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL brygga.erasing = 'on'")
        VoteEvent.objects.filter(participant=participant).delete()
    assert log(participant) == []


@pytest.mark.django_db(transaction=True)
def test_fifty_parallel_sendings_of_one_vote_are_one_vote():
    statement = StatementFactory()
    participant = ParticipantFactory(dialogue=statement.round.dialogue)

    def send(_):
        try:
            return vote(statement, participant)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        changed = list(pool.map(send, range(50)))
    assert changed.count(True) == 1
    assert log(participant) == [1]
