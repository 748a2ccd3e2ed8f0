import pytest

from brygga.core.geo import (
    GOTLAND_MUNICIPALITY,
    GOTLAND_REGION,
    municipalities,
    municipality,
    region,
    regions,
)
from brygga.core.text import sort_key


def test_sweden_has_290_municipalities_and_21_regions() -> None:
    assert len({each.code for each in municipalities()}) == len(municipalities()) == 290
    assert len({each.name for each in municipalities()}) == 290
    assert len({each.code for each in regions()}) == len(regions()) == 21


def test_codes_keep_their_leading_zeros() -> None:
    assert all(len(each.code) == 4 and each.code.isdecimal() for each in municipalities())
    assert all(len(each.code) == 2 and each.code.isdecimal() for each in regions())
    assert municipality("0114").name == "Upplands Väsby"
    assert region("01").name == "Region Stockholm"


def test_every_municipality_lies_in_a_region_and_every_region_has_one() -> None:
    assert {each.region_code for each in municipalities()} == {each.code for each in regions()}


def test_gotland_is_a_municipality_and_a_region() -> None:
    assert municipality(GOTLAND_MUNICIPALITY).name == "Gotland"
    assert region(GOTLAND_REGION).name == "Region Gotland"
    assert [each.code for each in municipalities() if each.region_code == GOTLAND_REGION] == [
        GOTLAND_MUNICIPALITY
    ]


@pytest.mark.parametrize(
    ("code", "full_name"),
    [
        ("0643", "Habo kommun"),
        ("0880", "Kalmar kommun"),
        ("2080", "Falu kommun"),
        ("2513", "Överkalix kommun"),
    ],
)
def test_full_names_have_the_genitive_in_use(code: str, full_name: str) -> None:
    assert municipality(code).full_name == full_name


def test_fourteen_municipalities_call_themselves_a_city() -> None:
    cities = [each.full_name for each in municipalities() if each.full_name.endswith(" stad")]
    assert len(cities) == 14
    assert {"Stockholms stad", "Malmö stad", "Haparanda stad"} <= set(cities)


def test_names_sort_in_swedish_order() -> None:
    names = sorted((each.name for each in municipalities()), key=sort_key)
    assert (names[0], names[-1]) == ("Ale", "Övertorneå")
    assert names.index("Åmål") < names.index("Älvdalen") < names.index("Örebro")


@pytest.mark.parametrize("code", ["114", "9999", "", "01"])
def test_an_unknown_code_is_a_key_error(code: str) -> None:
    with pytest.raises(KeyError):
        municipality(code)
