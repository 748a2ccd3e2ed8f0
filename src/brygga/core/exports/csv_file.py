"""CSV as a Swedish Excel opens it by a double click, and everything else reads too.

Semicolons between cells and a decimal comma, since that is what Excel expects with Swedish
settings; UTF-8, with a byte order mark unless a program is to read it; CR LF after each row.
"""

import csv
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from io import TextIOWrapper
from typing import IO

from django.utils.translation import gettext

from brygga.core.exports.tables import Cell, Row, Table

# A spreadsheet takes a text that begins so for a formula, also after spaces; the last four are
# the wide forms that some turn into the plain ones.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(table: Table[Row], rows: Iterable[Row], out: IO[bytes], *, mark: bool = True) -> None:
    text = TextIOWrapper(out, encoding="utf-8-sig" if mark else "utf-8", newline="")
    lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines.writerow([disarmed(str(column.title)) for column in table.columns])
    for row in rows:
        lines.writerow([_written(cell) for cell in table.cells(row)])
    text.flush()
    text.detach()  # `out` is the caller's to close


def disarmed(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would calculate."""
    is_formula = text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS)
    return f"'{text}" if is_formula else text


def _written(cell: Cell) -> str:
    match cell:
        case bool():
            return gettext("Yes") if cell else gettext("No")
        case str():
            return disarmed(cell)
        case int() | Decimal():
            return f"{cell:f}".replace(".", ",") if isinstance(cell, Decimal) else str(cell)
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M}"
        case _:
            return "" if cell is None else cell.isoformat()
