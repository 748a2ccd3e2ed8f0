"""Names that read as a person's."""

import pytest

from brygga.core.text import looks_like_person


@pytest.mark.parametrize(
    "name",
    ["Anna Lind", "Per-Olof Åkesson", "Fatima Hassan, granne", "Gösta Bergström", "Åsa Lind (mor)"],
)
def test_a_given_name_and_more_looks_like_a_person(name):
    assert looks_like_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "Sjövikens byalag",
        "Anna",
        "Rektor",
        "Elever i årskurs 4–6",
        "Exempelby Energi AB",
        "Sankta Maria Församling",
        "Svenska Kyrkan",
        "Röda Korset",
        "Anna Lindhs gata",
        "",
    ],
)
def test_an_organisation_a_role_or_a_group_does_not(name):
    assert not looks_like_person(name)
