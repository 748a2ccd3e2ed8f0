"""On which line each key of a TOML text stands, which the standard library's reader does not tell.

The scan follows the text up to the first thing that is no TOML; what is wrong there is for the
standard reader to say. It goes through the text once, whatever stands in it.
"""

import re
import tomllib
from bisect import bisect_right
from contextlib import suppress

Path = tuple[str | int, ...]

MOST_DEPTH = 8

_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"[A-Za-z0-9_-]+|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'")
_SCALAR = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")'
    r"|'''.*?'{3,5}(?!')"
    r'|"(?!"")(?:[^"\\\n]|\\.)*"'
    r"|'(?!'')[^'\n]*'"
    r"|[^\"'\[{,\]}#\n][^,\]}#\n]*",
    re.DOTALL,
)


class TooDeepError(ValueError):
    """Something stands inside more things than MOST_DEPTH; line tells where, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}: nested too deeply")
        self.line = line


class _NoTomlError(Exception):
    """The scan does not understand what stands here."""


def lines_of(text: str) -> dict[Path, int]:
    """Return the line, from 1, of each key, table and item of a TOML text, by its path.

    A path holds keys, and places from 0 in arrays: ("level", 2, "name", "sv"). A table that is
    named only as part of another's name has the line of the first that names it. Of a text that is
    no TOML, what stands before the first fault is returned. Raises TooDeepError.
    """
    scan = _Scan(text)
    with suppress(_NoTomlError):
        scan.document()
    return scan.lines


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self._breaks = [found.start() for found in re.finditer("\n", text)]
        self._items: dict[Path, int] = {}

    def document(self) -> None:
        here: Path = ()
        while self._peek_after(_BLANK):
            if self._peek_after(_BLANK) == "[":
                here = self._header()
            else:
                self._pair(here)

    def _header(self) -> Path:
        start = self.at
        double = self.text.startswith("[[", self.at)
        self.at += 2 if double else 1
        *parents, last = self._keys()
        self._expect("]]" if double else "]")
        path: Path = ()
        for parent in parents:
            path = self._mark((*path, parent), start)
            if path in self._items:
                path = (*path, self._items[path])
        path = self._mark((*path, last), start)
        if not double:
            return path
        self._items[path] = self._items.get(path, -1) + 1
        return self._mark((*path, self._items[path]), start)

    def _pair(self, here: Path) -> None:
        start = self.at
        path = here
        for key in self._keys():
            path = self._mark((*path, key), start)
        self._expect("=")
        self._value(path)

    def _value(self, path: Path) -> None:
        first = self._peek_after(_SPACE)
        if first == "[":
            self._array(path)
        elif first == "{":
            self._inline_table(path)
        else:
            self._take(_SCALAR)

    def _array(self, path: Path) -> None:
        self.at += 1
        place = 0
        while self._peek_after(_BLANK) != "]":
            item = self._mark((*path, place), self.at)
            self._value(item)
            place += 1
            if self._peek_after(_BLANK) != "]":
                self._expect(",")
        self.at += 1

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        while self._peek_after(_SPACE) != "}":
            self._pair(path)
            if self._peek_after(_SPACE) != "}":
                self._expect(",")
        self.at += 1

    def _keys(self) -> list[str]:
        keys = [self._key()]
        while self._peek_after(_SPACE) == ".":
            self.at += 1
            keys.append(self._key())
        return keys

    def _key(self) -> str:
        self._take(_SPACE)
        raw = self._take(_KEY)
        if raw[0] not in "\"'":
            return raw
        try:
            return str(tomllib.loads(f"key = {raw}")["key"])
        except tomllib.TOMLDecodeError:
            raise _NoTomlError from None

    def _mark(self, path: Path, start: int) -> Path:
        line = bisect_right(self._breaks, start - 1) + 1
        if len(path) > MOST_DEPTH:
            raise TooDeepError(line)
        self.lines.setdefault(path, line)
        return path

    def _peek_after(self, blank: re.Pattern[str]) -> str:
        self._take(blank)
        return self.text[self.at : self.at + 1]

    def _expect(self, mark: str) -> None:
        self._take(_SPACE)
        if not self.text.startswith(mark, self.at):
            raise _NoTomlError
        self.at += len(mark)

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise _NoTomlError
        self.at = found.end()
        return found[0]
