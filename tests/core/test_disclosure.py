"""No number of one to four people, and none that can be had back from a total."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from brygga.core.disclosure import is_small, without_small

COLUMNS = st.lists(st.integers(0, 30), min_size=2, max_size=6).filter(lambda cells: sum(cells) > 4)


@pytest.mark.parametrize(("count", "small"), [(0, False), (1, True), (4, True), (5, False)])
def test_one_to_four_are_small(count, small):
    assert is_small(count) is small


def test_five_are_told_and_four_are_not():
    assert without_small({"a": 4, "b": 5, "c": 9, "d": 0}) == {
        "a": None,
        "b": None,  # or the total would give the four away
        "c": 9,
        "d": 0,
    }


def test_two_small_cells_hide_each_other():
    assert without_small({"a": 2, "b": 3, "c": 9}) == {"a": None, "b": None, "c": 9}


@pytest.mark.parametrize("cells", [(1, 1), (4, 4)])
def test_cells_that_must_all_be_one_or_all_be_four_take_another_with_them(cells):
    first, second = cells
    assert set(without_small({"a": first, "b": second, "c": 9, "d": 7}).items()) == {
        ("a", None),
        ("b", None),
        ("c", 9),
        ("d", None),
    }


@given(COLUMNS)
def test_a_small_cell_is_never_had_back_by_subtracting_the_rest_from_the_total(cells):
    told = without_small(dict(enumerate(cells)))
    hidden = [cells[place] for place, count in told.items() if count is None]
    rest = sum(cells) - sum(count for count in told.values() if count is not None)
    assert not any(is_small(count) for count in told.values() if count is not None)
    assert sum(hidden) == rest
    assert len(hidden) != 1 or not is_small(rest)
    assert bool(hidden) == any(is_small(count) for count in cells)
