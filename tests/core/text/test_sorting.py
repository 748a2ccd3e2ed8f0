import unicodedata
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brygga.core.text import sort_key

ALPHABET = "abcdefghijklmnopqrstuvwxyzåäö"


def in_order(*texts: str) -> list[str]:
    """Sort as PostgreSQL does with COLLATE "C": by the bytes of the key."""
    return sorted(texts, key=lambda text: sort_key(text).encode())


def test_municipalities_sort_in_swedish_order() -> None:
    expected = ["Arvika", "Zinkgruvan", "Åmål", "Åre", "Älvdalen", "Ödeshög", "Örebro"]
    for shuffled in permutations(expected):
        assert in_order(*shuffled) == expected


def test_the_alphabet_ends_in_its_own_letters_and_holds_v_and_w_apart() -> None:
    assert in_order(*reversed(ALPHABET)) == list(ALPHABET)
    assert in_order("Wadköping", "Vimmerby", "Vaxholm") == ["Vaxholm", "Vimmerby", "Wadköping"]


@pytest.mark.parametrize(
    "expected",
    [
        ["steg 1", "steg 2", "steg 2b", "steg 10", "steg 1000000", "steg 12345678901"],
        ["Grupp 9", "Grupp 10", "Grupp A"],
        ["idé 2", "ide 3"],
        ["7", "007 agenter", "8"],
        ["٢ steg", "10 steg"],
    ],
    ids=["steps", "numbers first", "number before accent", "leading zeros", "arabic digits"],
)
def test_numbers_sort_by_their_size(expected: list[str]) -> None:
    assert in_order(*reversed(expected)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["ide", "idé", "ideal"],
        ["resume", "resumé", "résumé", "resumera"],
        ["Muller", "Myller", "Müller", "Mylly"],
        ["ägg", "ægget", "äggula"],
        ["dal", "đal", "dalar"],
        ["Malmo", "Malmö"],
    ],
)
def test_an_accent_decides_only_between_equal_letters(expected: list[str]) -> None:
    assert in_order(*reversed(expected)) == expected


def test_case_decides_last() -> None:
    assert in_order("Ö", "ö", "Å", "å", "B", "b") == ["b", "B", "å", "Å", "ö", "Ö"]
    assert in_order("Vi", "vi", "VI", "vik") == ["vi", "Vi", "VI", "vik"]
    assert in_order("Idé", "ide", "idé", "Ide") == ["ide", "Ide", "idé", "Idé"]


def test_punctuation_counts_as_a_space_and_opening_quotes_as_nothing() -> None:
    assert in_order("Saltsjö", "Sankt-Olof", "Sankt Anna", "”Sanden”") == [
        "Saltsjö",
        "”Sanden”",
        "Sankt Anna",
        "Sankt-Olof",
    ]
    assert in_order("Nya vägen", "Ny väg", "Nybro") == ["Ny väg", "Nya vägen", "Nybro"]


def test_other_scripts_come_after_swedish_letters() -> None:
    assert in_order("مدرسة", "школа", "Örebro") == ["Örebro", "школа", "مدرسة"]


@given(st.text(max_size=30))
def test_composed_and_decomposed_text_have_the_same_key(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", text)
    assert sort_key(composed) == sort_key(decomposed)


@given(st.lists(st.text(ALPHABET + ALPHABET.upper(), min_size=1), min_size=2))
def test_first_differing_letter_decides(texts: list[str]) -> None:
    for earlier, later in pairwise(in_order(*texts)):
        letters = [[ALPHABET.index(char) for char in text.lower()] for text in (earlier, later)]
        assert letters[0] <= letters[1]


@given(st.integers(0, 10**30), st.integers(0, 10**30))
def test_any_two_numbers_sort_by_their_size(left: int, right: int) -> None:
    assert (sort_key(f"punkt {left}") < sort_key(f"punkt {right}")) == (left < right)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_the_key_can_be_stored(text: str) -> None:
    assert "\x00" not in sort_key(text)
    assert sort_key(text).encode()
