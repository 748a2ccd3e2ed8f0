from pathlib import Path

import pytest

from brygga.core.richtext.blocks import tidy
from brygga.core.richtext.markup import read_markup, write_markup

CLIPBOARDS = Path(__file__).parent / "clipboard"
CLEAN = (
    "<h3>Bakgrund</h3>"
    "<p>Torget byggdes <strong>1962</strong>. Det är <em>slitet</em>.</p>"
    "<ul><li>Handeln</li><li>Trafiken</li></ul>"
    "<ol><li>Först lyssnar vi</li></ol>"
    '<p><a href="https://example.org/torget">Läs mer om torget</a></p>'
)


@pytest.mark.parametrize("program", ["word", "libreoffice"])
def test_what_a_word_processor_puts_on_the_clipboard_comes_out_clean(program: str) -> None:
    clipboard = (CLIPBOARDS / f"{program}.html").read_text()
    assert write_markup(tidy(read_markup(clipboard))) == CLEAN
