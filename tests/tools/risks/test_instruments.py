"""The instruments that come with Brygga: complete, in both languages, and in plain words."""

import re
from collections import Counter
from dataclasses import fields, is_dataclass

import pytest

from brygga.core.text.lix import lix
from brygga.core.text.person_names import looks_like_person
from brygga.core.text.personal_data import personal_data
from brygga.engines.risk import (
    CARE,
    DO_NOT_KNOW,
    Answers,
    Kind,
    Origin,
    Text,
    WayOn,
    assess,
    read,
)
from brygga.tools.risks.queries.instruments import OURS, our_instrument

FORBIDDEN = re.compile(
    r"\bbidrag|anonym|landsting|\bmedborgardialog|\bstakeholder|\bcitizens?\b", re.IGNORECASE
)
CAPITALS = re.compile(r"[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+)+")
SQUARES = [
    ["inform", "handle_directly", "safety_first"],
    ["ordinary_dialogue", "complex_dialogue", "safety_first"],
    ["complex_dialogue", "seek_support", "safety_first"],
]


@pytest.fixture(params=Kind)
def instrument(request):
    return our_instrument(request.param)


def texts_in(value, place=""):
    """Go through every text of an instrument with the name of what holds it."""
    if isinstance(value, Text):
        yield place, value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_in(each, f"{place} {getattr(each, 'id', '')}".strip())
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_in(getattr(value, field.name), f"{place}.{field.name}")


def uniform(instrument, rank):
    given = {each.id: each.alternatives[rank].id for each in instrument.statements}
    return assess(instrument, Answers(instrument.edition, given))


def test_every_file_is_one_of_the_three_and_says_that_it_is_ours():
    assert {path.stem for path in OURS.glob("*")} == set(Kind)
    for kind in Kind:
        instrument = our_instrument(kind)
        assert instrument.kind == kind
        assert instrument.origin == Origin.BRYGGA
        assert instrument.label == Text(
            "Riskbedömning (Bryggas egen)", "Risk assessment (Brygga’s own)"
        )
        assert "riskguideforebyggakonflikt.skr.se" in instrument.link.address.sv


def test_each_has_the_statements_that_the_model_wants():
    screening, statements, matrix = (our_instrument(kind) for kind in Kind)
    assert len(screening.aids) == 4
    assert len(statements.statements) == 8
    assert [each.id for each in statements.statements if each.topic_by == Origin.SKR] == [
        "known_groups"
    ]
    assert statements.statements[0].number == "1.1"
    assert {axis.id: len(matrix.statements_of(axis.id)) for axis in matrix.axes} == {
        "complexity": 8,
        "conflict": 8,
    }
    assert {len(each.alternatives) for each in matrix.statements} == {3}
    ours = [each.id for each in matrix.statements if each.topic_by == Origin.BRYGGA]
    assert ours == ["values"]
    assert (screening.do_not_know, statements.do_not_know, matrix.do_not_know) == (
        None,
        "moderate",
        None,
    )


@pytest.mark.parametrize("rank", range(3))
def test_who_answers_alike_everywhere_gets_that_level(instrument, rank):
    found = uniform(instrument, rank)
    assert [axis.level for axis in found.axes] == [axis.levels[rank] for axis in instrument.axes]


def test_doubting_everything_is_moderate_and_may_be_anything():
    statements = our_instrument(Kind.STATEMENTS)
    given = dict.fromkeys((each.id for each in statements.statements), DO_NOT_KNOW)
    found = assess(statements, Answers(statements.edition, given))
    assert (found.lowest.id, found.result.id, found.highest.id) == ("low", "moderate", "high")


@pytest.mark.parametrize(
    ("kind", "statement", "expected"),
    [
        (Kind.STATEMENTS, "known_groups", "high"),
        (Kind.STATEMENTS, "exposed_people", "high"),
        (Kind.STATEMENTS, "trust", "moderate"),
        (Kind.MATRIX, "threats", "c"),
        (Kind.MATRIX, "sabotage", "c"),
        (Kind.MATRIX, "violence", "c"),
        (Kind.MATRIX, "hate_online", "b"),
        (Kind.MATRIX, "critics", "b"),
        (Kind.MATRIX, "tone", "a"),
        (Kind.MATRIX, "history", "a"),
    ],
)
def test_one_grave_answer_does_not_drown_among_calm_ones(kind, statement, expected):
    instrument = our_instrument(kind)
    calm = {each.id: each.alternatives[0].id for each in instrument.statements}
    grave = next(each for each in instrument.statements if each.id == statement)
    given = calm | {statement: grave.alternatives[-1].id}
    assert assess(instrument, Answers(instrument.edition, given)).result.id == expected


def test_the_nine_squares_lead_where_they_should():
    matrix = our_instrument(Kind.MATRIX)
    complexity, conflict = matrix.axes
    ways = [
        [matrix.result_at(row.id, column.id).way for column in conflict.levels]
        for row in complexity.levels
    ]
    assert ways == SQUARES
    assert [each.id for each in matrix.results] == list("abcdefghi")
    assert {each.id for each in matrix.ways} == set(WayOn) == set(CARE)
    for result in matrix.results:
        assert 4 <= len(result.measures) <= 8
        assert 3 <= len(result.avoid) <= 5


def test_no_measure_is_so_vague_that_it_fits_everywhere(instrument):
    used = Counter(each for result in instrument.results for each in result.measures)
    most = max(2, len(instrument.results) // 3)
    assert [measure for measure, times in used.items() if times > most] == []
    for language in ("sv", "en"):
        words = [each.text.within(language) for each in instrument.measures]
        assert len(set(words)) == len(words)
        assert all(len(text.split()) >= 7 for text in words)


def test_where_people_can_be_hurt_they_are_protected_and_crimes_reported_first():
    matrix = our_instrument(Kind.MATRIX)
    for result in matrix.results:
        dangerous = result.way == WayOn.SAFETY_FIRST
        assert (result.measures[0] == "protect_people") == dangerous
        assert ("report_crimes" in result.measures) == dangerous


def test_every_text_is_in_both_languages_and_of_a_sane_length(instrument):
    texts = list(texts_in(instrument))
    assert len(texts) > 40
    for place, text in texts:
        if place.startswith(".link.address"):
            continue
        assert text.sv != text.en, place
        assert len(text.sv) <= 400, place
        assert len(text.en) <= 400, place
        assert len(text.sv) < 20 or 0.5 < len(text.en) / len(text.sv) < 2, place


def test_no_text_holds_a_word_that_we_do_not_use_or_a_person(instrument):
    for place, text in texts_in(instrument):
        for words in (text.sv, text.en):
            assert not FORBIDDEN.search(words), (place, words)
            assert "--" not in words
            assert personal_data(words) == [], (place, words)
        assert not any(map(looks_like_person, CAPITALS.findall(text.sv))), (place, text.sv)


def test_the_swedish_is_plain(instrument):
    for statement in instrument.statements:
        answers = [each.text.sv for each in statement.alternatives]
        assert lix(" ".join([statement.text.sv, statement.help.sv, *answers])) < 40, statement.id
    for result in instrument.results:
        measures = [each.text.sv for each in instrument.measures_of(result)]
        avoid = [each.sv for each in result.avoid]
        assert lix(" ".join([result.meaning.sv, result.why.sv, *measures, *avoid])) < 35, result.id


def test_every_sentence_ends(instrument):
    told = [text for place, text in texts_in(instrument) if ".help" in place or ".meaning" in place]
    told += [each.text for each in instrument.measures]
    told += [each for result in instrument.results for each in (result.why, *result.avoid)]
    assert all(words[-1] in ".?!" for text in told for words in (text.sv, text.en))


def test_the_files_say_why_they_judge_as_they_do():
    matrix = (OURS / "matrix.toml").read_text(encoding="utf-8")
    squares = re.findall(r"^# [^\n]+\n(?:#[^\n]*\n)*\[\[result\]\]", matrix, re.MULTILINE)
    assert len(squares) == matrix.count("[[result]]") == 9
    assert read(matrix) == our_instrument(Kind.MATRIX)
