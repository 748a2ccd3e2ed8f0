import re
from collections import Counter
from itertools import pairwise

import pytest

from brygga.core.geo import (
    SHEET_HEIGHT,
    SHEET_WIDTH,
    municipalities,
    on_sheet,
    outline,
    outline_in_degrees,
    regions,
    svg_path,
    view_box,
)
from brygga.core.geo.places import DATA
from tests.core.geo.regenerate import ground_area
from tests.core.geo.topology import area, crossings

MUNICIPALITIES = [each.code for each in municipalities()]
REGIONS = [each.code for each in regions()]
Side = frozenset[tuple[float, float]]


def sides(code: str) -> Counter[Side]:
    return Counter(frozenset(side) for ring in outline_in_degrees(code) for side in pairwise(ring))


@pytest.mark.parametrize("code", MUNICIPALITIES + REGIONS)
def test_an_outline_is_closed_not_empty_and_on_the_sheet(code: str) -> None:
    assert outline(code)
    for ring in outline(code):
        assert ring[0] == ring[-1]
        assert len(set(ring)) >= 3
        assert area(ring) != 0
        assert all(0 <= x <= SHEET_WIDTH and 0 <= y <= SHEET_HEIGHT for x, y in ring)


@pytest.mark.parametrize("code", MUNICIPALITIES)
def test_no_outline_crosses_itself(code: str) -> None:
    for ring in outline_in_degrees(code):
        assert crossings(list(ring[:-1])) == []


def test_the_sheet_is_filled() -> None:
    boxes = [view_box(code) for code in REGIONS]
    assert min(x for x, _, _, _ in boxes) < 5
    assert min(y for _, y, _, _ in boxes) < 5
    assert max(x + width for x, _, width, _ in boxes) > SHEET_WIDTH - 5
    assert max(y + height for _, y, _, height in boxes) > SHEET_HEIGHT - 5


@pytest.mark.parametrize(
    ("here", "there"),
    [("0183", "0184"), ("0180", "0183"), ("2523", "2584"), ("1480", "1481"), ("1280", "1233")],
    ids=[
        "Sundbyberg–Solna",
        "Stockholm–Sundbyberg",
        "Gällivare–Kiruna",
        "Göteborg–Mölndal",
        "Malmö–Vellinge",
    ],
)  # fmt: skip - one pair to a name
def test_neighbours_share_their_border(here: str, there: str) -> None:
    assert sides(here) & sides(there)


def test_no_two_municipalities_overlap_or_stand_apart() -> None:
    borders = sum((sides(code) for code in MUNICIPALITIES), Counter[Side]())
    assert max(borders.values()) == 2
    islands = [code for code in MUNICIPALITIES if all(borders[side] == 1 for side in sides(code))]
    assert islands == ["0980"], "Gotland and no other"


@pytest.mark.parametrize("code", REGIONS)
def test_a_region_is_its_municipalities_together(code: str) -> None:
    parts = [each for each in MUNICIPALITIES if each.startswith(code)]
    inside = sum((sides(part) for part in parts), Counter[Side]())
    assert sides(code) == Counter(side for side, count in inside.items() if count == 1)
    covered = sum(ground_area(open_rings(part)) for part in parts)
    assert ground_area(open_rings(code)) == pytest.approx(covered)


def open_rings(code: str) -> list[list[tuple[float, float]]]:
    return [list(ring[:-1]) for ring in outline_in_degrees(code)]


@pytest.mark.parametrize(
    ("code", "longitude", "latitude"),
    [
        ("0180", 18.0686, 59.3293),
        ("2584", 20.2253, 67.8558),
        ("1280", 13.0038, 55.6050),
        ("0980", 18.2948, 57.6348),
        ("25", 22.1567, 65.5848),
        ("14", 11.9746, 57.7089),
    ],
    ids=["Stockholm", "Kiruna", "Malmö", "Visby", "Luleå", "Göteborg"],
)
def test_a_town_lies_inside_its_outline_and_no_other(
    code: str, longitude: float, latitude: float
) -> None:
    town = on_sheet(longitude, latitude)
    same_kind = MUNICIPALITIES if len(code) == 4 else REGIONS
    assert [each for each in same_kind if holds(each, town)] == [code]


def holds(code: str, point: tuple[float, float]) -> bool:
    """Count the sides to the left of the point: an odd number means inside."""
    x, y = point
    left = 0
    for ring in outline(code):
        for (ax, ay), (bx, by) in pairwise(ring):
            if (ay > y) != (by > y) and ax + (y - ay) / (by - ay) * (bx - ax) < x:
                left += 1
    return left % 2 == 1


def test_paths_are_closed_and_follow_the_outline() -> None:
    path = svg_path("0183", 2)
    assert re.fullmatch(r"M[\d.]+ [\d.]+l(-?[\d.]+ -?[\d.]+ ?)+z", path)
    x, y, *legs = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    walked = [(x, y)]
    for right, down in zip(legs[::2], legs[1::2], strict=True):
        walked.append((walked[-1][0] + right, walked[-1][1] + down))
    expected = outline("0183")[0][:-1]
    assert len(walked) == len(expected)
    for drawn, meant in zip(walked, expected, strict=True):
        assert drawn == pytest.approx(meant, abs=0.005)


def test_every_path_keeps_every_ring() -> None:
    for code in MUNICIPALITIES + REGIONS:
        path = svg_path(code)
        assert path.count("M") == path.count("z") == len(outline(code))
        assert "e" not in path


def test_the_data_stays_small() -> None:
    assert len((DATA / "outlines.json").read_bytes()) <= 80_000
    assert sum(len(svg_path(code)) for code in MUNICIPALITIES) <= 120_000


def test_an_unknown_code_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        outline("9999")
