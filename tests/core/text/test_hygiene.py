import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brygga.core.text import TextTooLongError, clean

REORDERING = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]


def test_nul_and_other_controls_are_removed_but_tab_and_newline_stay() -> None:
    assert clean("\x00a\x07b\x1b[31m\tc\x7f\x9f\nd", limit=20) == "ab[31m\tc\nd"


def test_newlines_of_every_system_become_one_kind() -> None:
    assert clean("a\r\nb\rc\u2028d\u2029e\x85f\n\ng", limit=20) == "a\nb\nc\nd\ne\nf\n\ng"


@pytest.mark.parametrize("char", REORDERING)
def test_a_character_that_reorders_the_line_is_removed(char: str) -> None:
    assert clean(f"Ja{char}jeN", limit=20) == "JajeN"


@pytest.mark.parametrize(
    "text",
    [
        "نريد أن تبقى المدرسة مفتوحة",
        "می\u200cخواهیم",
        "\u200fשלום (Exempelby)\u200e",
        "👩\u200d👧 ❤\ufe0f",
        "हिन्दी",
        "Ängsvägen, idé – ”så”",
    ],
)
def test_real_text_in_any_direction_stays_as_it_is(text: str) -> None:
    assert clean(text, limit=50) == text


def test_letters_are_composed() -> None:
    assert clean("A\u030akersberga", limit=20) == "Åkersberga"


def test_a_text_over_the_limit_is_refused_and_one_at_the_limit_kept() -> None:
    assert clean("å" * 280, limit=280) == "å" * 280
    assert clean("a\u030a" * 280, limit=280) == "å" * 280
    with pytest.raises(TextTooLongError, match="longer than 280 characters") as refused:
        clean("å" * 281, limit=280)
    assert refused.value.limit == 280
    with pytest.raises(TextTooLongError):
        clean("a" * 10_000_000, limit=280)


def test_a_tower_of_marks_is_cut_to_what_any_language_needs() -> None:
    tower = clean("Z" + "\u0315\u0301" * 50_000, limit=100_000)
    assert len(tower) == len("Ź") + 29


def test_half_a_surrogate_pair_is_removed() -> None:
    assert clean("a\ud83db", limit=5).encode() == b"ab"


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text, limit=1000)
    assert clean(once, limit=1000) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once
    assert "\x00" not in once
