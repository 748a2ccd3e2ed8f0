"""Compares our compact files with the sources they are made from, where these are at hand."""

import csv

import pytest

from brygga.core.geo import municipality_of_postal_code, outline_in_degrees, regions
from brygga.core.geo.places import DATA
from tests.core.geo.regenerate import data_files, ground_area, read_outlines
from tests.real_data import real_data


def test_regenerating_gives_the_files_we_ship() -> None:
    for name, content in data_files(real_data("geo")).items():
        assert (DATA / name).read_text(encoding="utf-8") == content, name


def test_every_municipality_is_as_large_as_in_the_source() -> None:
    for code, rings in read_outlines(real_data("geo") / "swedish_municipalities.geojson").items():
        ours = [list(ring[:-1]) for ring in outline_in_degrees(code)]
        assert ground_area(ours) == pytest.approx(ground_area(rings), rel=0.05), code


def test_every_region_is_as_large_as_its_municipalities_in_the_source() -> None:
    source = read_outlines(real_data("geo") / "swedish_municipalities.geojson")
    for region in regions():
        ours = [list(ring[:-1]) for ring in outline_in_degrees(region.code)]
        parts = [ground_area(rings) for code, rings in source.items() if code[:2] == region.code]
        assert ground_area(ours) == pytest.approx(sum(parts), rel=0.05), region


def test_every_postal_code_of_the_source_is_found() -> None:
    with (real_data("geo") / "postal_to_municipality.csv").open(newline="") as table:
        rows = [(row["postal_code"], row["municipality_code"]) for row in csv.DictReader(table)]
    assert len(rows) > 15_000
    assert [code for code, place in rows if municipality_of_postal_code(code) != place] == []
