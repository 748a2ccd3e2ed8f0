"""The scan for lines finds what the standard library's reader finds, and where it stands."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brygga.engines.risk.lines import TooDeepError, lines_of
from tests.architecture.floors import ROOT, SOURCE
from tests.engines.risk.samples import DOCUMENTS, all_paths, written

TRICKY = """\
# a [comment] = "with = signs"
plain = "a # no comment"   # a comment
'quoted key' . "and \\u0061nother" = 'literal \\'
many = [ "one, ]",   # items may have comments
  \"\"\"two
lines [not.a.table] \\\"""\"\"\",
  { name = "three", at.x = [1, 2] },
]
raw = '''
key = "inside a text"
''''
when = 2026-11-22 10:00:00
[a.b]
c = 1
[[list]]
x = 1
[[list.inner]]
y = 2
[[list.inner]]
[list.inner.table]
z = true
[[list]]
inner = [ ]
"""

EXPECTED = {
    ("plain",): 2,
    ("quoted key",): 3,
    ("quoted key", "and another"): 3,
    ("many",): 4,
    ("many", 0): 4,
    ("many", 1): 5,
    ("many", 2): 7,
    ("many", 2, "name"): 7,
    ("many", 2, "at"): 7,
    ("many", 2, "at", "x"): 7,
    ("many", 2, "at", "x", 0): 7,
    ("many", 2, "at", "x", 1): 7,
    ("raw",): 9,
    ("when",): 12,
    ("a",): 13,
    ("a", "b"): 13,
    ("a", "b", "c"): 14,
    ("list",): 15,
    ("list", 0): 15,
    ("list", 0, "x"): 16,
    ("list", 0, "inner"): 17,
    ("list", 0, "inner", 0): 17,
    ("list", 0, "inner", 0, "y"): 18,
    ("list", 0, "inner", 1): 19,
    ("list", 0, "inner", 1, "table"): 20,
    ("list", 0, "inner", 1, "table", "z"): 21,
    ("list", 1): 22,
    ("list", 1, "inner"): 23,
}


def test_every_way_of_writing_keys_and_values_is_followed():
    assert set(all_paths(tomllib.loads(TRICKY))) == set(EXPECTED)
    assert lines_of(TRICKY) == EXPECTED


def test_lines_are_the_same_with_the_line_ends_of_windows():
    assert lines_of(TRICKY.replace("\n", "\r\n")) == EXPECTED


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_every_line_of_an_instrument_is_right(kind):
    text, places = written(DOCUMENTS[kind]())
    assert lines_of(text) == places


def test_all_files_of_the_house_are_followed_to_their_end():
    files = [ROOT / "pyproject.toml", *SOURCE.rglob("*.toml")]
    assert len(files) > 10
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert set(lines_of(text)) == set(all_paths(tomllib.loads(text))), file


KEYS = st.text("abc-_ åß.\"'\\#=[]", max_size=3)
VALUES = st.recursive(
    st.integers(-5, 5) | st.booleans() | st.text(max_size=4) | st.sampled_from(['"""', "'''", "]"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


def quoted(text):
    escaped = "".join(
        char if char.isalnum() and char.isascii() else f"\\U{ord(char):08x}" for char in text
    )
    return f'"{escaped}"'


def value_text(value, draw):
    if isinstance(value, dict):
        pairs = (f"{key_text(key, draw)} = {value_text(each, draw)}" for key, each in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        gap = draw(st.sampled_from(["", "\n", " # note, ]\n"]))
        return "[" + gap + "".join(f"{value_text(each, draw)},{gap}" for each in value) + "]"
    if isinstance(value, str):
        simple = value.isprintable() and not set(value) & set("\"'\\")
        long = '"""\n' + value + '"""'
        return (
            draw(st.sampled_from([quoted(value), f"'{value}'", long])) if simple else quoted(value)
        )
    return str(value).lower()


def key_text(key, draw):
    bare = key and all(char in "abc-_" for char in key)
    return draw(st.sampled_from([key, quoted(key), f"'{key}'"])) if bare else quoted(key)


@given(st.dictionaries(KEYS, VALUES, max_size=4), st.data())
def test_whatever_is_written_is_followed_to_its_end(document, data):
    text = "".join(
        f"{key_text(key, data.draw)} = {value_text(value, data.draw)}\n"
        for key, value in document.items()
    )
    assert tomllib.loads(text) == document
    assert set(lines_of(text)) == set(all_paths(document))


@given(st.text("a1=[]{}.,\"'#\\\n ", max_size=40))
def test_what_is_no_toml_stops_the_scan_and_raises_nothing(text):
    assert all(1 <= line <= text.count("\n") + 1 for line in lines_if_any(text).values())


def lines_if_any(text):
    try:
        return lines_of(text)
    except TooDeepError as error:
        return {(): error.line}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb = " + "[" * 50_000, 2),
        ("\n\n[" + "a." * 900 + "a]", 3),
        ("a.a.a.a.a.a.a.a.a = 1", 1),
        ("a = " + "{a=" * 20 + "1" + "}" * 20, 1),
    ],
)
def test_what_is_nested_too_deeply_is_refused_with_its_line(text, line):
    with pytest.raises(TooDeepError) as caught:
        lines_of(text)
    assert caught.value.line == line
