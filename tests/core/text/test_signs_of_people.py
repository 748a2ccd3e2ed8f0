import pytest

from brygga.core.text.personal_data import personal_data


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hon heter Eva, 811218-9876.", "personal_number"),
        ("198112189876 bor där", "personal_number"),
        ("Skriv till eva.berg@example.se!", "email"),
        ("Ring 070-123 45 67 efter fem", "phone"),
        ("+46 8 123 456 78", "phone"),
    ],
)
def test_signs_of_a_person_are_found(text, kind):
    assert [finding.kind for finding in personal_data(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Ärende KS 2026/123 den 12 mars 2026",
        "Skolan kostar 12 500 000 kronor om året",
        "Buss 512 går 07:15 och 15:40",
        "Läsåret 2026-2027",
        "811218-9877 har fel kontrollsiffra",
    ],
)
def test_dates_sums_and_reference_numbers_are_let_be(text):
    assert personal_data(text) == []
