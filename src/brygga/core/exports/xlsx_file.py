"""Spreadsheets, written row by row so that a long list takes no more memory than a short one.

Text is stored as text and never as a formula or a link, so that it needs no guard and no change.
A second sheet tells what each column is, for those who build on it.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from django.utils.translation import gettext
from xlsxwriter import Workbook

from brygga.core.exports.tables import Cell, Kind, Row, Table

LONGEST_TEXT = 32_767  # characters that a cell can hold
CUT = " […]"
WIDTHS = {Kind.TEXT: 30, Kind.NUMBER: 12, Kind.DAY: 12, Kind.MOMENT: 17, Kind.YES_OR_NO: 8}
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_xlsx(table: Table[Row], rows: Iterable[Row], out: IO[bytes]) -> None:
    book = Workbook(out, OPTIONS)
    formats = {
        Kind.DAY: book.add_format({"num_format": "yyyy-mm-dd"}),
        Kind.MOMENT: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        "heading": book.add_format({"bold": True}),
    }
    sheet = book.add_worksheet(gettext("The list"))
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, WIDTHS[column.kind])
        sheet.write_string(0, place, str(column.title), formats["heading"])
    for number, row in enumerate(rows, start=1):
        for place, (column, cell) in enumerate(zip(table.columns, table.cells(row), strict=True)):
            _write(sheet, number, place, cell, formats.get(column.kind))
    _describe(book, table, formats["heading"])
    book.close()


def _write(sheet: Any, number: int, place: int, cell: Cell, form: Any) -> None:
    match cell:
        case None:
            return
        case bool():
            sheet.write_string(number, place, gettext("Yes") if cell else gettext("No"))
        case str():
            sheet.write_string(number, place, fitting(cell))
        case int() | Decimal():
            sheet.write_number(number, place, cell)
        case datetime() | date():
            sheet.write_datetime(number, place, cell, form)


def fitting(text: str) -> str:
    """Cut what no cell can hold, and show that it was cut."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - len(CUT)] + CUT


def _describe(book: Any, table: Table[Row], heading: Any) -> None:
    sheet = book.add_worksheet(gettext("The columns"))
    sheet.set_column(0, 2, WIDTHS[Kind.TEXT])
    for place, title in enumerate((gettext("Column"), gettext("Key"), gettext("Kind of value"))):
        sheet.write_string(0, place, title, heading)
    for number, column in enumerate(table.columns, start=1):
        for place, text in enumerate((str(column.title), column.key, str(column.kind))):
            sheet.write_string(number, place, text)
    sheet.write_string(len(table.columns) + 2, 0, f"{table.name} {table.version}")
