"""Reads one table of a file key by key; notes what is wrong and goes on with a stand-in."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import islice

from brygga.engines.risk.faults import MOST_FAULTS, Faults, Wrong
from brygga.engines.risk.instrument import LANGUAGES, Text
from brygga.engines.risk.lines import Path

MOST_ID = 60
_ID = re.compile(rf"[a-z][a-z0-9_]{{0,{MOST_ID - 1}}}")
_LINK = re.compile(r"https://[^\s\"'<>]+\.[^\s\"'<>]+")

_MOST_SHRINKAGE = 4  # normalising shortens no sane text more than this many times


class Table:
    """A table at a path. Every reader of a key notes a fault rather than raise."""

    def __init__(self, content: Mapping[str, object], path: Path, faults: Faults) -> None:
        self.content = content
        self.path = path
        self.faults = faults
        self._asked: set[str] = set()

    def has(self, key: str) -> bool:
        self._asked.add(key)
        return key in self.content

    def text(self, key: str, most: int) -> Text:
        """Read a table with the text in each language, at most so many characters long."""
        content = self._get(key)
        if content is None:
            return Text("", "")
        if not isinstance(content, Mapping):
            self.faults.add((*self.path, key), Wrong.NOT_A_TABLE)
            return Text("", "")
        inner = Table(content, (*self.path, key), self.faults)
        text = inner.own_text(most)
        inner.close()
        return text

    def own_text(self, most: int) -> Text:
        """Read the text in each language from keys of this table itself."""
        return Text(*(self._line_of_text(language, most) for language in LANGUAGES))

    def address(self, key: str) -> Text:
        found = self.text(key, 300)
        for language in LANGUAGES:
            address = found.within(language)
            if address and not _LINK.fullmatch(address):
                self.faults.add((*self.path, key, language), Wrong.NOT_A_LINK)
        return found

    def identifier(self, key: str) -> str:
        return self._identifier(self._get(key), (*self.path, key))

    def identifiers(self, key: str, *, fewest: int, most: int) -> tuple[str, ...]:
        items = self._list(key, fewest, most)
        return tuple(
            self._identifier(item, (*self.path, key, place)) for place, item in enumerate(items)
        )

    def choice(self, key: str, choices: Iterable[str]) -> str:
        """Read one of some words; the first of them stands in for a faulty one."""
        known = list(choices)
        value = self.identifier(key)
        if not value:
            return known[0]
        if value not in known:
            listed = ", ".join(known)
            self.faults.add((*self.path, key), Wrong.NOT_A_CHOICE, value=value, choices=listed)
            return known[0]
        return value

    def number(self, key: str, lowest: int, highest: int) -> int:
        value = self._get(key)
        path = (*self.path, key)
        if value is None:
            return lowest
        if not isinstance(value, int) or isinstance(value, bool):
            self.faults.add(path, Wrong.NOT_A_NUMBER)
            return lowest
        if not lowest <= value <= highest:
            self.faults.add(
                path, Wrong.NUMBER_OUTSIDE, number=str(value), lowest=lowest, highest=highest
            )
            return lowest
        return value

    def version(self, key: str) -> str:
        value = self._get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value.isoformat()
        whole = isinstance(value, int) and not isinstance(value, bool)
        if value is not None and not (whole and 1 <= int(str(value)) <= 99_999):
            self.faults.add((*self.path, key), Wrong.NOT_A_VERSION)
        return str(value)

    def tables(self, key: str, *, fewest: int, most: int) -> list["Table"]:
        """Read a list of tables; too long a list is not read at all."""
        found: list[Table] = []
        for place, item in enumerate(self._list(key, fewest, most)):
            path = (*self.path, key, place)
            if isinstance(item, Mapping):
                found.append(Table(item, path, self.faults))
            else:
                self.faults.add(path, Wrong.NOT_A_TABLE)
        return found

    def table(self, key: str) -> "Table":
        content = self._get(key)
        if content is not None and not isinstance(content, Mapping):
            self.faults.add((*self.path, key), Wrong.NOT_A_TABLE)
        held = content if isinstance(content, Mapping) else None
        inner = Table(held or {}, (*self.path, key), self.faults)
        if held is None:
            inner.faults = Faults({})  # one fault for the whole table is enough
        return inner

    def close(self) -> None:
        """Note every key that nobody asked for, as far as anybody would read on."""
        unknown = (key for key in self.content if key not in self._asked)
        for key in islice(unknown, MOST_FAULTS + 1):
            path = (*self.path, key)
            close = difflib.get_close_matches(key[:MOST_ID], sorted(self._asked), n=1)
            if close:
                self.faults.add(path, Wrong.UNKNOWN_KEY_GUESS, key=key, guess=close[0])
            else:
                self.faults.add(path, Wrong.UNKNOWN_KEY, key=key)

    def _get(self, key: str) -> object:
        if not self.has(key):
            self.faults.add((*self.path, key), Wrong.MISSING, key=key)
        return self.content.get(key)

    def _list(self, key: str, fewest: int, most: int) -> list[object]:
        content = self.content.get(key, []) if not fewest else self._get(key)
        self._asked.add(key)
        path = (*self.path, key)
        if content is None:
            return []
        if not isinstance(content, list):
            self.faults.add(path, Wrong.NOT_A_LIST)
            return []
        if len(content) > most:
            self.faults.add(path, Wrong.TOO_MANY, number=len(content), most=most)
            return []
        if len(content) < fewest:
            self.faults.add(path, Wrong.TOO_FEW, number=len(content), fewest=fewest)
        return content

    def _line_of_text(self, language: str, most: int) -> str:
        path = (*self.path, language)
        if not self.has(language):
            self.faults.add(path, Wrong.MISSING_LANGUAGE, key=language)
            return ""
        value = self.content[language]
        if not isinstance(value, str):
            self.faults.add(path, Wrong.NOT_A_TEXT)
            return ""
        if len(value) > most * _MOST_SHRINKAGE:  # before any work is done on it
            self.faults.add(path, Wrong.LONG_TEXT, size=len(value), most=most)
            return ""
        return self._sound(normal(value), path, most)

    def _sound(self, text: str, path: Path, most: int) -> str:
        if not text:
            self.faults.add(path, Wrong.EMPTY_TEXT)
        elif len(text) > most:
            self.faults.add(path, Wrong.LONG_TEXT, size=len(text), most=most)
        elif not text.isprintable():
            self.faults.add(path, Wrong.INVISIBLE)
        return text

    def _identifier(self, value: object, path: Path) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            self.faults.add(path, Wrong.NOT_A_TEXT)
            return ""
        if not _ID.fullmatch(value):
            self.faults.add(path, Wrong.NOT_AN_ID, id=value, most=MOST_ID)
            return ""
        return value


def normal(text: str) -> str:
    """Return a text in one form: composed letters, single spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())
