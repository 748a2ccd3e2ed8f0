"""Reader of the CSV files that Pol.is exports: comments.csv, votes.csv, participants-votes.csv.

A file is read whole or not at all: the first fault ends the reading with a PolisError that names
file, line and fault.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from brygga.engines.opinion.votes import Ints, VoteMatrix, vote_matrix

LARGEST = 2**62  # ids and moments beyond it are not numbers that anybody counted to
VOTES = {"1": 1, "0": 0, "-1": -1}
VOTE_COLUMNS = ("timestamp", "comment-id", "voter-id", "vote")
csv.field_size_limit(1_000_000)


class PolisError(Exception):
    """A file that cannot be read, with the line (from 1) if the fault lies on one."""

    def __init__(self, path: Path, line: int | None, fault: str) -> None:
        self.path, self.line, self.fault = path, line, fault
        where = path.name if line is None else f"{path.name}, line {line}"
        super().__init__(f"{where}: {fault}")


@dataclass(frozen=True, slots=True)
class PolisStatement:
    """One statement; moderated is 1 accepted, 0 not moderated, -1 out; created in Unix ms."""

    id: int
    text: str
    moderated: int
    author: int | None
    created: int | None


@dataclass(frozen=True, eq=False)
class PolisVotes:
    """Every vote as cast, (n,) each; moments in Unix ms, all 0 where the export has none."""

    participants: Ints
    statements: Ints
    votes: Ints
    moments: Ints


@dataclass(frozen=True, eq=False)
class PolisExport:
    """A conversation: its statements by id, and the votes on them."""

    statements: tuple[PolisStatement, ...]
    votes: PolisVotes

    @property
    def moderated_out(self) -> list[int]:
        return [statement.id for statement in self.statements if statement.moderated == -1]

    def matrix(self) -> VoteMatrix:
        cast = self.votes
        return vote_matrix(
            cast.participants,
            cast.statements,
            cast.votes,
            moments=cast.moments,
            known_statements=[statement.id for statement in self.statements],
        )


@dataclass(frozen=True, slots=True)
class _Row:
    """A record of a CSV file, by column name, with the line it starts on."""

    path: Path
    line: int
    fields: dict[str, str]

    def fail(self, fault: str) -> PolisError:
        return PolisError(self.path, self.line, fault)

    def number(self, column: str, *, lowest: int = 0) -> int:
        text = self.fields[column].strip()
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 20):
            raise self.fail(f"{column} is {_shown(text)}, must be a whole number")
        number = int(text)
        if not lowest <= number < LARGEST:
            raise self.fail(f"{column} is {text}, must be at least {lowest} and below 2^62")
        return number

    def optional_number(self, column: str) -> int | None:
        return self.number(column) if self.fields.get(column, "").strip() else None

    def vote(self, column: str) -> int:
        text = self.fields[column].strip()
        if text not in VOTES:
            raise self.fail(f"{column} is {_shown(text)}, must be 1, 0 or -1")
        return VOTES[text]


def read_export(votes: Path, statements: Path) -> PolisExport:
    """Read a conversation; votes is a votes.csv, or a participants-votes.csv in its place."""
    known = read_statements(statements)
    cast = read_votes(votes, {statement.id for statement in known})
    return PolisExport(known, cast)


def read_statements(path: Path) -> tuple[PolisStatement, ...]:
    """Read a comments.csv; raises PolisError."""
    found: dict[int, PolisStatement] = {}
    for row in _rows(path, ("comment-id", "moderated", "comment-body")):
        statement = PolisStatement(
            id=row.number("comment-id"),
            text=row.fields["comment-body"],
            moderated=row.vote("moderated"),
            author=row.optional_number("author-id"),
            created=row.optional_number("timestamp"),
        )
        if statement.id in found:
            raise row.fail(f"comment-id {statement.id} stands there a second time")
        found[statement.id] = statement
    return tuple(found[key] for key in sorted(found))


def read_votes(path: Path, known: set[int]) -> PolisVotes:
    """Read votes on the known statements, from either form of the export; raises PolisError."""
    _line, columns = _header(path)
    records = _matrix(path, known) if "participant" in columns else _events(path, known)
    table = np.array(list(records), dtype=np.int64).reshape(-1, 4)
    return PolisVotes(table[:, 0], table[:, 1], table[:, 2], table[:, 3])


def _events(path: Path, known: set[int]) -> Iterator[tuple[int, int, int, int]]:
    for row in _rows(path, VOTE_COLUMNS):
        statement = row.number("comment-id")
        if statement not in known:
            raise row.fail(f"comment-id {statement} is not among the statements")
        yield row.number("voter-id"), statement, row.vote("vote"), row.number("timestamp")


def _matrix(path: Path, known: set[int]) -> Iterator[tuple[int, int, int, int]]:
    columns = _statement_columns(path, known)
    seen: set[int] = set()
    for row in _rows(path, ("participant",)):
        participant = row.number("participant")
        if participant in seen:
            raise row.fail(f"participant {participant} stands there a second time")
        seen.add(participant)
        for name, statement in columns.items():
            if row.fields[name]:
                yield participant, statement, row.vote(name), 0


def _statement_columns(path: Path, known: set[int]) -> dict[str, int]:
    """Return the columns named after statements: from the first number to the last column."""
    line, names = _header(path)
    columns: dict[str, int] = {}
    for name in names:
        if name.isascii() and name.isdigit() and int(name) in known:
            columns[name] = int(name)
        elif columns or name.isdigit():
            raise PolisError(path, line, f"column {_shown(name)} is not among the statements")
    return columns


def _header(path: Path) -> tuple[int, list[str]]:
    for line, names in _records(path):
        if len(set(names)) < len(names):
            raise PolisError(path, line, "two columns have the same name")
        return line, names
    raise PolisError(path, None, "the file is empty")


def _rows(path: Path, required: tuple[str, ...]) -> Iterator[_Row]:
    first, header = _header(path)
    missing = [name for name in required if name not in header]
    if missing:
        raise PolisError(path, first, f"column {missing[0]} is missing")
    for line, record in _records(path):
        if line == first:
            continue
        if len(record) != len(header):
            fault = f"{len(record)} fields instead of {len(header)}"
            raise PolisError(path, line, fault)
        yield _Row(path, line, dict(zip(header, record, strict=True)))


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is not blank, with the line it starts on."""
    line = 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            for record in reader:
                if any("\0" in field for field in record):
                    raise PolisError(path, line, "a NUL byte")
                if record:
                    yield line, record
                line = reader.line_num + 1
    except UnicodeDecodeError as error:
        raise PolisError(path, _line_that_is_not_text(path), "not UTF-8") from error
    except csv.Error as error:
        raise PolisError(path, line, f"not CSV ({error})") from error
    except OSError as error:
        raise PolisError(path, None, error.strerror or "cannot be read") from error


def _line_that_is_not_text(path: Path) -> int | None:
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        try:
            line.decode()
        except UnicodeDecodeError:
            return number
    return None


def _shown(text: str) -> str:
    return repr(text if len(text) <= 30 else text[:30] + "…")
