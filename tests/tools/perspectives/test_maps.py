from datetime import timedelta

import pytest

from brygga.engines import opinion
from brygga.tools.perspectives.enums import MapState, StatementState, VoteValue
from brygga.tools.perspectives.models import OpinionMap, Statement
from brygga.tools.perspectives.operations.maps import (
    NothingToPublishError,
    compute_map,
    publish_map,
    votes_of,
)
from brygga.tools.perspectives.operations.votes import cast_vote
from brygga.tools.perspectives.queries.disclosure import public_document
from tests.factories.accounts import UserFactory
from tests.factories.dialogues import NOW
from tests.factories.perspectives import StatementRoundFactory, electorate

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def statement_round(db):
    return StatementRoundFactory()


def test_two_camps_become_two_groups(statement_round):
    people = electorate(statement_round, groups=2)
    drawn = compute_map(statement_round=statement_round, at=NOW)
    assert drawn.state == MapState.READY
    assert [group["size"] for group in drawn.summary["groups"]] == [15, 15]
    group_of = {key: group for key, _, _, group in drawn.positions}
    camps = [{group_of[person.pk] for person in camp} for camp in (people[:15], people[15:])]
    assert sorted(map(len, camps)) == [1, 1]
    assert camps[0] != camps[1]


def test_the_map_is_what_the_engine_makes_of_the_current_votes(statement_round):
    electorate(statement_round, groups=3, size=8)
    drawn = compute_map(statement_round=statement_round, at=NOW)
    own = opinion.opinion_map(votes_of(statement_round))
    assert [row["group_informed_consensus"] for row in drawn.summary["statements"]] == [
        round(float(score), 6) for score in own.statements.group_informed_consensus
    ]


def test_the_same_votes_give_the_map_that_is_there(statement_round):
    electorate(statement_round)
    first = compute_map(statement_round=statement_round, at=NOW)
    again = compute_map(statement_round=statement_round, at=LATER)
    assert again.pk == first.pk
    assert again.summary == first.summary


def test_a_new_vote_gives_a_new_map_and_the_old_one_stays(statement_round):
    people = electorate(statement_round)
    first = compute_map(statement_round=statement_round, at=NOW)
    statement = Statement.objects.filter(round=statement_round).first()
    for value in (VoteValue.AGREE, VoteValue.DISAGREE):
        cast_vote(
            statement=statement, participant=people[0], value=value, is_important=False, at=LATER
        )
    second = compute_map(statement_round=statement_round, at=LATER)
    assert second.last_event_id > first.last_event_id
    assert OpinionMap.objects.filter(round=statement_round).count() == 2


def test_a_hidden_statement_shapes_nothing(statement_round):
    electorate(statement_round)
    Statement.objects.filter(round=statement_round, number=0).update(
        state=StatementState.HIDDEN, state_reason="Personangrepp"
    )
    drawn = compute_map(statement_round=statement_round, at=NOW)
    hidden = drawn.summary["statements"][0]
    assert hidden["moderated_out"] is True
    assert 0 not in drawn.summary["bridging"] + drawn.summary["dividing"]


def test_without_votes_the_map_says_what_is_missing(statement_round):
    drawn = compute_map(statement_round=statement_round, at=NOW)
    assert drawn.state == MapState.TOO_FEW
    assert drawn.more_needed > 0
    with pytest.raises(NothingToPublishError):
        publish_map(opinion_map=drawn, title="Karta", by=UserFactory(), at=NOW)


def test_publishing_freezes_the_numbers_once(statement_round):
    electorate(statement_round)
    drawn = compute_map(statement_round=statement_round, at=NOW)
    leader = UserFactory()
    result = publish_map(opinion_map=drawn, title="Karta", by=leader, at=NOW)
    assert publish_map(opinion_map=drawn, title="Igen", by=leader, at=LATER) == result
    assert result.numbers == public_document(drawn.summary)
    assert result.method == "classic"


def test_a_published_map_is_left_alone_when_moderation_changes(statement_round):
    electorate(statement_round)
    drawn = compute_map(statement_round=statement_round, at=NOW)
    publish_map(opinion_map=drawn, title="Karta", by=UserFactory(), at=NOW)
    Statement.objects.filter(round=statement_round, number=0).update(
        state=StatementState.HIDDEN, state_reason="Personangrepp"
    )
    anew = compute_map(statement_round=statement_round, at=LATER)
    drawn.refresh_from_db()
    assert anew.pk != drawn.pk
    assert drawn.summary["statements"][0]["moderated_out"] is False
