"""Rich text as it is typed in a plain textarea, where there is no editor.

    # Heading        ## Subheading      - list item     1. numbered item     > quote
    **bold**         *italics*          [words](https://example.org)

An empty line ends a paragraph; a backslash takes a sign's meaning away. Blocks that are written and
read again are the same blocks.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from brygga.core.richtext.blocks import Block, Kind, Run, safe_href

_MARKS = (
    (re.compile(r"# "), Kind.HEADING),
    (re.compile(r"#{2,6} "), Kind.SUBHEADING),
    (re.compile(r"[-*•] "), Kind.BULLET),
    (re.compile(r"\d{1,3}[.)] "), Kind.NUMBERED),
    (re.compile(r"> ?"), Kind.QUOTE),
)
_WRITTEN_MARK = {
    Kind.PARAGRAPH: "",
    Kind.HEADING: "# ",
    Kind.SUBHEADING: "## ",
    Kind.BULLET: "- ",
    Kind.QUOTE: "> ",
}
_LITERAL = re.compile(r"[\\*\[]")
_LITERAL_IN_LINK = re.compile(r"[\\*\[\]]")
_TOKEN = re.compile(
    r"\\(?P<plain>[\\*\[\]#>.)•-])"
    r"|\[(?P<words>(?:\\.|[^\[\]\\])+)\]\((?P<href>[^\s()]+)\)"
    r"|(?P<stars>\*{1,3})"
)
_MOST_ATTEMPTS = 8


def read_written(text: str) -> list[Block]:
    return [
        Block(kind, tuple(_read_inline(lines)))
        for kind, lines in _read_blocks(text.replace("\r\n", "\n").split("\n"))
    ]


def write_written(blocks: Iterable[Block]) -> str:
    pieces: list[str] = []
    last: Kind | None = None
    number = 0
    for block in blocks:
        number = number + 1 if block.kind == Kind.NUMBERED == last else 1
        mark = _WRITTEN_MARK.get(block.kind, f"{number}. ")
        lines = [_escape_start(line) for line in _write_inline(block.runs).split("\n")]
        between = "\n> " if block.kind == Kind.QUOTE else "\n"
        is_list = block.kind in (Kind.BULLET, Kind.NUMBERED)
        pieces.append("" if last is None else "\n" if is_list and block.kind == last else "\n\n")
        pieces.append(mark + between.join(lines))
        last = block.kind
    return "".join(pieces)


def _escape_start(line: str) -> str:
    """Keep a line from being read as a heading, a list item or a quote."""
    kind, _rest = _marked(line)
    if kind is None:
        return line
    number = re.match(r"\d*", line)
    digits = number[0] if number else ""
    return f"{digits}\\{line[len(digits) :]}"


def _write_inline(runs: Iterable[Run]) -> str:
    written = []
    for href, together in groupby(runs, key=lambda run: run.href):
        if href:
            written.append(f"[{_emphasised(together, _LITERAL_IN_LINK)}]({href})")
        else:
            written.append(_emphasised(together, _LITERAL))
    return "".join(written)


def _emphasised(runs: Iterable[Run], literal: re.Pattern[str]) -> str:
    written = []
    strong = em = False
    for run in (*runs, Run("")):
        written.append("*" * (2 * (run.strong != strong) + (run.em != em)))
        written.append(literal.sub(r"\\\g<0>", run.text))
        strong, em = run.strong, run.em
    return "".join(written)


def _read_blocks(lines: Iterable[str]) -> Iterator[tuple[Kind, str]]:
    kind: Kind | None = None
    gathered: list[str] = []
    for line in (line.strip() for line in lines):
        found, rest = _marked(line)
        continues = (
            bool(line)
            and kind not in (None, Kind.HEADING, Kind.SUBHEADING)
            and (found is None or found == kind == Kind.QUOTE)
        )
        if not continues and kind is not None:
            yield kind, "\n".join(gathered)
            kind, gathered = None, []
        if line:
            kind = kind or found or Kind.PARAGRAPH
            gathered.append(rest)
    if kind is not None:
        yield kind, "\n".join(gathered)


def _marked(line: str) -> tuple[Kind | None, str]:
    for mark, kind in _MARKS:
        if found := mark.match(line):
            return kind, line[found.end() :]
    return None, line


def _read_inline(text: str) -> list[Run]:
    tokens = list(_TOKEN.finditer(text))
    literal: set[int] = set()
    for _attempt in range(_MOST_ATTEMPTS):
        runs, left_open = _runs(text, tokens, literal)
        if not left_open:
            return runs
        literal |= left_open
    stars = {token.start() for token in tokens if token["stars"]}
    return _runs(text, tokens, stars)[0]


def _runs(text: str, tokens: list[re.Match[str]], literal: set[int]) -> tuple[list[Run], set[int]]:
    """Read runs; gives also where emphasis began that never ended."""
    runs: list[Run] = []
    opened = {"strong": -1, "em": -1}
    position = 0

    def add(words: str) -> None:
        runs.append(Run(words, opened["strong"] >= 0, opened["em"] >= 0))

    for token in tokens:
        add(text[position : token.start()])
        position = token.end()
        if token["plain"]:
            add(token["plain"])
        elif token["words"]:
            outside = Run("", opened["strong"] >= 0, opened["em"] >= 0, safe_href(token["href"]))
            runs.extend(_linked(token["words"], outside))
        elif token.start() in literal or not _turn(text, token, opened):
            add(token["stars"])
    add(text[position:])
    return runs, {start for start in opened.values() if start >= 0}


def _linked(words: str, outside: Run) -> Iterator[Run]:
    for run in _read_inline(words):
        yield Run(run.text, run.strong != outside.strong, run.em != outside.em, outside.href)


def _turn(text: str, token: re.Match[str], opened: dict[str, int]) -> bool:
    """Turn emphasis on or off at stars; False where they stand as in "5 * 3"."""
    names = {1: ("em",), 2: ("strong",), 3: ("strong", "em")}[len(token["stars"])]
    start, end = token.span()
    space_before = not text[max(start - 1, 0) : start].strip()
    space_after = not text[end : end + 1].strip()
    for name in names:
        if space_before if opened[name] >= 0 else space_after:
            return False
    for name in names:
        opened[name] = -1 if opened[name] >= 0 else start
    return True
