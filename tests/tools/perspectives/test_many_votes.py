from datetime import timedelta

import pytest

from brygga.tools.perspectives.enums import StatementState, VoteValue
from brygga.tools.perspectives.models import CurrentVote, VoteEvent
from brygga.tools.perspectives.operations.many_votes import Slip, cast_many
from brygga.tools.perspectives.operations.votes import (
    NotInThisRoundError,
    RoundIsClosedError,
    cast_vote,
)
from tests.factories.accounts import UserFactory
from tests.factories.dialogues import NOW, ParticipantFactory
from tests.factories.perspectives import StatementFactory, StatementRoundFactory

AGREE, DISAGREE = VoteValue.AGREE, VoteValue.DISAGREE


@pytest.fixture
def statement_round(db):
    return StatementRoundFactory()


@pytest.fixture
def statement(statement_round):
    return StatementFactory(round=statement_round)


@pytest.fixture
def somebody(statement_round):
    return ParticipantFactory(dialogue=statement_round.dialogue)


def cast(statement_round, *slips):
    return cast_many(statement_round=statement_round, slips=slips, by=UserFactory(), at=NOW)


def slip(participant, statement, value=AGREE, hours=0):
    return Slip(participant, statement, value, False, NOW + timedelta(hours=hours))


def test_many_votes_end_as_the_same_votes_cast_one_by_one(statement_round):
    people = ParticipantFactory.create_batch(3, dialogue=statement_round.dialogue)
    statements = StatementFactory.create_batch(4, round=statement_round)
    slips = [
        slip(person, statement, [AGREE, DISAGREE, VoteValue.PASS][(number + place) % 3], number)
        for number, person in enumerate(people)
        for place, statement in enumerate(statements)
    ]
    cast(statement_round, *slips)
    together = votes()
    assert [model.objects.count() for model in (VoteEvent, CurrentVote)] == [12, 12]
    for each in slips:
        assert not cast_vote(
            statement=each.statement,
            participant=each.participant,
            value=each.value,
            is_important=each.is_important,
            at=each.at,
        )
    assert votes() == together


def votes():
    return set(CurrentVote.objects.values_list("round", "participant", "statement", "value", "at"))


def test_the_later_slip_of_two_counts_in_whatever_order_they_lie(
    statement_round, statement, somebody
):
    later, earlier = slip(somebody, statement, DISAGREE, hours=2), slip(somebody, statement)
    assert cast(statement_round, later, earlier) == 2
    assert CurrentVote.objects.get().value == DISAGREE


def test_the_same_slips_again_change_nothing(statement_round, statement, somebody):
    assert cast(statement_round, slip(somebody, statement)) == 1
    assert cast(statement_round, slip(somebody, statement, hours=1)) == 0
    assert VoteEvent.objects.count() == 1


def test_one_slip_that_does_not_belong_stops_them_all(statement_round, statement, somebody):
    hidden = StatementFactory(
        round=statement_round, state=StatementState.HIDDEN, state_reason="Points somebody out"
    )
    stranger = ParticipantFactory()
    for wrong in (slip(somebody, hidden), slip(stranger, statement)):
        with pytest.raises(NotInThisRoundError):
            cast(statement_round, slip(somebody, statement), wrong)
    assert not VoteEvent.objects.exists()


def test_votes_outside_the_rounds_time_are_refused(statement_round, statement, somebody):
    long_ago = slip(somebody, statement, hours=-24 * 400)
    with pytest.raises(RoundIsClosedError):
        cast(statement_round, long_ago)
