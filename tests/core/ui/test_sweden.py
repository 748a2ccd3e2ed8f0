"""The outline map of Sweden: 290 municipalities or 21 regions, and the same as a table."""

import gzip

import pytest
from bs4 import BeautifulSoup

from brygga.core.geo import municipalities, regions
from brygga.core.ui.charts import sweden
from brygga.core.ui.charts.sweden import limits

EVERYWHERE = {each.code: number for number, each in enumerate(municipalities(), start=1)}


def svg_of(drawn):
    return BeautifulSoup(drawn.svg, "html.parser")


def steps_of(drawn):
    return {
        path.title.get_text().rpartition(":")[0]: path["data-step"]
        for path in svg_of(drawn).select("path.sweden-place")
    }


def test_all_290_municipalities_are_on_the_map_coloured_or_white():
    drawn = sweden({"0180": 3, "0980": 1}, label="Dialoger")
    assert drawn.total_areas == 290
    assert drawn.white_count == 288
    assert len(svg_of(drawn).select("path.sweden-place")) == 2
    assert len(sweden(EVERYWHERE, label="x").places) == 290


def test_all_21_regions_can_be_shown_instead():
    drawn = sweden({each.code: 7 for each in regions()}, label="x", by_region=True)
    assert (drawn.total_areas, len(drawn.places), drawn.white_count) == (21, 21, 0)


def test_white_spots_are_listed_by_name_and_county_in_swedish_order():
    white = dict(sweden({"0180": 1}, label="x").white)
    names = [name for names in white.values() for name in names]
    assert len(names) == len(set(names)) == 289
    assert "Stockholm" not in names
    assert white["Gotlands län"] == ("Gotland",)
    assert white["Örebro län"][-1] == "Örebro"


def test_places_stand_in_swedish_order_with_county_and_count():
    drawn = sweden({"1880": 1200, "0180": 2, "2284": 1}, label="x")
    assert [(place.name, place.region) for place in drawn.places] == [
        ("Stockholm", "Stockholms län"),
        ("Örebro", "Örebro län"),
        ("Örnsköldsvik", "Västernorrlands län"),
    ]


def test_three_steps_of_one_hue_each_with_a_pattern_of_its_own():
    drawn = sweden({"0180": 9, "1480": 6, "1280": 3, "0980": 1}, label="x")
    assert steps_of(drawn) == {"Gotland": "1", "Malmö": "1", "Göteborg": "2", "Stockholm": "3"}
    lines = {
        pattern["id"]: pattern.select_one(".sweden-line")["d"]
        for pattern in svg_of(drawn).select("pattern")
    }
    assert len(lines) == len(set(lines.values())) == 4


@pytest.mark.parametrize(
    ("highest", "lowest"),
    [(0, []), (1, [1]), (2, [1, 2]), (3, [1, 2, 3]), (9, [1, 4, 7]), (10, [1, 4, 7])],
)
def test_no_step_of_the_legend_is_empty(highest, lowest):
    assert limits(sweden({"0180": highest}, label="x").places) == lowest


def test_the_highest_count_is_always_darkest():
    assert steps_of(sweden({"0180": 1}, label="x")) == {"Stockholm": "3"}


def test_too_few_people_are_dotted_and_never_told():
    drawn = sweden({"0180": 40, "0980": 4, "1280": 5, "2480": 3}, label="Deltagare", smallest=5)
    assert {name for name, step in steps_of(drawn).items() if step == "few"} == {"Gotland", "Umeå"}
    told = {place.name: place.text for place in drawn.places}
    assert told == {"Gotland": "visas inte", "Umeå": "visas inte", "Malmö": "5", "Stockholm": "40"}
    assert "Gotland 4" not in drawn.svg
    assert "Gotland: 4" not in drawn.svg
    assert "Malmö: 5" in drawn.svg


def test_a_lone_small_number_cannot_be_worked_out_from_a_total():
    """Four of forty-nine: the rest must not add up to forty-five."""
    drawn = sweden({"0180": 40, "0980": 4, "1280": 5}, label="Deltagare", smallest=5)
    shown = [place.count for place in drawn.places if place.count is not None]
    assert shown == [40]
    assert steps_of(drawn)["Malmö"] == "few"


def test_the_threshold_is_said_in_words_where_something_is_hidden():
    legend = svg_of(sweden({"0180": 40, "0980": 4}, label="x", smallest=5)).select("li")
    assert "visas inte" in [row.get_text(strip=True) for row in legend]
    assert "färre än 5" in sweden({"0980": 4}, label="x", smallest=5).hidden_text
    assert sweden({"0980": 5}, label="x", smallest=5).hidden_text == ""
    assert sweden({"0980": 4}, label="x").hidden_text == ""


def test_the_map_tells_in_words_what_it_shows():
    drawn = svg_of(sweden({"0180": 3, "0980": 1}, label="Här pågår dialoger"))
    svg = drawn.select_one("svg.sweden-map")
    assert svg["role"] == "img"
    assert svg.find("title", recursive=False).get_text() == "Här pågår dialoger"
    told = svg.find("desc", recursive=False).get_text()
    assert told == "2 platser av 290 har något att visa. Stockholm 3, Gotland 1."


def test_many_places_are_told_in_the_table_rather_than_read_out():
    told = svg_of(sweden(EVERYWHERE, label="x")).desc.get_text()
    assert told.endswith("Tabellen bredvid har alla.")
    assert len(told) < 300


def test_what_is_no_municipality_is_not_drawn():
    assert sweden({"9999": 5}, label="x").places == ()


def test_a_hostile_label_stays_text():
    drawn = sweden({"0180": 1}, label="</title><script>alert(1)</script>")
    assert "<script>" not in drawn.svg


@pytest.mark.parametrize("counts", [{}, EVERYWHERE], ids=["nowhere", "everywhere"])
def test_the_map_weighs_little(counts):
    assert len(gzip.compress(sweden(counts, label="x").svg.encode())) < 50_000
