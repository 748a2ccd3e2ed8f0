"""Swedish alphabetical order as a stored key.

PostgreSQL compares the key byte by byte (COLLATE "C"), so the order needs no ICU and no locale of
the operating system. The levels follow the Unicode Collation Algorithm (UTS #10) with the Swedish
tailoring of CLDR: letters first, then accents, then case.
"""

import re
import unicodedata

# The three letters after z are the three ASCII characters after "z".
_LAST_LETTERS = {"å": "{", "ä": "|", "ö": "}"}

# Letters that Swedish files beside another one: what they count as, and an accent to tell them by.
_FILED_AS = {
    "æ": ("|", "1"),
    "ø": ("}", "1"),
    "ő": ("}", "2"),
    "ü": ("y", "1"),
    "ű": ("y", "2"),
    "đ": ("d", "1"),
    "ð": ("d", "2"),
    "þ": ("th", "1"),
    "ł": ("l", "1"),
    "œ": ("oe", "1"),
    "ı": ("i", "1"),
}

_LEVEL_END = "\x01"  # below every character of a level, so that a prefix sorts first
_PLAIN, _CAPITAL = "0", "1"
_LONGEST_SHORT_NUMBER = 8
_VOWEL_SIGNS = ("Mc", "Mn")  # where they do not combine with the letter, as in Devanagari

_NUMBER = re.compile(r"[0-9]+")


def sort_key(text: str) -> str:
    """Make the key under which `text` files in Swedish order; compare keys COLLATE "C".

    Åmål comes before Älvdalen before Örebro, v and w are two letters, é counts as e, step 2 comes
    before step 10, and punctuation counts as a space. Accents decide between equal letters, and
    case (small before capital) between equal accents.
    """
    letters: list[str] = []
    accents: list[str] = []
    cases: list[str] = []
    for char in unicodedata.normalize("NFKC", text):
        case = _CAPITAL if char != char.lower() else _PLAIN
        for letter, accent in _weigh(char):
            if letter == " " and (not letters or letters[-1] == " "):
                continue
            letters.append(letter)
            accents.append(accent)
            cases.append(case)
    levels = ("".join(letters).rstrip(" "), "".join(accents), "".join(cases))
    primary, *finer = levels
    tail = _LEVEL_END.join(level.rstrip(_PLAIN) for level in finer)
    return f"{_NUMBER.sub(_by_size, primary)}{_LEVEL_END}{tail}"


def _weigh(char: str) -> list[tuple[str, str]]:
    """Split one character into what it files as; one accent each, so that levels stay aligned."""
    weights: list[tuple[str, str]] = []
    for folded in unicodedata.normalize("NFC", char.casefold()):
        if folded in _LAST_LETTERS:
            weights.append((_LAST_LETTERS[folded], _PLAIN))
        elif folded in _FILED_AS:
            letters, accent = _FILED_AS[folded]
            weights.extend((letter, accent) for letter in letters)
        elif folded.isdecimal():
            weights.append((str(unicodedata.decimal(folded)), _PLAIN))
        elif unicodedata.combining(folded):
            continue
        elif folded.isalpha() or unicodedata.category(folded) in _VOWEL_SIGNS:
            weights.append(_without_accents(folded))
        else:
            weights.append((" ", _PLAIN))
    return weights


def _without_accents(letter: str) -> tuple[str, str]:
    base, *marks = list(unicodedata.normalize("NFD", letter))
    if base.isascii() and marks:
        return base, marks[0]
    return letter, _PLAIN


def _by_size(number: re.Match[str]) -> str:
    """Put the count of digits first: of two numbers, the one with fewer digits is smaller."""
    digits = number[0].lstrip("0") or "0"
    if len(digits) <= _LONGEST_SHORT_NUMBER:
        return f"{len(digits)}{digits}"
    return f"9{len(digits):09}{digits}"
