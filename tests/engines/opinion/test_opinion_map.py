from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from brygga.engines.opinion import UNGROUPED, opinion_map, vote_matrix
from brygga.engines.opinion.grouping import find_groups, k_means
from brygga.engines.opinion.package import map_json, participants_csv, statements_csv
from brygga.engines.opinion.projection import _settled
from brygga.engines.opinion.silhouette import silhouettes
from tests.engines.opinion import naive
from tests.engines.opinion.conversations import Event, current, event_logs, matrix_of, planted


def files(result):
    return map_json(result), participants_csv(result), statements_csv(result)


@settings(deadline=None)
@given(event_logs(), st.randoms(), st.sets(st.integers(0, 500), max_size=3))
def test_any_order_of_the_votes_gives_the_same_bytes(events, chance, moderated_out):
    shuffled = events.copy()
    chance.shuffle(shuffled)
    first = opinion_map(matrix_of(events), moderated_out=moderated_out)
    again = opinion_map(matrix_of(shuffled), moderated_out=moderated_out)
    assert files(first) == files(again)


@settings(deadline=None)
@given(event_logs(most_participants=40) | st.just(planted()), st.randoms())
def test_other_participant_ids_give_the_same_map(events, chance):
    ids = sorted({event.participant for event in events})
    other = dict(zip(ids, chance.sample(range(1000), len(ids)), strict=True))
    renumbered = [replace(event, participant=other[event.participant]) for event in events]
    assert map_json(opinion_map(matrix_of(events))) == map_json(opinion_map(matrix_of(renumbered)))


@pytest.mark.parametrize("turn", [0.3, 1.2, 2.5, 4.0])
def test_equally_strong_axes_leave_no_choice(turn):
    """Whatever basis of its space the solver gives, and whatever signs."""
    vectors = np.linalg.qr(np.random.default_rng(3).normal(size=(6, 3)))[0]
    rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    for values, equal in (([2, 2 - 1e-12, 1], slice(0, 2)), ([2, 1, 1 - 1e-12], slice(1, 3))):
        turned = -vectors
        turned[:, equal] = vectors[:, equal] @ rotation
        first, again = _settled(np.array(values), vectors), _settled(np.array(values), turned)
        assert again == pytest.approx(first, abs=1e-12)
        assert first.T @ first == pytest.approx(np.eye(2), abs=1e-12)
        assert all(axis[np.argmax(np.abs(axis))] > 0 for axis in first.T)


def test_other_statement_ids_give_the_same_groups():
    events = planted()
    renumbered = [replace(event, statement=1000 - event.statement) for event in events]
    first, again = opinion_map(matrix_of(events)), opinion_map(matrix_of(renumbered))
    pairs = set(
        zip(first.participants.groups.tolist(), again.participants.groups.tolist(), strict=True)
    )
    assert len(pairs) == len(first.groups) == 2


@settings(deadline=None)
@given(event_logs(), st.sets(st.integers(0, 500), max_size=2))
def test_positions_equal_a_full_decomposition(events, outside):
    votes = current(events)
    assume(votes)
    result = opinion_map(matrix_of(events), moderated_out=outside)
    people, statements = result.participants.ids.tolist(), result.statements.ids.tolist()
    table = naive.dense(votes, people, statements)
    zeroed = [place for place, statement in enumerate(statements) if statement in outside]
    participants, of_statements, strengths = naive.positions(table, zeroed)
    gaps = strengths[:2] - strengths[1:]
    for axis in range(2):  # an axis is only defined where its strength stands apart
        if min(gaps[: axis + 1]) > 1e-3 and clear_sign(result.statements.axes[:, axis]):
            assert result.participants.positions[:, axis] == pytest.approx(
                participants[:, axis], abs=1e-9
            )
            assert result.statements.positions[:, axis] == pytest.approx(
                of_statements[:, axis], abs=1e-9
            )


def clear_sign(axis):
    largest = np.sort(np.abs(axis))[::-1]
    return len(largest) == 1 or largest[0] - largest[1] > 1e-9


def test_positions_of_a_wide_conversation_equal_a_full_decomposition():
    events = planted(groups=3, size=30, statements=200, noise=0.3)
    result = opinion_map(matrix_of(events))
    table = naive.dense(current(events), list(range(90)), list(range(200)))
    participants, statements, _ = naive.positions(table, [])
    assert result.participants.positions == pytest.approx(participants, abs=1e-9)
    assert result.statements.positions == pytest.approx(statements, abs=1e-9)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 2)), min_size=4, max_size=30
    )
)
def test_silhouettes_equal_the_definition(drawn):
    points = np.array([(x, y) for x, y, _ in drawn], dtype=float)
    labels = np.unique([label for *_, label in drawn], return_inverse=True)[1]
    assume(labels.max() > 0)
    found = silhouettes(points, [labels, labels[::-1].copy()])
    assert found == pytest.approx(
        [naive.silhouette(points, labels.tolist()), naive.silhouette(points, labels.tolist()[::-1])]
    )


def test_planted_groups_are_found():
    result = opinion_map(matrix_of(planted()))
    assert [group.size for group in result.groups] == [30, 30]
    labels = result.participants.groups.reshape(30, 2)
    assert (labels == labels[0]).all()
    for group in result.groups:
        agreed = {f.statement % 2 for f in group.representative if f.side == "agree"}
        assert len(agreed) == 1
        assert 0 < len(group.representative) <= 5


def test_what_all_agree_on_bridges_and_what_groups_contest_divides():
    shared = [Event(participant, 500, 1, 10**6) for participant in range(60)]
    result = opinion_map(matrix_of(planted() + shared))
    assert result.bridging()[0] == 500
    assert 500 not in result.dividing()
    assert [finding.statement for finding in result.consensus.agree] == [500]


def test_statements_taken_away_shape_nothing_but_are_counted():
    shared = [Event(participant, 500, 1, 10**6) for participant in range(60)]
    result = opinion_map(matrix_of(planted() + shared), moderated_out=[500])
    place = result.statements.ids.tolist().index(500)
    assert result.statements.totals[place].tolist() == [60, 0, 0]
    assert result.counts[:, place, 0].tolist() == [30, 30]
    assert result.statements.axes[place].tolist() == [0, 0]
    assert 500 not in result.bridging(most=100)
    assert result.consensus.agree == ()


def test_counts_of_the_groups_and_the_ungrouped_add_up_to_the_totals():
    few = [Event(900, statement, 1, 10**6) for statement in range(3)]
    result = opinion_map(matrix_of(planted() + few))
    assert result.participants.groups[-1] == UNGROUPED
    left_over = result.statements.totals - result.counts.sum(axis=0)
    assert left_over.sum(axis=1).tolist() == [1, 1, 1] + [0] * 21


def test_with_few_participants_those_with_most_votes_are_taken_in():
    events = planted(groups=2, size=5, statements=10, noise=0)
    few = [Event(900 + n, s, 1, 10**6) for n in range(8) for s in range(2 if n % 2 else 1)]
    result = opinion_map(matrix_of(events + few))
    taken_in = result.participants.ids[result.participants.clustered]
    assert taken_in.tolist() == [*range(10), 900, 901, 903, 905, 907]


def test_an_empty_group_is_given_the_farthest_point():
    points = np.array([[0.0, 0], [1, 0], [2, 0], [9, 0]])
    labels = k_means(points, np.array([[0.5, 0], [5, 0], [100, 0]]))
    assert np.bincount(labels, minlength=3).all()


def test_no_groups_are_found_among_points_in_one_place():
    assert find_groups(np.ones((9, 2))) is None


NOBODY = np.array([], dtype=np.int64)
LIKE_MINDED = ([n // 4 for n in range(80)], [n % 4 for n in range(80)], [1] * 80)


@pytest.mark.parametrize(
    ("votes", "reason", "more"),
    [
        ((NOBODY, NOBODY, NOBODY), "participants", 7),
        (([4], [1], [1]), "participants", 6),
        (([1, 2, 3, 4, 5, 6], [1] * 6, [1, -1, 0] * 2), "participants", 1),
        (LIKE_MINDED, "differences", 1),
    ],
)
def test_too_little_to_go_by_gives_a_map_that_says_what_is_missing(votes, reason, more):
    result = opinion_map(vote_matrix(*votes, known_statements=[1, 2, 77]))
    assert result.groups == ()
    assert (result.shortage.reason, result.shortage.more_participants) == (reason, more)
    assert result.bridging() == result.dividing() == []
    assert result.counts.shape == (0, len(result.statements.ids), 3)
    assert all("NaN" not in text and "nan" not in text for text in files(result))
    assert set(result.statements.priorities()) >= {1, 2, 77}


def test_seven_participants_who_differ_are_enough():
    votes = ([1, 2, 3, 4, 5, 6, 7], [1] * 7, [1, -1, 1, -1, 1, -1, -1])
    result = opinion_map(vote_matrix(*votes))
    assert result.shortage is None
    assert sorted(group.size for group in result.groups) == [3, 4]


def test_a_method_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="no method 'magic'; there is classic"):
        opinion_map(vote_matrix([1], [1], [1]), method="magic")
