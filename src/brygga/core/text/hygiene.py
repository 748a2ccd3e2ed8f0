"""Cleaning of what people type or paste, before it is stored."""

import re
import unicodedata

# Characters that reorder their surroundings (Unicode Technical Report #36, section 2.5.1). The
# marks that right-to-left text needs (U+200E, U+200F, U+061C) and joiners are not among them.
_REORDERING = "\u202a-\u202e\u2066-\u2069"
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_UNSTORABLE = "\ud800-\udfff\ufeff\ufffe\uffff"
_UNWANTED = re.compile(f"[{_CONTROLS}{_REORDERING}{_UNSTORABLE}]")

_NEWLINES = re.compile("\r\n?|\x85|\u2028|\u2029")

# No language stacks more marks on a letter (UAX #15, stream-safe text), and normalising longer
# stacks takes quadratic time.
_MOST_MARKS = 30

# Normalising shortens no text more than this many times.
_MOST_SHRINKAGE = 4


class TextTooLongError(ValueError):
    """The text has more characters than its field allows."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"The text is longer than {limit} characters.")
        self.limit = limit


def clean(text: str, *, limit: int) -> str:
    """Make `text` fit to store: no control or reordering characters, NFC, newlines as LF.

    Text in any language and direction stays as it is. Raises TextTooLongError when the cleaned text
    has more than `limit` characters; far too long a text is refused before any work is done on it.
    """
    if len(text) > limit * _MOST_SHRINKAGE:
        raise TextTooLongError(limit)
    lines = _NEWLINES.sub("\n", text)
    visible = _UNWANTED.sub("", lines)
    composed = unicodedata.normalize("NFC", _without_towers(visible))
    if len(composed) > limit:
        raise TextTooLongError(limit)
    return composed


def _without_towers(text: str) -> str:
    if text.isascii():
        return text
    kept: list[str] = []
    height = 0
    for char in text:
        height = height + 1 if unicodedata.combining(char) else 0
        if height <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)
