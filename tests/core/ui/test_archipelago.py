import math
import random
import re
from itertools import pairwise

import numpy as np
import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from brygga.core.ui.charts import Crossing, Group, You, archipelago
from brygga.core.ui.charts.lanes import BRIDGE, assign_lanes, find_shores
from brygga.core.ui.charts.sea import PEBBLES, lay_out

WIDTHS = [900, 360]
PLACES = [(-3, 0), (3, 1), (0, -3.5), (2, 4), (-3, 4), (-4, -4)]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def group(letter, size, spread=1.0):
    x, y = PLACES["ABCDEF".index(letter)]
    chance = random.Random(f"{letter}{size}")
    points = [(chance.gauss(x, spread), chance.gauss(y, spread)) for _ in range(size)]
    return Group(letter, size, points)


def groups(*sizes):
    return [group(letter, size) for letter, size in zip("ABCDEF", sizes, strict=False)]


def crossing(a="A", b="B", label="The school stays", shares=(81, 76)):
    return Crossing(label, a, b, *shares)


def drawn(*arguments, **named):
    return BeautifulSoup(archipelago(*arguments, **named), "html.parser")


def pebbles(svg):
    return sum(path["d"].count("M") for path in svg.select(".pebbles"))


def test_no_groups_draw_no_map():
    soup = drawn([])
    assert soup.svg is None
    assert soup.get_text() == "There are no groups to draw yet."


@pytest.mark.parametrize("count", range(1, 7))
def test_each_group_is_an_island_with_letter_size_and_own_colour(count):
    soup = drawn(groups(*range(5, 5 + count)))
    for svg in soup.find_all("svg"):
        letters = [text.get_text() for text in svg.select(".island-letter")]
        assert letters == list("ABCDEF"[:count])
        assert [text.get_text() for text in svg.select(".island-size")] == [
            str(5 + index) for index in range(count)
        ]
        assert [island["data-group"] for island in svg.select(".island")] == [
            str(index + 1) for index in range(count)
        ]


def test_a_few_participants_are_a_pebble_each():
    soup = drawn(groups(3, 2))
    assert [pebbles(svg) for svg in soup.find_all("svg")] == [5, 5]
    assert "Each pebble is one person." in soup.get_text()


def test_many_participants_are_thinned_out_in_proportion():
    soup = drawn(groups(3000, 1500, 500))
    counts = [path["d"].count("M") for path in soup.svg.select(".pebbles")]
    assert sum(counts) <= PEBBLES + 3
    assert counts == [250, 125, 42]
    assert "Each pebble stands for about 12 people." in soup.get_text()


def test_the_same_votes_give_the_same_bytes():
    arguments = (groups(60, 40, 20), [crossing()], [crossing("B", "C")], You("A", -3, 0))
    assert archipelago(*arguments) == archipelago(*arguments)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "sizes", [(128, 96, 41), (3000, 1500, 500), (90, 60, 44, 30, 22, 9), (5, 5), (1, 1)]
)
def test_islands_lie_apart_inside_the_picture_with_their_pebbles_ashore(width, sizes):
    sea = lay_out(groups(*sizes), [crossing()], width)
    for island in sea.islands:
        coast = island.coast(0)
        assert coast[:, 0].min() >= 0
        assert coast[:, 0].max() <= sea.width
        assert coast[:, 1].min() >= 0
        assert coast[:, 1].max() <= sea.height
        for x, y in island.pebbles:
            assert math.hypot(x, y) < island.reach(math.atan2(y, x))
        for other in sea.islands[sea.islands.index(island) + 1 :]:
            apart = np.hypot(*(coast[:, None, :] - other.coast(0)[None, :, :]).transpose(2, 0, 1))
            assert apart.min() > 10


def test_islands_keep_the_order_of_the_map():
    left, middle, right = (
        Group(letter, 20, [(x + 0.1 * step, 0.1 * step) for step in range(20)])
        for letter, x in (("A", -9), ("B", 0), ("C", 9))
    )
    sea = lay_out([right, left, middle], [], 900)
    by_letter = {island.letter: island.x for island in sea.islands}
    assert by_letter["A"] < by_letter["B"] < by_letter["C"]


def test_points_that_all_coincide_can_still_be_told_apart():
    same = [Group(letter, 12, [(1.0, 1.0)] * 12) for letter in "AB"]
    soup = drawn(same)
    assert "nan" not in str(soup)
    assert pebbles(soup.svg) == 24
    moves = re.findall(r"M[\d.-]+ [\d.-]+", soup.svg.select_one(".pebbles")["d"])
    assert len(set(moves)) == 12


def test_bridges_and_straits_are_numbered_alike_in_picture_and_list():
    soup = drawn(
        groups(30, 30, 30), [crossing(), crossing("A", "C")], [crossing("B", "C", "It costs")]
    )
    for svg in soup.find_all("svg"):
        assert [text.get_text() for text in svg.select(".bridge circle + text")] == ["1", "2"]
        assert [text.get_text() for text in svg.select(".strait rect + text")] == ["3"]
    listed = [item.get_text(" ", strip=True) for item in soup.select(".crossings li")]
    assert listed == [
        "1 The school stays A 81%, B 76% agree",
        "2 The school stays A 81%, C 76% agree",
        "3 It costs B 81%, C 76% agree",
    ]


def test_shares_follow_their_islands_whichever_is_named_first():
    one, other = (
        drawn(groups(30, 30), [first]).svg.select(".share")
        for first in (crossing("A", "B", shares=(81, 76)), crossing("B", "A", shares=(76, 81)))
    )
    assert {text.get_text() for text in one} == {"81%", "76%"}
    positions = [{text.get_text(): text["x"] for text in texts} for texts in (one, other)]
    assert (positions[0]["81%"] < positions[0]["76%"]) == (
        positions[1]["81%"] < positions[1]["76%"]
    )


def test_a_crossing_to_an_island_that_is_not_there_is_listed_but_not_drawn():
    soup = drawn(groups(30, 30), [crossing("A", "F")])
    assert soup.select(".bridge") == []
    assert len(soup.select(".crossings li")) == 1


def test_the_readers_own_place_is_a_pebble_of_the_group():
    island = lay_out(groups(30, 30), [], 900).islands[0]
    soup = drawn(groups(30, 30), you=You("A", *island.origins[7]))
    circle = soup.svg.select_one(".you circle")
    x, y = island.placed_pebbles()[7]
    assert (float(circle["cx"]), float(circle["cy"])) == (
        pytest.approx(x, abs=0.06),
        pytest.approx(y, abs=0.06),
    )
    assert soup.svg.select_one(".you text").get_text() == "You"


def test_the_map_tells_in_words_what_it_shows():
    soup = drawn(groups(1200, 30), [crossing(label="A & B <agree>")])
    assert soup.svg.title.get_text() == "The groups of opinion as islands"
    assert soup.svg.desc.get_text() == (
        "Group A: 1,200 people. Group B: 30 people. Bridge between A and B: “A & B <agree>”, "
        "agreed by 81% in A and 76% in B."
    )


def test_a_label_of_any_length_stays_out_of_the_picture():
    label = "A very long statement that goes on. " * 20
    soup = drawn(groups(30, 30), [crossing(label=label)])
    assert all(len(text.get_text()) <= 6 for text in soup.svg.find_all("text"))
    assert label.strip() in soup.figcaption.get_text()


def test_the_map_carries_no_style_that_the_policy_would_stop():
    text = str(drawn(groups(30, 30), [crossing()], [crossing()], You("A", 0, 0)))
    assert "style=" not in text
    assert "<style" not in text


@pytest.mark.parametrize("width", WIDTHS)
def test_bridges_and_straits_of_one_pair_lie_side_by_side(width):
    bridges, straits = [crossing(), crossing("B", "A")], [crossing(), crossing()]
    sea = lay_out(groups(120, 100), bridges, width)
    placed = [lane for lanes in assign_lanes(sea, bridges, straits) for lane in lanes]
    offsets = sorted(lane.offset if lane.a.letter == "A" else -lane.offset for lane in placed)
    assert all(after - before >= BRIDGE for before, after in pairwise(offsets))
    assert {lane.is_bridge for lane in placed} == {True, False}


def test_what_does_not_fit_between_two_islands_is_listed_but_not_drawn():
    bridges = [crossing() for _ in range(9)]
    soup = drawn(groups(30, 30), bridges)
    assert len(soup.select(".crossings li")) == 9
    shown = [text.get_text() for text in soup.svg.select(".bridge circle + text")]
    assert 0 < len(shown) < 9
    assert shown == [str(number) for number in range(1, len(shown) + 1)]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_number_of_a_strait_never_lies_on_land(width):
    pairs = [("A", "B"), ("A", "C"), ("B", "C"), ("C", "D"), ("A", "D")]
    straits = [crossing(*pair) for pair in pairs for _ in range(2)]
    sea = lay_out(groups(67, 84, 121, 23), straits, width)
    _, placed = assign_lanes(sea, [crossing()], straits)
    for lane in placed:
        (x0, y0), (x1, y1), _ = find_shores(lane)
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        for island in sea.islands:
            bearing = math.atan2(y - island.y, x - island.x)
            assert math.hypot(x - island.x, y - island.y) > island.reach(bearing)
    assert placed
