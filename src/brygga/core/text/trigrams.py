"""Trigrams for search that forgives typos: a text array in PostgreSQL under a GIN index."""

import unicodedata
from collections.abc import Iterator

_OWN_LETTERS = frozenset("åäö")
_UNMARKED = str.maketrans({"æ": "ä", "ø": "ö", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "œ": "oe"})


def trigrams(text: str) -> list[str]:
    """List the distinct trigrams of the words in `text`, sorted.

    Case and accents are folded away, except in å, ä and ö, which are letters of their own. Each
    word is padded with two blanks before and one after, so that its beginning weighs most (the
    same choice as PostgreSQL's pg_trgm, which not every server offers).
    """
    found: set[str] = set()
    for word in _words(text):
        padded = f"  {word} "
        found.update(padded[start : start + 3] for start in range(len(padded) - 2))
    return sorted(found)


def similarity(left: str, right: str) -> float:
    """Share of common trigrams among all trigrams of both texts, 0 to 1 (the Jaccard index)."""
    ours, theirs = set(trigrams(left)), set(trigrams(right))
    return len(ours & theirs) / len(ours | theirs) if ours or theirs else 0.0


def coverage(query: str, text: str) -> float:
    """Share of the trigrams of `query` that `text` holds, 0 to 1: a few words in a long text."""
    wanted = set(trigrams(query))
    return len(wanted.intersection(trigrams(text))) / len(wanted) if wanted else 0.0


def _words(text: str) -> list[str]:
    composed = unicodedata.normalize("NFKC", text.casefold())
    return "".join(_fold(composed)).translate(_UNMARKED).split()


def _fold(composed: str) -> Iterator[str]:
    """Drop accents but from å, ä and ö, and put a blank for what belongs to no word."""
    for char in composed:
        base, *marks = list(unicodedata.normalize("NFD", char))
        if char in _OWN_LETTERS:
            yield char
        elif marks and base.isascii():
            yield base
        elif unicodedata.combining(char):
            continue
        else:
            yield char if char.isalnum() or unicodedata.category(char).startswith("M") else " "
