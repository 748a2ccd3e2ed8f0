import pytest

from brygga.core.ui import colour
from tests.core.ui.sources import tokens

# What look.md promises: token, light with contrast on paper, dark with contrast on paper.
PROMISED = [
    ("ink", "#14222e", 15.5, "#edf2f4", 15.6),
    ("muted", "#4a5b68", 6.7, "#b4c2cb", 9.7),
    ("line", "#7a8a95", 3.4, "#6f828f", 4.4),
    ("lake", "#0b4f6c", 8.6, "#8cc7e0", 9.5),
    ("spruce", "#2f5d50", 7.2, "#9ccdb9", 10.0),
    ("falu", "#8c2f24", 7.9, "#f0a69b", 8.9),
]
GROUPS = [
    ("group-1", "#0072b2", "#56b4e9"),
    ("group-2", "#c24e00", "#f0894a"),
    ("group-3", "#007a5a", "#4cc9a0"),
    ("group-4", "#a8487f", "#e59cc4"),
    ("group-5", "#8a6100", "#f2c14e"),
    ("group-6", "#3e5c9a", "#a9b8f0"),
]
THEMES = ("light", "dark", "dark by device")
# Every pair of text and ground that the style sheets use.
TEXT_ON = [
    ("ink", "paper"),
    ("ink", "mist"),
    ("muted", "paper"),
    ("muted", "mist"),
    ("lake", "paper"),
    ("lake", "mist"),
    ("paper", "lake"),
    ("spruce", "paper"),
    ("falu", "paper"),
    ("falu", "mist"),
    ("paper", "falu"),
    ("on-sun", "sun"),
    ("paper", "agree"),
    ("paper", "disagree"),
    ("ink", "pass"),
    ("ink", "shallow-0"),
    ("ink", "shallow-1"),
]
LINES_ON = [
    ("line", "paper"),
    ("agree", "paper"),
    ("disagree", "paper"),
    ("lake", "shallow-1"),
]


def test_contrast_is_wcags():
    assert colour.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colour.contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert colour.contrast("#123456", "#123456") == 1


@pytest.mark.parametrize(("name", "light", "light_ratio", "dark", "dark_ratio"), PROMISED)
def test_a_token_keeps_its_promised_contrast(name, light, light_ratio, dark, dark_ratio):
    for theme, value, ratio in (("light", light, light_ratio), ("dark", dark, dark_ratio)):
        assert tokens(theme)[name] == value
        measured = colour.contrast(value, tokens(theme)["paper"])
        assert measured == pytest.approx(ratio, abs=0.06)


@pytest.mark.parametrize(("name", "light", "dark"), GROUPS)
def test_a_groups_colour_stands_out_from_the_paper(name, light, dark):
    assert (tokens("light")[name], tokens("dark")[name]) == (light, dark)
    assert colour.contrast(light, tokens("light")["paper"]) >= colour.READABLE
    assert colour.contrast(dark, tokens("dark")["paper"]) >= 7


def test_sun_carries_ink_in_the_light_and_paper_in_the_dark():
    assert round(colour.contrast("#14222e", tokens("light")["sun"]), 1) == 9.6
    assert round(colour.contrast("#0f1a22", tokens("dark")["sun"]), 1) == 10.5
    assert [tokens(theme)["on-sun"] for theme in ("light", "dark")] == ["#14222e", "#0f1a22"]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_can_be_read_on_its_ground(theme, text, ground):
    assert colour.contrast(tokens(theme)[text], tokens(theme)[ground]) >= colour.READABLE


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("line", "ground"), LINES_ON)
def test_lines_can_be_seen_on_their_ground(theme, line, ground):
    assert colour.contrast(tokens(theme)[line], tokens(theme)[ground]) >= colour.VISIBLE


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["paper", "mist", "shallow-0"])
def test_one_line_of_the_focus_ring_is_seen_around_a_control_on(theme, ground):
    colours = tokens(theme)
    lines = [colour.contrast(colours[line], colours[ground]) for line in ("ink", "sun")]
    assert max(lines) >= colour.VISIBLE


def test_dark_by_choice_and_dark_by_device_are_one():
    assert tokens("dark") == tokens("dark by device")
    assert tokens("dark").keys() == tokens("light").keys()


@pytest.mark.parametrize("accent", ["#0b4f6c", "#8C2F24", "#000000"])
def test_an_accent_that_reads_is_taken(accent):
    assert colour.find_accent_fault(accent) == ""


@pytest.mark.parametrize("accent", ["#f2c14e", "#7a8a95", "#ffffff"])
def test_an_accent_that_is_too_pale_is_refused(accent):
    assert "4.5" in colour.find_accent_fault(accent)


@pytest.mark.parametrize("accent", ["", "red", "#fff", "#0b4f6c;", "#0b4f6g", "#0b4f6c\n"])
def test_what_is_no_colour_is_refused(accent):
    assert "#0B4F6C" in colour.find_accent_fault(accent)


@pytest.mark.parametrize("accent", ["#0b4f6c", "#000000", "#8c2f24", "#3e5c9a"])
def test_an_accent_is_lightened_until_it_reads_in_the_dark(accent):
    dark = colour.lighten_for_dark(accent)
    for ground in ("paper", "mist"):
        assert colour.contrast(dark, tokens("dark")[ground]) >= colour.READABLE
