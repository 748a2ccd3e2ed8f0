import pytest

from brygga.core.text import lix


def test_lix_is_sentence_length_plus_percentage_of_long_words() -> None:
    assert lix("Vi bor här. Skolan ligger nära.") == 6 / 2
    assert lix("Vi bor här. Kommunen beslutar.") == 5 / 2 + 100 * 2 / 5


def test_seven_letters_make_a_long_word_and_six_do_not() -> None:
    assert lix("skolan") == 1
    assert lix("skolans") == 101


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Får vi? Ja! Så är det.", 3),
        ("Så här: vi går dit.", 2),
        ("Rubrik\n\nVi går dit", 2),
        ("Vi går kl. 12.30 till t.ex. en bro.", 1),
        ("En rad\nsom bryts.", 1),
        ("Han sa ”nej.” Vi gick.", 2),
        ("Vi … och ni.", 2),
    ],
)
def test_sentences_end_where_a_reader_sees_an_end(text: str, sentences: int) -> None:
    words = lix(text) * sentences
    assert words == pytest.approx(round(words))
    assert round(words) == len([word for word in text.split() if any(map(str.isalnum, word))])


def test_plain_swedish_is_easy_and_officialese_is_hard() -> None:
    plain = (
        "Vad tycker du om skolan i byn? Du kan svara nu. Det tar fem minuter. Du behöver inte "
        "säga vem du är. Nämnden beslutar den 12 mars."
    )
    officialese = (
        "Förvaltningens tjänsteutlåtande avseende samhällsplaneringens konsekvensbeskrivningar "
        "tillhandahålls kommuninvånarna genom anslagstavlan enligt delegationsordningen."
    )
    assert lix(plain) < 30
    assert lix(officialese) > 60


def test_a_text_without_words_is_not_hard() -> None:
    assert lix("– … !") == 0
