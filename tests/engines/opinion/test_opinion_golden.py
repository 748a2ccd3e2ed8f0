"""The classic method equals red-dwarf 0.4.0 on nine real conversations."""

import json

import numpy as np
import pytest

from brygga.engines.opinion import UNGROUPED, opinion_map
from brygga.engines.opinion.statistics import group_statistics, support
from tests.engines.opinion.conversations import real_export, require_real_data
from tests.engines.opinion.real import GOLDEN, NAMES, digest

require_real_data()
FIGURES = json.loads(GOLDEN.read_text())
EXACT = 1e-9


@pytest.fixture(scope="module", params=NAMES)
def case(request):
    """Give the map of a conversation, and what red-dwarf found."""
    export = real_export(request.param)
    result = opinion_map(export.matrix(), moderated_out=export.moderated_out)
    return result, FIGURES[request.param]


@pytest.fixture
def result(case):
    return case[0]


@pytest.fixture
def golden(case):
    return case[1]


def voted(result):
    return result.statements.totals.sum(axis=1) > 0


def assert_digest(values, expected):
    assert digest(values) == pytest.approx(expected, abs=EXACT * len(values))


def test_the_votes_are_the_same(result, golden):
    assert len(result.participants.ids) == golden["participants"]
    assert np.count_nonzero(voted(result)) == golden["statements"]
    assert result.participants.votes.sum() == golden["votes"]


def test_every_participant_is_in_the_same_group(result, golden):
    labels = ("-" if label == UNGROUPED else str(label) for label in result.participants.groups)
    assert "".join(labels) == golden["labels"]
    assert len(result.groups) == len(set(golden["labels"]) - {"-"})


def test_everything_lies_in_the_same_place(result, golden):
    statements = result.statements.positions[voted(result)]
    for axis in range(2):
        assert_digest(result.participants.positions[:, axis], golden["positions"][axis])
        assert_digest(statements[:, axis], golden["statement_positions"][axis])


def test_group_statistics_are_equal(result, golden):
    cube = result.counts[:, voted(result)]
    found = group_statistics(cube)
    own = found.support
    for group, expected in enumerate(golden["statistics"]):
        for side, letter in enumerate("ad"):
            assert_digest(own.successes[group, :, side], expected[f"n{letter}"])
            assert_digest(own.probability[group, :, side], expected[f"p{letter}"])
            assert_digest(own.certainty[group, :, side], expected[f"p{letter}t"])
            assert_digest(found.ratio[group, :, side], expected[f"r{letter}"])
            assert_digest(found.ratio_certainty[group, :, side], expected[f"r{letter}t"])
        assert_digest(own.trials[group, :, 0], expected["ns"])


def test_the_same_statements_represent_each_group_in_the_same_order(result, golden):
    found = [[[f.statement, f.side] for f in group.representative] for group in result.groups]
    assert found == golden["representative"]


@pytest.mark.parametrize("side", ["agree", "disagree"])
def test_consensus_is_equal_up_to_exact_ties(result, golden, side):
    found, expected = getattr(result.consensus, side), golden["consensus"][side]
    ours = [finding.probability * finding.certainty for finding in found]
    assert ours == pytest.approx([p * z for _, p, z in expected], abs=EXACT)
    everybody = support(result.statements.totals)
    column = ("agree", "disagree").index(side)
    for statement, p, z in expected:  # what red-dwarf lists has with us the strength it has there
        place = result.statements.ids.tolist().index(statement), column
        assert (everybody.probability[place], everybody.certainty[place]) == pytest.approx(
            (p, z), abs=EXACT
        )
    untied = {place for place, strength in enumerate(ours) if ours.count(strength) == 1}
    last = len(ours) - 1  # may be tied with a statement that found no room
    for place in untied - {last}:
        assert found[place].statement == expected[place][0]


def test_the_same_statements_bridge(result, golden):
    assert result.bridging() == golden["bridging"]
    consensus = result.statements.group_informed_consensus[voted(result)]
    assert_digest(consensus, golden["group_informed_consensus"])


def test_priorities_are_equal(result, golden):
    assert_digest(result.statements.priority[voted(result)], golden["priorities"])
