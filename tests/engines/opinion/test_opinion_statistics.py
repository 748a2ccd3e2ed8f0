import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from brygga.engines.opinion.routing import draw_statement, priorities
from brygga.engines.opinion.statistics import division, group_informed_consensus, group_statistics
from tests.engines.opinion import naive

cubes = arrays(
    np.int64,
    st.tuples(st.integers(2, 5), st.integers(1, 8), st.just(3)),
    elements=st.integers(0, 60),
)


@given(cubes)
def test_group_statistics_equal_the_formulas_one_by_one(counts):
    found = group_statistics(counts)
    for at in np.ndindex(*found.ratio.shape):
        group, place, side = at
        outside = counts[:, place].sum(axis=0) - counts[group, place]
        successes, trials = int(counts[at]), int(counts[group, place].sum())
        elsewhere, trials_elsewhere = int(outside[side]), int(outside.sum())
        probability = naive.probability(successes, trials)
        expected = (
            probability,
            naive.certainty(successes, trials),
            probability / naive.probability(elsewhere, trials_elsewhere),
            naive.ratio_certainty(successes, trials, elsewhere, trials_elsewhere),
        )
        own = found.support
        got = (own.probability[at], own.certainty[at], found.ratio[at], found.ratio_certainty[at])
        assert got == pytest.approx(expected, abs=1e-12)


@given(cubes)
def test_consensus_across_groups_multiplies_how_probable_agreement_is(counts):
    expected = [
        np.prod([naive.probability(group[place, 0], group[place].sum()) for group in counts])
        for place in range(counts.shape[1])
    ]
    assert group_informed_consensus(counts).tolist() == pytest.approx(expected, abs=1e-15)


@given(cubes)
def test_division_lies_between_nothing_and_one_whoever_the_groups_are(counts):
    found = division(counts)
    assert ((found >= 0) & (found < 1)).all()
    assert division(counts[::-1]).tolist() == found.tolist()


def test_division_sees_opposite_groups_and_no_others():
    opposed, alike, unseen = (
        [[98, 0, 0], [0, 98, 0]],
        [[98, 0, 0], [98, 0, 0]],
        [[0, 0, 0], [0, 0, 0]],
    )
    counts = np.array([opposed, alike, unseen]).transpose(1, 0, 2)
    assert division(counts).tolist() == pytest.approx([0.98, 0, 0])


@given(
    arrays(
        np.int64,
        array_shapes(min_dims=1, max_dims=1).map(lambda s: (*s, 3)),
        elements=st.integers(0, 99),
    ),
    st.floats(0, 50),
)
def test_priorities_equal_the_formula_one_by_one(counts, extremity):
    everywhere = np.full(len(counts), extremity)
    found = priorities(counts, everywhere, np.zeros(len(counts), dtype=bool))
    expected = [naive.priority(own.tolist(), extremity) for own in counts]
    assert found.tolist() == pytest.approx(expected, rel=1e-12)


def test_a_statement_about_the_conversation_has_a_fixed_priority():
    counts = np.array([[5, 1, 0], [5, 1, 0]])
    assert priorities(counts, np.array([1.0, 1.0]), np.array([False, True]))[1] == 49


@given(st.lists(st.integers(0, 1000), min_size=1, unique=True), st.floats(0, 1, exclude_max=True))
def test_the_same_chance_draws_the_same_candidate_in_any_order(candidates, chance):
    priority = {candidate: 1 + candidate % 7 for candidate in candidates[::2]}
    drawn = draw_statement(candidates, priority, chance)
    assert drawn in candidates
    assert draw_statement(candidates[::-1], priority, chance) == drawn


def test_statements_are_drawn_in_proportion_to_their_priority():
    priority = {1: 1.0, 2: 3.0, 3: 0.0}
    drawn = [draw_statement([1, 2, 3, 4], priority, i / 500) for i in range(500)]
    assert [drawn.count(statement) for statement in (1, 2, 3, 4)] == [100, 300, 0, 100]


def test_nothing_is_drawn_from_no_candidates():
    assert draw_statement([], {1: 2.0}, 0.5) is None


@pytest.mark.parametrize("chance", [-0.1, 1.0, float("nan")])
def test_a_chance_outside_its_range_is_refused(chance):
    with pytest.raises(ValueError, match="chance"):
        draw_statement([1], {}, chance)
