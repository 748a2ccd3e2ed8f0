"""What can be wrong with an instrument's file, and where: all of it is told at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from brygga.engines.risk.lines import Path

MOST_FAULTS = 100


class Wrong(StrEnum):
    """Every kind of fault as a sentence; %(…)s are filled from a fault's values.

    The sentences are English; who shows them in another language translates them by these.
    """

    NOT_UTF8 = "The file is not text in UTF-8."
    TOO_LARGE = "The file has %(size)s characters; at most %(most)s are allowed."
    LONG_LINE = "The line has %(size)s characters; at most %(most)s are allowed."
    TOO_DEEP = "Things stand inside each other in more than %(most)s levels."
    NOT_TOML = "This is not TOML: %(reason)s."
    MORE_FAULTS = "There are more than %(most)s faults; the rest is not shown."

    MISSING = "“%(key)s” is missing."
    MISSING_LANGUAGE = "The text in the language “%(key)s” is missing."
    UNKNOWN_KEY = "“%(key)s” is not known here."
    UNKNOWN_KEY_GUESS = "“%(key)s” is not known here. Do you mean “%(guess)s”?"
    NOT_A_TABLE = "This should be a table with keys of its own."
    NOT_A_LIST = "This should be a list."
    NOT_A_TEXT = "This should be a text in quotation marks."
    NOT_A_NUMBER = "This should be a whole number."
    NUMBER_OUTSIDE = "This is %(number)s; it must be from %(lowest)s to %(highest)s."
    TOO_FEW = "There are %(number)s of this; at least %(fewest)s are needed."
    TOO_MANY = "There are %(number)s of this; at most %(most)s are allowed."
    EMPTY_TEXT = "The text is empty."
    LONG_TEXT = "The text has %(size)s characters; at most %(most)s are allowed."
    INVISIBLE = "The text holds a character that cannot be seen."
    NOT_AN_ID = (
        "“%(id)s” is no id: an id begins with a small letter from a to z and holds small letters, "
        "digits and _, at most %(most)s of them."
    )
    NOT_A_CHOICE = "“%(value)s” is not among %(choices)s."
    NOT_A_VERSION = "A version is a whole number from 1, or a date like 2026-11-22."
    NOT_A_LINK = "An address begins with https:// and holds no spaces."

    DUPLICATE = "“%(id)s” stands there already, on line %(first)s."
    NOT_DEFINED = "“%(id)s” is not defined anywhere in the file."
    NEVER_USED = "“%(id)s” is defined but never used."
    RESERVED = "“%(id)s” is kept for the answer “do not know”."

    LEVELS_START = "The lowest level begins at %(found)s; it must begin at %(wanted)s."
    LEVELS_HOLE = "There is a hole: no level holds %(wanted)s points."
    LEVELS_OVERLAP = "The levels overlap: %(found)s points belong to the level before too."
    LEVEL_FALLS = "The level ends at %(to)s, before it begins at %(from_)s."
    LEVELS_END = "The highest level ends at %(found)s; all the highest answers give %(wanted)s."
    POINTS_DO_NOT_RISE = (
        "This gives %(points)s points and the alternative before it %(before)s: "
        "points must rise from one alternative to the next."
    )
    FLOOR_FALLS = "An earlier alternative sets at least the level “%(before)s”; so must this one."
    AXES = "The axes of this kind of instrument are %(wanted)s, in that order."
    NO_STATEMENTS = "The axis “%(id)s” has no statements."
    ONE_STATEMENT = "A screening has one statement; here are %(number)s."
    NO_AIDS = "A screening has at least one thinking aid."
    SCALE = "The alternatives must be those of the scale, in its order: %(wanted)s."
    RESULT_MISSING = "No result is given for %(where)s."
    RESULT_TWICE = "The result for %(where)s stands there already, on line %(first)s."
    WAY_OR_NEXT = "A result says which way to go on, or which assessment comes next."
    MILDER_WAY = "The way on from %(where)s is milder than the one from %(before)s, a lower one."


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: its line from 1, its place by name and number from 1, and what is wrong there."""

    line: int
    place: str
    wrong: Wrong
    values: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def message(self) -> str:
        return self.wrong % self.values

    def __str__(self) -> str:
        where = f"line {self.line}, {self.place}" if self.place else f"line {self.line}"
        return f"{where}: {self.message}"


class InstrumentError(ValueError):
    """An instrument's file is refused; faults holds everything that is wrong, by line."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class Faults:
    """Gathers faults by path, and knows on which line a path stands."""

    def __init__(self, lines: Mapping[Path, int]) -> None:
        self._lines = lines
        self._found: list[tuple[Path, Fault]] = []

    def add(self, path: Path, wrong: Wrong, **values: str | int) -> None:
        """Note a fault; of a path that is not in the file, what would hold it is the place."""
        shown = {name: _short(value) for name, value in values.items()}
        fault = Fault(self.line(path), place_of(path), wrong, shown)
        self._found.append((path, fault))

    def line(self, path: Path) -> int:
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def spare(self, *prefixes: Path) -> bool:
        """Tell whether nothing at or under any of these paths is wrong so far."""
        return not any(
            path[: len(prefix)] == prefix for path, _ in self._found for prefix in prefixes
        )

    def raise_if_any(self) -> None:
        if not self._found:
            return
        faults = sorted((fault for _, fault in self._found), key=lambda fault: fault.line)
        if len(faults) > MOST_FAULTS:
            line = faults[MOST_FAULTS].line
            more = Fault(line, "", Wrong.MORE_FAULTS, {"most": MOST_FAULTS})
            faults = [*faults[:MOST_FAULTS], more]
        raise InstrumentError(tuple(faults))


def place_of(path: Path) -> str:
    """Name a path as a reader of the file would: level[2].name.sv."""
    place = ""
    for part in path:
        place += f"[{part + 1}]" if isinstance(part, int) else f".{_short(part)}"
    return place.removeprefix(".")


def _short(value: str | int) -> str | int:
    if isinstance(value, int):
        return value
    visible = value if value.isprintable() else ascii(value)
    return visible if len(visible) <= 200 else visible[:199] + "…"
