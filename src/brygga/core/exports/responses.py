"""A list's page answers with the same list as a file when its address says `?export=`.

So the file has the rights, the filter and the order of the page, and no address of its own.
"""

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import date
from enum import StrEnum
from tempfile import TemporaryFile
from typing import IO
from weakref import finalize

from asgiref.sync import sync_to_async
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.text import slugify

from brygga.core.exports.csv_file import write_csv
from brygga.core.exports.tables import Row, Table
from brygga.core.exports.xlsx_file import write_xlsx

ROWS_AT_A_TIME = 2_000
PIECE = 64 * 1024
LONGEST_NAME = 60


class Format(StrEnum):
    CSV = "csv"
    PLAIN_CSV = "csv-plain"  # without byte order mark, for programs
    XLSX = "xlsx"


EXTENSIONS = {Format.CSV: "csv", Format.PLAIN_CSV: "csv", Format.XLSX: "xlsx"}
TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.PLAIN_CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def wanted_format(request: HttpRequest) -> Format | None:
    """Tell which file a page is asked for; None for the page itself."""
    asked = request.GET.get("export", "")
    return Format(asked) if asked in set(Format) else None


def export_file(
    form: Format,
    table: Table[Row],
    rows: Iterable[Row],
    *,
    about: str,
    day: date,
) -> "ExportResponse":
    """Give the rows as a file to keep, named after the table, what it is `about`, and the day.

    All rows come from one question to the database, in the order of the query.
    """
    content = TemporaryFile()  # noqa: SIM115 - closed with the response
    each = rows.iterator(ROWS_AT_A_TIME) if isinstance(rows, QuerySet) else rows
    if form is Format.XLSX:
        write_xlsx(table, each, content)
    else:
        write_csv(table, each, content, mark=form is Format.CSV)
    return ExportResponse(content, file_name(table.name, about, day, EXTENSIONS[form]), TYPES[form])


def file_name(table: str, about: str, day: date, extension: str) -> str:
    """Name a file with letters that every system takes: no å, no path, no quotation marks."""
    name = slugify(f"{table}-{about}")[:LONGEST_NAME].strip("-")
    return f"{name}-{day.isoformat()}.{extension}"


class ExportResponse(StreamingHttpResponse):
    """A finished file, sent in pieces by servers of both kinds."""

    def __init__(self, content: IO[bytes], name: str, content_type: str) -> None:
        size = content.tell()
        content.seek(0)
        self._content = content
        self._close = finalize(self, content.close)  # also where nobody closes the response
        super().__init__(self._pieces(), content_type=content_type)
        self.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        self.headers["Content-Length"] = str(size)
        self.headers["X-Content-Type-Options"] = "nosniff"
        self.headers["Cache-Control"] = "private, no-store"

    def close(self) -> None:
        super().close()
        self._close()

    def _pieces(self) -> Iterator[bytes]:
        while piece := self._content.read(PIECE):
            yield piece

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while piece := await sync_to_async(self._content.read)(PIECE):
            yield piece
