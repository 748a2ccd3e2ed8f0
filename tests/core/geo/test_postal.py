import pytest

from brygga.core.geo import municipalities, municipality_of_postal_code
from brygga.core.geo.places import DATA


@pytest.mark.parametrize("written", ["141 61", "14161", " 141 61 ", "SE-141 61", "se 14161"])
def test_a_code_is_found_however_it_is_written(written: str) -> None:
    assert municipality_of_postal_code(written) == "0126"


@pytest.mark.parametrize(
    ("code", "municipality"), [("981 30", "2584"), ("621 57", "0980"), ("211 20", "1280")]
)
def test_codes_from_north_to_south_are_found(code: str, municipality: str) -> None:
    assert municipality_of_postal_code(code) == municipality


@pytest.mark.parametrize(
    "written",
    ["", "1416", "141 611", "041 61", "999 99", "Huddinge", "١٤١ ٦١", "141  61", "14 161"],
)
def test_what_is_no_known_code_is_none(written: str) -> None:
    assert municipality_of_postal_code(written) is None


def test_every_municipality_has_codes() -> None:
    found = {municipality_of_postal_code(f"{number:05}") for number in range(10_000, 100_000)} - {
        None
    }
    assert found == {each.code for each in municipalities()}


def test_the_table_stays_small() -> None:
    assert len((DATA / "postal_codes.txt").read_bytes()) <= 30_000
