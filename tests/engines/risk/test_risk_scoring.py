"""What answers lead to: points, levels, floors, the result, and how sure it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brygga.engines.risk import (
    DO_NOT_KNOW,
    Answers,
    AnswersError,
    Edition,
    EditionError,
    assess,
    read,
    together,
)
from tests.engines.risk.samples import (
    ABC,
    answered,
    changed,
    small,
    statements_document,
    written,
)

STATEMENTS = small("statements")
MATRIX = small("matrix")
FOUR = ("first", "second", "third", "grave")
SIX = tuple(each.id for each in MATRIX.statements)
ORDER = {answer: rank for rank, answer in enumerate(("calm", "warm", "hot"))} | {DO_NOT_KNOW: 1}


def of(*answers):
    return answered(STATEMENTS, **dict(zip(FOUR, answers, strict=False)))


def level(answers):
    return assess(STATEMENTS, answers).axes[0].level.id


@pytest.mark.parametrize(
    ("answers", "score", "expected"),
    [
        (("calm", "calm", "calm", "calm"), 0, "low"),
        (("warm", "calm", "calm", "calm"), 1, "low"),
        (("hot", "calm", "calm", "calm"), 2, "middle"),
        (("warm", "warm", "warm", "calm"), 3, "middle"),
        (("hot", "hot", "calm", "calm"), 4, "high"),
        (("calm", "calm", "calm", "warm"), 1, "middle"),
        (("calm", "calm", "calm", "hot"), 2, "high"),
        (("hot", "hot", "hot", "hot"), 8, "high"),
    ],
)
def test_points_and_floors_give_the_level(answers, score, expected):
    assessment = assess(STATEMENTS, of(*answers))
    (axis,) = assessment.axes
    assert (axis.score, axis.level.id, axis.most_possible) == (score, expected, 8)
    assert assessment.result == assessment.lowest == assessment.highest
    assert assessment.result.id == expected
    assert assessment.is_certain
    assert not assessment.is_preliminary


def test_the_square_is_where_the_two_levels_meet():
    answers = dict.fromkeys(SIX, "calm") | {"threats": "hot", "values": "hot"}
    assessment = assess(MATRIX, answered(MATRIX, **answers))
    assert [(axis.axis, axis.level.id) for axis in assessment.axes] == [
        ("complexity", "middle"),
        ("conflict", "high"),
    ]
    assert assessment.result.id == "middle_high"


def test_an_unanswered_statement_leaves_a_range_and_no_result():
    assessment = assess(STATEMENTS, of("calm", "calm", "calm"))
    assert assessment.is_preliminary
    assert assessment.unanswered == ("grave",)
    assert assessment.result is None
    assert assessment.axes[0].level is None
    assert (assessment.lowest.id, assessment.highest.id) == ("low", "high")
    assert (assessment.axes[0].lowest_score, assessment.axes[0].highest_score) == (0, 2)


def test_one_axis_can_be_known_while_the_other_is_not():
    conflict = answered(MATRIX, tone="hot", hate="hot", threats="calm")
    assessment = assess(MATRIX, conflict)
    assert [axis.level and axis.level.id for axis in assessment.axes] == [None, "high"]
    assert assessment.result is None
    assert (assessment.lowest.id, assessment.highest.id) == ("low_high", "high_high")


def test_do_not_know_counts_as_the_middle_and_can_be_anything():
    assessment = assess(STATEMENTS, of("calm", "calm", DO_NOT_KNOW, "calm"))
    assert (assessment.axes[0].score, assessment.result.id) == (1, "low")
    assert (assessment.lowest.id, assessment.highest.id) == ("low", "middle")
    assert assessment.doubted == ("third",)
    assert not assessment.is_certain
    assert not assessment.is_preliminary


def test_a_doubt_that_can_not_change_the_result_leaves_it_certain():
    assert assess(STATEMENTS, of("hot", "hot", DO_NOT_KNOW, "hot")).is_certain


def test_nobody_may_say_do_not_know_where_the_instrument_does_not_let_them():
    with pytest.raises(AnswersError, match=r"tone: “do not know” is no answer here"):
        assess(MATRIX, answered(MATRIX, tone=DO_NOT_KNOW))


def test_answers_that_are_none_are_refused_all_at_once():
    with pytest.raises(AnswersError) as caught:
        assess(STATEMENTS, answered(STATEMENTS, first="boiling", fifth="calm", third="hot"))
    assert caught.value.faults == {
        "first": "there is no alternative 'boiling'",
        "fifth": "there is no such statement",
    }


def test_what_weighed_most_stands_first_and_a_floor_before_all():
    assessment = assess(STATEMENTS, of("hot", "warm", "calm", "warm"))
    told = [
        (each.statement, each.points, each.decisive) for each in assessment.axes[0].contributions
    ]
    assert told == [("first", 2, False), ("second", 1, False), ("grave", 1, False)]
    lifted = assess(STATEMENTS, of("warm", "calm", "calm", "hot")).axes[0]
    assert [(each.statement, each.decisive) for each in lifted.contributions] == [
        ("grave", True),
        ("first", False),
    ]
    assert [each.share for each in lifted.contributions] == [pytest.approx(2 / 3), 1 / 3]


def test_an_older_answer_set_is_judged_by_the_version_that_it_was_given_in():
    document = statements_document()
    text, _ = written(document)
    louder = changed(document, ("statement", 0, "alternative", 2, "points"), 5)
    louder = changed(louder, ("axis", 0, "level", 2, "to"), 11)
    louder = changed(louder, ("version",), 2)
    new = read(written(louder)[0])
    old_answers = of("hot", "calm", "calm", "calm")
    assert assess(read(text), old_answers).result.id == "middle"
    with pytest.raises(EditionError, match=r"version 1 .*, not to 'small_statements' version 2"):
        assess(new, old_answers)
    with pytest.raises(EditionError):
        together(new, {"a": old_answers})


def test_the_same_version_with_other_words_is_another_edition():
    edition = STATEMENTS.edition
    other = Edition(edition.id, edition.version, "0" * 64)
    with pytest.raises(EditionError) as caught:
        assess(STATEMENTS, Answers(other, {}))
    assert (caught.value.given, caught.value.wanted) == (other, edition)


# Properties. An answer set may be incomplete and may hold doubts.

ANSWER = st.sampled_from([*ABC, DO_NOT_KNOW])
PARTIAL = st.dictionaries(st.sampled_from(FOUR), ANSWER)
COMPLETE = st.fixed_dictionaries(dict.fromkeys(FOUR, ANSWER))
SQUARES = st.fixed_dictionaries(dict.fromkeys(SIX, st.sampled_from(ABC)))


def ranks(instrument, result):
    return [axis.rank(level) for axis, level in zip(instrument.axes, result.at, strict=True)]


def no_lower(instrument, higher, lower):
    pairs = zip(ranks(instrument, higher), ranks(instrument, lower), strict=True)
    return all(one >= other for one, other in pairs)


@given(COMPLETE, st.sampled_from(FOUR), ANSWER)
def test_a_higher_answer_never_lowers_anything(given, statement, answer):
    higher = given | {statement: max(given[statement], answer, key=ORDER.__getitem__)}
    before, after = (assess(STATEMENTS, answered(STATEMENTS, **each)) for each in (given, higher))
    assert after.axes[0].score >= before.axes[0].score
    assert no_lower(STATEMENTS, after.result, before.result)


@given(SQUARES, st.sampled_from(SIX), st.sampled_from(ABC))
def test_a_higher_answer_never_lowers_the_square(given, statement, answer):
    higher = given | {statement: max(given[statement], answer, key=ORDER.__getitem__)}
    before, after = (assess(MATRIX, answered(MATRIX, **each)) for each in (given, higher))
    assert no_lower(MATRIX, after.result, before.result)
    assert all(one.score >= other.score for one, other in zip(after.axes, before.axes, strict=True))


@given(PARTIAL, st.sampled_from(FOUR), ANSWER)
def test_answering_one_more_never_widens_the_range(given, statement, answer):
    more = {statement: answer} | given
    before, after = (assess(STATEMENTS, answered(STATEMENTS, **each)) for each in (given, more))
    assert no_lower(STATEMENTS, after.lowest, before.lowest)
    assert no_lower(STATEMENTS, before.highest, after.highest)


@given(PARTIAL)
def test_the_range_holds_the_result(given):
    assessment = assess(STATEMENTS, answered(STATEMENTS, **given))
    (axis,) = assessment.axes
    assert axis.lowest_score <= axis.score <= axis.highest_score
    assert no_lower(STATEMENTS, assessment.highest, assessment.lowest)
    assert (assessment.result is None) == (set(given) != set(FOUR))
    if assessment.result:
        assert no_lower(STATEMENTS, assessment.highest, assessment.result)
        assert no_lower(STATEMENTS, assessment.result, assessment.lowest)


@given(PARTIAL)
def test_the_shares_of_the_explanation_add_up_to_the_score(given):
    (axis,) = assess(STATEMENTS, answered(STATEMENTS, **given)).axes
    assert sum(each.points for each in axis.contributions) == axis.score
    shares = sum(each.share for each in axis.contributions)
    assert shares == pytest.approx(1 if axis.score else 0)
    rest = [each.points for each in axis.contributions if not each.decisive]
    assert rest == sorted(rest, reverse=True)
    explained = {each.statement for each in axis.contributions}
    assert explained <= set(given)


# Several assessors.

GROUP = st.lists(PARTIAL, min_size=1, max_size=4)


def group(answers):
    return {f"seat {number}": answered(STATEMENTS, **each) for number, each in enumerate(answers)}


@given(GROUP)
@settings(max_examples=60)
def test_a_group_is_never_lower_than_any_of_its_assessors(answers):
    found = together(STATEMENTS, group(answers))
    for single in found.singles.values():
        assert found.assessment.axes[0].score >= single.axes[0].score
        assert no_lower(STATEMENTS, found.assessment.lowest, single.lowest)
        if found.assessment.result and single.result:
            assert no_lower(STATEMENTS, found.assessment.result, single.result)


@given(GROUP, PARTIAL)
@settings(max_examples=60)
def test_one_more_assessor_never_lowers_the_result(answers, one_more):
    before = together(STATEMENTS, group(answers)).assessment
    after = together(STATEMENTS, group([*answers, one_more])).assessment
    assert after.axes[0].score >= before.axes[0].score
    assert no_lower(STATEMENTS, after.lowest, before.lowest)
    assert set(after.unanswered) <= set(before.unanswered)
    if before.result:
        assert no_lower(STATEMENTS, after.result, before.result)


@given(GROUP, st.randoms())
@settings(max_examples=60)
def test_the_order_of_the_assessors_does_not_matter(answers, chance):
    seats = list(group(answers).items())
    shuffled = seats.copy()
    chance.shuffle(shuffled)
    assert together(STATEMENTS, dict(shuffled)) == together(STATEMENTS, dict(seats))


@given(PARTIAL, st.integers(1, 3))
@settings(max_examples=40)
def test_assessors_who_answer_alike_are_judged_as_one(given, size):
    found = together(STATEMENTS, group([given] * size))
    assert found.assessment == assess(STATEMENTS, answered(STATEMENTS, **given))
    assert found.disputed == ()


@given(GROUP)
@settings(max_examples=60)
def test_every_answer_is_counted_once(answers):
    for spread in together(STATEMENTS, group(answers)).spreads:
        counted = sum(spread.counts.values()) + spread.do_not_know + spread.unanswered
        assert counted == len(answers)
        assert list(spread.counts) == list(ABC)


def test_the_highest_answer_per_statement_counts_and_the_spread_is_shown():
    seats = {
        "a": of("calm", "warm", "calm", "calm"),
        "b": of("hot", "warm", "calm", DO_NOT_KNOW),
        "c": of("calm", "warm"),
    }
    found = together(STATEMENTS, seats)
    assert found.assessment.axes[0].score == 4
    assert found.assessment.result.id == "high"
    assert {seat: each.is_preliminary for seat, each in found.singles.items()} == {
        "a": False,
        "b": False,
        "c": True,
    }
    first, second, third, grave = found.spreads
    assert (first.counts, first.lowest, first.highest, first.width) == (
        {"calm": 2, "warm": 0, "hot": 1},
        "calm",
        "hot",
        2,
    )
    assert second.is_agreed
    assert (third.unanswered, third.is_agreed) == (1, True)
    assert (grave.do_not_know, grave.unanswered, grave.is_agreed) == (1, 1, False)
    assert [each.statement for each in found.disputed] == ["first", "grave"]
    assert found.assessment.doubted == ("grave",)


def test_where_somebody_knows_another_assessors_doubt_still_widens_the_range():
    seats = {
        "a": of("calm", "calm", "calm", "calm"),
        "b": of("calm", "calm", "calm", DO_NOT_KNOW),
    }
    found = together(STATEMENTS, seats).assessment
    assert (found.lowest.id, found.result.id, found.highest.id) == ("low", "middle", "high")


def test_a_group_in_which_nobody_has_answered_has_the_whole_range():
    found = together(STATEMENTS, {})
    assert found.assessment.result is None
    assert (found.assessment.lowest.id, found.assessment.highest.id) == ("low", "high")
    assert found.spreads[0].lowest is None
    assert found.disputed == ()
