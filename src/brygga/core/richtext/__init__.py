"""Text with headings, lists and links: cleaned when it comes in, and once more when it is shown.

`stored` makes what a model keeps of what a form, a clipboard or a plain text brings; `shown` is for
a page, `plain` for search, exports, mail and PDF, `written` for a textarea without an editor.
A text that was stored before it could be rich is shown as its paragraphs.
"""

import re

from django.utils.safestring import SafeString

from brygga.core.richtext.blocks import Block, Kind, Run, tidy
from brygga.core.richtext.markup import for_reading, is_markup, read_markup, write_markup
from brygga.core.richtext.written import read_written, write_written

TOP_LEVEL = 3

__all__ = ["from_plain", "plain", "shown", "stored", "written"]


def stored(text: str) -> str:
    """Make HTML to keep: of HTML when it begins as such, else of text in its written form."""
    blocks = read_markup(text) if is_markup(text) else read_written(text)
    return write_markup(tidy(blocks))


def from_plain(text: str) -> str:
    """Make HTML to keep of text without any marks; empty lines part paragraphs."""
    return write_markup(tidy(_plain_blocks(text)))


def shown(text: str, top: int = TOP_LEVEL) -> SafeString:
    """Make HTML for a page, whose first heading has level `top`."""
    markup = text if is_markup(text) else from_plain(text)
    return SafeString(for_reading(markup, top))


def plain(text: str) -> str:
    """Give the words alone, with an empty line between blocks and signs before list items."""
    pieces = []
    last = None
    number = 0
    for block in _blocks(text):
        number = number + 1 if block.kind == last == Kind.NUMBERED else 1
        mark = {Kind.BULLET: "– ", Kind.NUMBERED: f"{number}. "}.get(block.kind, "")
        between = "\n" if mark and block.kind == last else "\n\n"
        pieces.append((between if last else "") + mark + block.text)
        last = block.kind
    return "".join(pieces)


def written(text: str) -> str:
    """Give stored text as one would type it; `stored` makes the same HTML of it again."""
    return write_written(_blocks(text))


def _blocks(text: str) -> list[Block]:
    return tidy(read_markup(text) if is_markup(text) else _plain_blocks(text))


def _plain_blocks(text: str) -> list[Block]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return [Block(Kind.PARAGRAPH, (Run(piece),)) for piece in re.split(r"\n[^\S\n]*\n", lines)]
