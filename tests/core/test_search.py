import pytest

from brygga.core.search import find, trigrams_of
from brygga.dialogues.models import Dialogue
from tests.factories.dialogues import DialogueFactory

pytestmark = pytest.mark.django_db


def dialogue(title, summary="Vi frågar alla.", place=""):
    return DialogueFactory(
        title=title,
        summary=summary,
        place_name=place,
        search_trigrams=trigrams_of(title, place),
    )


@pytest.fixture
def school():
    return dialogue("Byskolan i Sjöviken", place="Sjöviken")


@pytest.fixture
def bath():
    return dialogue("Badhuset i centrum", summary="Hur ska skolorna få simundervisning?")


def found(words):
    return list(find(Dialogue.objects.order_by("pk"), words))


def test_other_forms_of_a_word_are_found(school, bath):
    assert found("badhusen") == [bath]


def test_a_whole_word_comes_before_a_part_of_one(school, bath):
    assert found("skola") == [bath, school]


@pytest.mark.parametrize("typo", ["byskoaln", "sjövkien", "Sjöviken byskoln", "bysklan"])
def test_a_typo_is_forgiven(school, bath, typo):
    assert found(typo) == [school]


def test_a_word_that_nothing_is_about_finds_nothing(school, bath):
    assert found("hamnkran") == []


def test_a_match_in_the_title_comes_before_one_in_the_text(school, bath):
    both = dialogue("Simundervisning för alla")
    assert found("simundervisning") == [both, bath]


@pytest.mark.parametrize("words", ["", "  ", "!!", "\0"])
def test_no_words_leave_the_list_as_it_is(school, bath, words):
    assert found(words) == [school, bath]


@pytest.mark.parametrize("words", ["a' | !", '"öppen citat', "x" * 5000, "skola\0", "-- :*&"])
def test_what_is_no_query_breaks_nothing(school, bath, words):
    assert isinstance(found(words), list)
