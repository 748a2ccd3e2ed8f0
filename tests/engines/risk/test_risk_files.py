"""An instrument's file with any fault is refused, with all faults, their lines and their places."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brygga.engines.risk import Instrument, InstrumentError, Wrong, read
from brygga.engines.risk.faults import MOST_FAULTS, place_of
from brygga.engines.risk.reading import MOST_CHARACTERS, MOST_IN_LINE, fingerprint
from tests.engines.risk.samples import (
    DOCUMENTS,
    all_paths,
    both,
    changed,
    kinds_of_paths,
    matrix_document,
    small,
    statement,
    statements_document,
    written,
)

MAY_BE_LEFT_OUT = {"do_not_know", "scale", "then", "next"}
CHECKED_BY_OTHERS = {"at_least"}  # its loss is a fault only if an earlier alternative has one
ABSENCES = {Wrong.MISSING, Wrong.MISSING_LANGUAGE, Wrong.NO_AIDS, Wrong.WAY_OR_NEXT}


def faults_of(text):
    with pytest.raises(InstrumentError) as caught:
        read(text)
    return caught.value.faults


def faults_when(document, path, value):
    text, _ = written(changed(document, path, value))
    return [(fault.place, fault.wrong) for fault in faults_of(text)]


def test_a_sound_file_is_read_with_all_that_stands_in_it():
    instrument = small("statements")
    assert instrument.edition.id == "small_statements"
    assert instrument.edition.version == "1"
    assert [(each.id, each.number) for each in instrument.statements] == [
        ("first", "1.1"),
        ("second", "1.2"),
        ("third", "2.1"),
        ("grave", "2.2"),
    ]
    assert [each.at_least for each in instrument.statements[3].alternatives] == [
        None,
        "middle",
        "high",
    ]
    assert instrument.title.within("sv") == "title på svenska"
    assert instrument.title.within("en-gb") == "title in English"
    assert instrument.result_at("high").then == ("inform",)
    topics = [(topic.id, len(held)) for topic, held in instrument.topics_with_statements()]
    assert topics == [("one", 2), ("two", 2)]
    assert [each.who for each in instrument.measures_of(instrument.results[0])] == ["leader"] * 2


@pytest.mark.parametrize("kind", ["screening", "statements"])
def test_each_key_that_is_left_out_is_missed_by_name_at_the_place_that_lacks_it(kind):
    document = DOCUMENTS[kind]()
    for path in kinds_of_paths(document):
        text, places = written(changed(document, path, None))
        if isinstance(path[-1], int) or path[-1] in CHECKED_BY_OTHERS:
            continue
        if path[-1] in MAY_BE_LEFT_OUT:
            assert isinstance(read(text), Instrument)
            continue
        faults = faults_of(text)
        lacks = path[:-1] if path[:-1] in places or len(path) == 1 else path[:-2]
        names = {place_of(path), place_of(path[: len(lacks) + 1])}
        named = next(fault for fault in faults if fault.place in names)
        assert named.wrong in ABSENCES, path
        assert named.line == places.get(lacks, 1), path


@pytest.mark.parametrize("damage", [[[]], {"x": "y"}], ids=["list", "table"])
def test_each_value_that_is_damaged_is_refused_at_its_line(damage):
    document = statements_document()
    for path in kinds_of_paths(document):
        text, places = written(changed(document, path, damage))
        name = place_of(path)
        near = [fault for fault in faults_of(text) if fault.place.startswith(name)]
        assert near, path
        assert places[path] <= near[0].line <= places[path] + 1
        assert "%(" not in near[0].message


@given(st.data())
@settings(max_examples=60)
def test_any_damage_to_any_value_is_refused_and_names_the_place(data):
    document = DOCUMENTS[data.draw(st.sampled_from(sorted(DOCUMENTS)))]()
    path = data.draw(st.sampled_from(list(all_paths(document))))
    damage = data.draw(
        st.sampled_from(
            [True, -7, 2.5, "", "  ", "§ \u202e", "x" * 999, -(10**30), [1, {}], {"sv": []}]
        )
    )
    text, places = written(changed(document, path, damage))
    near = [fault for fault in faults_of(text) if fault.place.startswith(place_of(path))]
    assert near[0].line >= places[path]


def test_each_table_refuses_a_key_that_it_does_not_know():
    document = statements_document()
    tables = [
        path for path in kinds_of_paths(document) if isinstance(value_at(document, path), dict)
    ]
    for path in [(), *tables]:
        text, places = written(changed(document, (*path, "hedding"), "x"))
        fault = next(fault for fault in faults_of(text) if "hedding" in fault.place)
        assert fault.line == places[*path, "hedding"]
        assert fault.wrong in {Wrong.UNKNOWN_KEY, Wrong.UNKNOWN_KEY_GUESS}


def value_at(document, path):
    for part in path:
        document = document[part]
    return document


def test_a_mistyped_key_is_told_with_what_was_meant():
    document = changed(statements_document(), ("statement", 1, "heading"), None)
    text, _ = written(changed(document, ("statement", 1, "haeding"), both("x")))
    told = [fault.message for fault in faults_of(text)]
    assert "“haeding” is not known here. Do you mean “heading”?" in told
    assert "“heading” is missing." in told


LEVELS = ("axis", 0, "level")
ALTERNATIVES = ("statement", 3, "alternative")
ROLES = [{"id": "leader", **both("x")}, {"id": "idler", **both("x")}]


@pytest.mark.parametrize(
    ("path", "value", "place", "wrong"),
    [
        ((*LEVELS, 1, "from"), 3, "axis[1].level[2].from", Wrong.LEVELS_HOLE),
        ((*LEVELS, 1, "from"), 1, "axis[1].level[2].from", Wrong.LEVELS_OVERLAP),
        ((*LEVELS, 1, "to"), 1, "axis[1].level[2].to", Wrong.LEVEL_FALLS),
        ((*LEVELS, 0, "from"), 1, "axis[1].level[1].from", Wrong.LEVELS_START),
        ((*LEVELS, 2, "to"), 9, "axis[1].level[3].to", Wrong.LEVELS_END),
        ((*LEVELS, 1, "id"), "low", "axis[1].level[2].id", Wrong.DUPLICATE),
        (
            (*ALTERNATIVES, 1, "points"),
            0,
            "statement[4].alternative[2].points",
            Wrong.POINTS_DO_NOT_RISE,
        ),
        (
            (*ALTERNATIVES, 2, "at_least"),
            None,
            "statement[4].alternative[3].at_least",
            Wrong.FLOOR_FALLS,
        ),
        (
            (*ALTERNATIVES, 2, "at_least"),
            "low",
            "statement[4].alternative[3].at_least",
            Wrong.FLOOR_FALLS,
        ),
        (
            (*ALTERNATIVES, 2, "at_least"),
            "x",
            "statement[4].alternative[3].at_least",
            Wrong.NOT_DEFINED,
        ),
        ((*ALTERNATIVES, 2, "id"), "do_not_know", "statement[4].alternative[3].id", Wrong.RESERVED),
        ((*ALTERNATIVES, 2, "id"), "warm", "statement[4].alternative[3].id", Wrong.DUPLICATE),
        (ALTERNATIVES, [], "statement[4].alternative", Wrong.TOO_FEW),
        (("statement", 3, "id"), "first", "statement[4].id", Wrong.DUPLICATE),
        (("statement", 3, "topic"), "three", "statement[4].topic", Wrong.NOT_DEFINED),
        (("statement", 3, "topic_by"), "nobody", "statement[4].topic_by", Wrong.NOT_A_CHOICE),
        (("statement", 3, "id"), "Första", "statement[4].id", Wrong.NOT_AN_ID),
        (("topic", 1, "axis"), "danger", "topic[2].axis", Wrong.NOT_DEFINED),
        (("measure", 0, "who"), "nobody", "measure[1].who", Wrong.NOT_DEFINED),
        (("measure", 1, "id"), "talk", "measure[2].id", Wrong.DUPLICATE),
        (("result", 0, "measures", 1), "talk", "result[1].measures[2]", Wrong.DUPLICATE),
        (("result", 0, "measures", 1), "shout", "result[1].measures[2]", Wrong.NOT_DEFINED),
        (("result", 0, "way"), "run_away", "result[1].way", Wrong.NOT_A_CHOICE),
        (("result", 0, "way"), "seek_support", "result[1].way", Wrong.NOT_DEFINED),
        (("result", 0, "way"), "safety_first", "result[2].way", Wrong.MILDER_WAY),
        (("result", 0, "way"), None, "result[1].way", Wrong.WAY_OR_NEXT),
        (("result", 2, "then", 0), "run_away", "result[3].then[1]", Wrong.NOT_A_CHOICE),
        (("result", 0, "at", "risk"), "extreme", "result[1].at.risk", Wrong.NOT_DEFINED),
        (("result", 0, "at", "risk"), "high", "result[3].at", Wrong.RESULT_TWICE),
        (("result", 1, "next"), "later", "result[2].next", Wrong.NOT_A_CHOICE),
        (("way", 1, "id"), "inform", "way[2].id", Wrong.DUPLICATE),
        (("do_not_know",), "tepid", "do_not_know", Wrong.NOT_DEFINED),
        (("scale", 0, "id"), "cold", "statement[1].alternative", Wrong.SCALE),
        (("kind",), "matrix", "axis", Wrong.AXES),
        (("kind",), "screening", "statement", Wrong.ONE_STATEMENT),
        (("kind",), "poll", "kind", Wrong.NOT_A_CHOICE),
        (("origin",), "somebody", "origin", Wrong.NOT_A_CHOICE),
        (("version",), 0, "version", Wrong.NOT_A_VERSION),
        (("version",), "1", "version", Wrong.NOT_A_VERSION),
        (("link", "address", "sv"), "javascript:alert(1)", "link.address.sv", Wrong.NOT_A_LINK),
        (("title", "sv"), "x" * 121, "title.sv", Wrong.LONG_TEXT),
        (("title", "sv"), "a\u0000b", "title.sv", Wrong.INVISIBLE),
        (("title", "sv"), "a\u200bb", "title.sv", Wrong.INVISIBLE),
        (("title", "fi"), "otsikko", "title.fi", Wrong.UNKNOWN_KEY),
        (("title",), "Risk", "title", Wrong.NOT_A_TABLE),
        (("title", "sv"), 7, "title.sv", Wrong.NOT_A_TEXT),
        (("title", "sv"), " ", "title.sv", Wrong.EMPTY_TEXT),
        (("role",), "leader", "role", Wrong.NOT_A_LIST),
        (
            (*ALTERNATIVES, 1, "points"),
            "1",
            "statement[4].alternative[2].points",
            Wrong.NOT_A_NUMBER,
        ),
        ((*LEVELS, 2, "to"), 99**9, "axis[1].level[3].to", Wrong.NUMBER_OUTSIDE),
        (("role",), ROLES, "role[2].id", Wrong.NEVER_USED),
    ],
)
def test_a_fault_is_named_with_its_place_and_kind(path, value, place, wrong):
    found = faults_when(statements_document(), path, value)
    assert (place, wrong) in found


def test_a_square_that_is_missing_or_twice_there_is_named():
    document = matrix_document()
    faults = faults_when(document, ("result", 4), None)
    assert faults == [("result", Wrong.RESULT_MISSING)]
    twice = changed(document, ("result", 4, "at", "conflict"), "low")
    assert ("result[5].at", Wrong.RESULT_TWICE) in [
        (fault.place, fault.wrong) for fault in faults_of(written(twice)[0])
    ]
    text = str(faults_of(written(changed(document, ("result", 4), None))[0])[0])
    assert "No result is given for complexity middle, conflict middle." in text


def test_an_axis_needs_statements_and_only_the_matrix_has_two():
    document = matrix_document()
    alone = changed(document, ("topic", 1, "axis"), "conflict")
    found = [(fault.place, fault.wrong) for fault in faults_of(written(alone)[0])]
    assert ("axis[1]", Wrong.NO_STATEMENTS) in found
    assert faults_when(document, ("kind",), "statements") == [("axis", Wrong.TOO_MANY)]


def test_every_kind_of_fault_is_shown_to_be_caught():
    told = Path(__file__).read_text(encoding="utf-8")
    assert [wrong.name for wrong in Wrong if f"Wrong.{wrong.name}" not in told] == []


def test_a_milder_way_for_a_higher_square_is_refused():
    faults = faults_when(matrix_document(), ("result", 3, "way"), "safety_first")
    assert set(faults) == {("result[5].way", Wrong.MILDER_WAY), ("result[7].way", Wrong.MILDER_WAY)}


def test_all_faults_are_told_at_once_and_in_the_order_of_their_lines():
    document = changed(statements_document(), ("version",), None)
    document = changed(document, ("statement", 0, "heading", "en"), None)
    document = changed(document, (*LEVELS, 1, "from"), 3)
    document = changed(document, ("result", 2, "way"), "")
    text, places = written(document)
    faults = faults_of(text)
    assert [(fault.line, fault.place) for fault in faults] == [
        (1, "version"),
        (places["axis", 0, "level", 1, "from"], "axis[1].level[2].from"),
        (places["statement", 0, "heading"], "statement[1].heading.en"),
        (places["result", 2, "way"], "result[3].way"),
    ]
    assert str(faults[2]).startswith(f"line {faults[2].line}, statement[1].heading.en: The text in")


@pytest.mark.parametrize(
    ("source", "line", "wrong"),
    [
        ("", 1, Wrong.MISSING),
        ("id = ", 1, Wrong.NOT_TOML),
        ('id = "a"\nid = "b"\n', 2, Wrong.NOT_TOML),
        ('id = "a"\n\nkind = screening\n', 3, Wrong.NOT_TOML),
        ('a = """\n\n', 1, Wrong.NOT_TOML),
        (b'id = "a"\ntitle = "\xe5"\n', 2, Wrong.NOT_UTF8),
        ("\n" * 7 + "a = " + "[" * 1_500, 8, Wrong.TOO_DEEP),
        ("a = 1\n" + "x" * (MOST_IN_LINE + 1), 2, Wrong.LONG_LINE),
        ("# way too much\n" * 20_000, 1, Wrong.TOO_LARGE),
        (b"x" * (4 * MOST_CHARACTERS + 1), 1, Wrong.TOO_LARGE),
        ("a = " + "9" * 1_900 + "\n", 1, Wrong.MISSING),
        ("a = 2026-13-45\n", 1, Wrong.NOT_TOML),
        ('title.sv = "' + "\\u0301" * 300 + '"\n', 1, Wrong.MISSING),
        ("[[statement]]\n" * 9_000, 1, Wrong.TOO_MANY),
        ("a\ud800 = 1", 1, Wrong.NOT_TOML),
    ],
)
def test_what_can_not_be_read_at_all_is_refused_with_its_line(source, line, wrong):
    found = [(fault.line, fault.wrong) for fault in faults_of(source)]
    assert (line, wrong) in found


def test_a_file_with_a_great_many_faults_tells_the_first_ones():
    faults = faults_of("".join(f"key{number} = 1\n" for number in range(5_000)))
    assert len(faults) == MOST_FAULTS + 1
    assert faults[-1].wrong == Wrong.MORE_FAULTS
    assert faults[-1].message == f"There are more than {MOST_FAULTS} faults; the rest is not shown."


def test_windows_files_with_a_mark_in_front_are_read_alike():
    text, _ = written(statements_document())
    assert read(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()) == small("statements")


def test_a_version_may_be_a_date():
    text, _ = written(statements_document())
    dated = read(text.replace("version = 1", "version = 2026-11-22"))
    assert dated.edition.version == "2026-11-22"
    moment = faults_of(text.replace("version = 1", "version = 2026-11-22T10:00:00"))
    assert [fault.wrong for fault in moment] == [Wrong.NOT_A_VERSION]


def test_many_statements_are_too_many():
    document = statements_document()
    document["statement"] = [statement(f"s{number}", "one") for number in range(41)]
    assert ("statement", Wrong.TOO_MANY) in [
        (fault.place, fault.wrong) for fault in faults_of(written(document)[0])
    ]


TEXT, _ = written(statements_document())


@given(
    st.integers(0, len(TEXT)), st.integers(0, 30), st.text('ab1=[]{}.,"\\#\n \u202e', max_size=6)
)
@settings(max_examples=60)
def test_a_file_that_is_damaged_anywhere_is_read_or_refused_with_lines(start, length, put_in):
    text = TEXT[:start] + put_in + TEXT[start + length :]
    faults = faults_if_any(text)
    assert all(1 <= fault.line <= text.count("\n") + 1 for fault in faults)
    assert all(str(fault) for fault in faults)


def faults_if_any(text):
    try:
        read(text)
    except InstrumentError as error:
        return error.faults
    return ()


# The fingerprint: what a file says, however it is laid out.


def test_a_file_that_is_laid_out_anew_keeps_its_fingerprint():
    document = statements_document()
    inline = "".join(
        f"{key} = {inline_value(value)}  # told on one line\n"
        for key, value in reversed(document.items())
    )
    assert tomllib.loads(inline) == document
    spaced = TEXT.replace('"title på svenska"', '"""\n  title på\n  svenska """')
    assert spaced != TEXT
    sound = read(TEXT).edition
    assert read(inline).edition == sound
    assert read(spaced).edition == sound
    assert read("# a note\n\n" + TEXT.replace(" = ", "=")).edition == sound


def inline_value(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {inline_value(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[\n" + ",\n".join(inline_value(each) for each in value) + "]"
    return written({"x": value})[0].removeprefix("x = ").strip()


def test_every_other_change_gives_another_fingerprint():
    document = statements_document()
    texts = [path for path in kinds_of_paths(document) if path[-1] in {"sv", "en"}]
    editions = [
        changed(document, path, value_at(document, path).replace("s", "z", 1) + "!")
        for path in texts
        if path[:2] != ("link", "address")
    ]
    points = changed(document, ("statement", 0, "alternative", 2, "points"), 3)
    editions += [
        changed(points, (*LEVELS, 2, "to"), 9),
        changed(document, ("result", 0, "measures"), ["listen", "talk"]),
        changed(document, ("version",), 2),
        document,
    ]
    assert len(editions) > 35
    assert len({fingerprint(edition) for edition in editions}) == len(editions)
    assert fingerprint(document) == small("statements").edition.fingerprint


def test_fingerprints_are_the_same_in_every_version_of_brygga():
    """Answers are kept with the fingerprint; one that changes would orphan them all."""
    assert read(TEXT).edition.fingerprint == (
        "9a059e47b297bb24e747f7695753e588a9d4c7362ab0a0e506b8cb1a04048359"
    )
