import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brygga.engines.opinion import vote_matrix
from brygga.engines.opinion.votes import count_votes
from tests.engines.opinion import naive
from tests.engines.opinion.conversations import Event, current, event_logs, matrix_of


def as_votes(matrix):
    people, statements = matrix.participants[matrix.rows], matrix.statements[matrix.columns]
    triples = zip(people.tolist(), statements.tolist(), matrix.values.tolist(), strict=True)
    return {(participant, statement): vote for participant, statement, vote in triples}


@given(event_logs())
def test_the_last_vote_per_participant_and_statement_wins(events):
    matrix = matrix_of(events)
    assert as_votes(matrix) == current(events)
    assert len(matrix.rows) == len(current(events))


@given(event_logs())
def test_entries_stand_in_canonical_order(events):
    matrix = matrix_of(events)
    places = list(zip(matrix.rows.tolist(), matrix.columns.tolist(), strict=True))
    assert places == sorted(places)
    assert matrix.participants.tolist() == sorted({e.participant for e in events})
    assert matrix.statements.tolist() == sorted({e.statement for e in events})


@given(event_logs(), st.randoms())
def test_the_order_of_the_rows_does_not_matter(events, chance):
    shuffled = events.copy()
    chance.shuffle(shuffled)
    assert as_votes(matrix_of(shuffled)) == as_votes(matrix_of(events))


def test_without_moments_the_last_in_the_arrays_wins():
    assert vote_matrix([1, 1, 1], [5, 5, 5], [1, -1, 0]).values.tolist() == [0]
    assert vote_matrix([1, 1, 1], [5, 5, 5], [0, -1, 1]).values.tolist() == [1]


@pytest.mark.parametrize("votes", [(1, -1, 0), (0, 1, -1), (-1, 0, 1)])
def test_of_contradicting_votes_in_one_moment_the_most_reserved_counts(votes):
    assert matrix_of([Event(1, 5, vote, 9) for vote in votes]).values.tolist() == [0]
    only_sides = [Event(1, 5, vote, 9) for vote in votes if vote]
    assert matrix_of(only_sides).values.tolist() == [-1]


def test_a_known_statement_without_votes_has_a_column():
    matrix = vote_matrix([1], [5], [1], known_statements=[9, 2, 5])
    assert matrix.statements.tolist() == [2, 5, 9]
    assert matrix.voted.tolist() == [False, True, False]


@given(event_logs(), st.data())
def test_counts_equal_the_plain_count_and_add_up_over_shards(events, data):
    matrix = matrix_of(events)
    height, width = matrix.shape
    labels = np.array(data.draw(st.lists(st.integers(-1, 2), min_size=height, max_size=height)))
    shards = data.draw(st.lists(st.integers(0, 3), min_size=height, max_size=height))
    labels = labels.astype(np.int64)
    people, statements = matrix.participants.tolist(), matrix.statements.tolist()
    table = naive.dense(current(events), people, statements)
    whole = count_votes(matrix, labels, 3)
    assert whole.tolist() == naive.counts(table, labels, 3).tolist()
    parts = [
        count_votes(matrix, np.where(np.array(shards, dtype=int) == shard, labels, -1), 3)
        for shard in range(4)
    ]
    assert sum(parts).tolist() == whole.tolist()
    assert matrix.totals.sum() == len(current(events))
    assert whole.shape == (3, width, 3)


@pytest.mark.parametrize(
    ("participants", "statements", "votes"),
    [([1, 2], [1], [1]), ([1], [1], [2]), ([1], [1], [-2]), ([1.5], [1], [1]), (["1"], [1], [1])],
)
def test_arrays_that_are_no_votes_are_refused(participants, statements, votes):
    with pytest.raises(ValueError, match=r"equally long|a vote is|whole numbers"):
        vote_matrix(participants, statements, votes)
