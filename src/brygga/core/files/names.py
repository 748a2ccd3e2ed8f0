"""What a file is called: as its sender did, without what could do harm."""

import re

from brygga.core.files.types import MediaType
from brygga.core.text import TextTooLongError, clean

LONGEST = 120
_UNWANTED = re.compile(r'[<>:"/\\|?*\n\t%;\u200e\u200f\u061c]+')


def safe_name(name: str, kind: MediaType) -> str:
    """Keep the name's words, and give it the ending that its content has."""
    try:
        visible = clean(name[:1_000], limit=1_000)
    except TextTooLongError:
        visible = ""
    words = " ".join(_UNWANTED.sub(" ", visible).split())
    stem = _without_ending(words, kind).strip(" .")
    return f"{stem[: LONGEST - len(kind.ending)].strip(' .') or 'fil'}{kind.ending}"


def _without_ending(words: str, kind: MediaType) -> str:
    stem, dot, ending = words.rpartition(".")
    known = {kind.ending, ".jpeg", ".jpg", ".jpe"} if kind.ending == ".jpg" else {kind.ending}
    return stem if dot and f".{ending.lower()}" in known else words
