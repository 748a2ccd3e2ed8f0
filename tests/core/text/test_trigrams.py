import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brygga.core.text import coverage, similarity, trigrams


def test_each_word_is_padded_so_that_its_beginning_weighs_most() -> None:
    assert trigrams("bro") == ["  b", " br", "bro", "ro "]
    assert trigrams("bro bro!") == trigrams("bro")
    assert trigrams("å") == ["  å", " å "]
    assert trigrams(" – ! ") == []


def test_case_and_accents_are_folded_but_not_swedish_letters() -> None:
    assert trigrams("Idé") == trigrams("IDE")
    assert trigrams("Ærø") == trigrams("ärö")
    assert not set(trigrams("Åre")) & {"  a", " ar", "are"}
    assert "  ö" in trigrams("Örebro")


def test_words_of_other_scripts_are_kept_whole() -> None:
    assert len(trigrams("مدرسة")) == len("مدرسة") + 1
    assert trigrams("مَدْرَسَة") == trigrams("مدرسة")
    assert "हिन" in trigrams("हिन्दी")


@pytest.mark.parametrize(
    ("typed", "meant", "other"),
    [
        ("skolnedlägning", "skolnedläggning", "skolskjuts"),
        ("kollektivtrafk", "kollektivtrafik", "kollektivavtal"),
        ("Exmepelby", "Exempelby", "Exportby"),
    ],
)
def test_a_misspelt_word_is_nearest_to_the_meant_one(typed: str, meant: str, other: str) -> None:
    assert similarity(typed, meant) > 0.3
    assert similarity(typed, meant) > similarity(typed, other)


def test_words_inside_a_long_text_are_found_by_coverage() -> None:
    text = "Vi vill att byskolan i Norrmåla får vara kvar i minst fem år till."
    assert coverage("norrmåla skola", text) > 0.7
    assert similarity("norrmåla skola", text) < 0.3
    assert coverage("simhall", text) < 0.3
    assert coverage("", text) == 0.0


@given(st.text(), st.text())
def test_similarity_is_symmetric_and_between_none_and_all(left: str, right: str) -> None:
    assert 0 <= similarity(left, right) <= 1
    assert similarity(left, right) == similarity(right, left)
    assert similarity(left, left) == (1.0 if trigrams(left) else 0.0)


@given(st.text())
def test_trigrams_are_sorted_distinct_and_alike_for_both_normal_forms(text: str) -> None:
    found = trigrams(text)
    assert found == sorted(set(found))
    assert all(len(trigram) == 3 for trigram in found)
    assert trigrams(unicodedata.normalize("NFC", text)) == trigrams(
        unicodedata.normalize("NFD", text)
    )
