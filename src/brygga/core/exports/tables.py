"""A declared table: which columns, in which order, under which names. It is a contract.

Others build on these columns, so they are never renamed, moved or removed under the same version;
each table's golden file in the tests holds them still. A new column comes last.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, TypeAlias, TypeVar

from django.utils.functional import Promise

from brygga.core.calendar import to_swedish

Row = TypeVar("Row")
Cell: TypeAlias = str | int | Decimal | bool | date | datetime | None


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"  # given as an aware time, written as Swedish local time
    YES_OR_NO = "yes_or_no"


TYPES: dict[Kind, tuple[type, ...]] = {
    Kind.TEXT: (str, Promise),
    Kind.NUMBER: (int, Decimal),
    Kind.DAY: (date,),
    Kind.MOMENT: (datetime,),
    Kind.YES_OR_NO: (bool,),
}


@dataclass(frozen=True)
class Column(Generic[Row]):
    """`key` names the column to machines and never changes; `title` names it to people."""

    key: str
    title: str | Promise
    kind: Kind
    value: Callable[[Row], object]

    def cell(self, row: Row) -> Cell:
        """Give the row's value as it is to be written; raises TypeError for the wrong kind."""
        value = self.value(row)
        if value is None:
            return None
        is_day_with_time = self.kind is Kind.DAY and isinstance(value, datetime)
        is_truth_as_number = self.kind is Kind.NUMBER and isinstance(value, bool)
        if not isinstance(value, TYPES[self.kind]) or is_day_with_time or is_truth_as_number:
            raise TypeError(f"{self.key} is no {self.kind}: {type(value).__name__}")
        if isinstance(value, datetime):
            return to_swedish(value).replace(tzinfo=None, second=0, microsecond=0)
        return str(value) if self.kind is Kind.TEXT else value  # type: ignore[return-value]  # one of TYPES


_DECLARED: dict[str, "Table[object]"] = {}


@dataclass(frozen=True)
class Table(Generic[Row]):
    """Declared once, in an app's `exports` module; `name` also begins the file's name."""

    name: str
    version: int
    title: str | Promise
    columns: tuple[Column[Row], ...]

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        if len(set(keys)) != len(keys):
            raise ValueError(f"Two columns of {self.name} have the same key.")

    def declare(self) -> "Table[Row]":
        """Take the table among those whose columns the tests hold still."""
        if _DECLARED.setdefault(self.name, self) is not self:  # type: ignore[arg-type]  # of any row
            raise ValueError(f"Two tables are called {self.name}.")
        return self

    def cells(self, row: Row) -> Iterator[Cell]:
        return (column.cell(row) for column in self.columns)


def declared_tables() -> Mapping[str, Table[object]]:
    return MappingProxyType(_DECLARED)
