"""Rich text as a flat list of blocks, the middle between its HTML and its written form."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import groupby
from typing import TypeVar

_SPACES = re.compile(r"[ \t\r\f\v]+")
_HREF = re.compile(r"(?i)(?:https://[^\s/?#]|mailto:[^\s@]+@)\S*")
_UNSAFE_IN_HREF = re.compile(r"[\x00-\x20()<>\"'`\\\x7f]")

Key = TypeVar("Key")


class Kind(Enum):
    PARAGRAPH = "p"
    HEADING = "h3"
    SUBHEADING = "h4"
    BULLET = "ul"
    NUMBERED = "ol"
    QUOTE = "blockquote"


@dataclass(frozen=True)
class Run:
    """A stretch of text that looks the same all the way; a line break is a newline."""

    text: str
    strong: bool = False
    em: bool = False
    href: str = ""


@dataclass(frozen=True)
class Block:
    kind: Kind
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def tidy(blocks: Iterable[Block]) -> list[Block]:
    """Bring blocks into the one form that a text is stored in."""
    tidied: list[Block] = []
    seen_heading = False
    for block in blocks:
        runs = tuple(_tidy_runs(block.kind, block.runs))
        if not runs:
            continue
        kind = block.kind
        if kind == Kind.SUBHEADING and not seen_heading:
            kind = Kind.HEADING
        seen_heading = seen_heading or kind == Kind.HEADING
        tidied.append(Block(kind, runs))
    return tidied


def safe_href(address: str) -> str:
    """Give an address that may be linked to, or nothing."""
    joined = "".join(address.split())
    if not _HREF.fullmatch(joined):
        return ""
    return _UNSAFE_IN_HREF.sub(lambda found: f"%{ord(found[0]):02X}", joined)


def grouped(blocks: Iterable[Block]) -> Iterator[tuple[Kind, list[Block]]]:
    """Give consecutive blocks of the same kind together, as lists and quotes need them."""
    for kind, together in groupby(blocks, key=lambda block: block.kind):
        yield kind, list(together)


def _tidy_runs(kind: Kind, runs: Iterable[Run]) -> list[Run]:
    """Join runs that look the same, and keep white space out of the edges of all others."""
    plain_edges = _merged(
        part for run in _merged(runs) for part in _bare(run, Run(run.text, href=run.href))
    )
    tidied = []
    for run in _merged(_bare_links(plain_edges)):
        text = _tidy_breaks(_SPACES.sub(" ", run.text))
        in_heading = kind in (Kind.HEADING, Kind.SUBHEADING)
        tidied.append(replace(run, text=text.replace("\n", " ") if in_heading else text))
    if tidied:
        tidied[0] = replace(tidied[0], text=tidied[0].text.lstrip())
        tidied[-1] = replace(tidied[-1], text=tidied[-1].text.rstrip())
    return _merged(tidied)


def _tidy_breaks(text: str) -> str:
    """One line break at a time, without white space around it."""
    if "\n" not in text:
        return text
    first, *between, last = text.split("\n")
    middle = [line for line in map(str.strip, between) if line]
    return "\n".join([first.rstrip(), *middle, last.lstrip()])


def _bare(run: Run, bare: Run) -> Iterator[Run]:
    """Give the white space at a run's edges the look of `bare`."""
    text = run.text.strip()
    start = run.text.find(text) if text else len(run.text)
    yield replace(bare, text=run.text[:start])
    yield replace(run, text=text)
    yield replace(bare, text=run.text[start + len(text) :])


def _bare_links(runs: Iterable[Run]) -> Iterator[Run]:
    for href, together in groupby(runs, key=lambda run: run.href):
        linked = list(together)
        if not href:
            yield from linked
            continue
        first, last = linked[0].text, linked[-1].text
        yield Run(first[: len(first) - len(first.lstrip())])
        linked[0] = replace(linked[0], text=linked[0].text.lstrip())
        linked[-1] = replace(linked[-1], text=linked[-1].text.rstrip())
        yield from linked
        yield Run(last[len(last.rstrip()) :])


def _merged(runs: Iterable[Run]) -> list[Run]:
    merged: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        last = merged[-1] if merged else None
        if last and replace(last, text="") == replace(run, text=""):
            merged[-1] = replace(last, text=last.text + run.text)
        else:
            merged.append(run)
    return merged
