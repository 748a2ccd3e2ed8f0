import csv
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pytest
from asgiref.sync import async_to_sync
from django.test import RequestFactory
from django.utils import translation

from brygga.core.exports import Column, Format, Kind, Table, export_file, wanted_format
from brygga.core.exports.csv_file import write_csv
from brygga.core.exports.responses import PIECE, file_name
from brygga.core.exports.xlsx_file import LONGEST_TEXT, write_xlsx

DAY = date(2026, 3, 2)
# A quarter to midnight in UTC is the next day in Sweden.
LATE = datetime(2026, 7, 1, 22, 45, 30, tzinfo=UTC)


@dataclass
class Meeting:
    name: str
    heads: object
    on: object
    at: object
    is_open: object = True


def column(kind, key):
    return Column(key, key.title(), kind, lambda row: getattr(row, key))


TABLE = Table(
    "meetings",
    1,
    "Meetings",
    (
        column(Kind.TEXT, "name"),
        column(Kind.NUMBER, "heads"),
        column(Kind.DAY, "on"),
        column(Kind.MOMENT, "at"),
        column(Kind.YES_OR_NO, "is_open"),
    ),
)
ROWS = [
    Meeting("Åsa; säger “hej”\nigen", -5, DAY, LATE),
    Meeting('"Örebro"', Decimal("-12.50"), None, None, is_open=False),
]


def as_csv(rows, **options):
    out = BytesIO()
    with translation.override("sv"):
        write_csv(TABLE, rows, out, **options)
    return out.getvalue()


def as_sheet(rows):
    out = BytesIO()
    with translation.override("sv"):
        write_xlsx(TABLE, rows, out)
    return openpyxl.load_workbook(out)


def test_csv_is_what_a_swedish_excel_opens():
    content = as_csv(ROWS)
    assert content.startswith(b"\xef\xbb\xbfName;Heads;On;At;Is_Open\r\n")
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[1] == ["Åsa; säger “hej”\nigen", "-5", "2026-03-02", "2026-07-02 00:45", "Ja"]
    assert rows[2] == ['"Örebro"', "-12,50", "", "", "Nej"]


def test_a_program_gets_the_same_without_byte_order_mark():
    assert as_csv(ROWS, mark=False) == as_csv(ROWS).removeprefix(b"\xef\xbb\xbf")


def test_in_a_spreadsheet_numbers_are_numbers_and_days_are_days():
    head, first, second = as_sheet(ROWS).worksheets[0].iter_rows(values_only=True)
    assert head == ("Name", "Heads", "On", "At", "Is_Open")
    assert first == (
        "Åsa; säger “hej”\nigen",
        -5,
        datetime(2026, 3, 2),  # noqa: DTZ001 - a spreadsheet knows no time zones
        datetime(2026, 7, 2, 0, 45),  # noqa: DTZ001 - as above
        "Ja",
    )
    assert second == ('"Örebro"', -12.5, None, None, "Nej")


def test_a_spreadsheet_tells_what_its_columns_are():
    rows = list(as_sheet([]).worksheets[1].iter_rows(values_only=True))
    assert rows[2] == ("Heads", "heads", "number")
    assert rows[-1][0] == "meetings 1"


def test_a_text_that_no_cell_can_hold_is_cut_and_says_so():
    longest = "å" * LONGEST_TEXT
    sheet = as_sheet([Meeting(longest, 1, DAY, LATE), Meeting(longest + "ö", 1, DAY, LATE)])
    assert sheet.worksheets[0]["A2"].value == longest
    assert len(sheet.worksheets[0]["A3"].value) == LONGEST_TEXT
    assert sheet.worksheets[0]["A3"].value.endswith(" […]")


def test_control_characters_break_no_spreadsheet():
    assert as_sheet([Meeting("a\x0bb\x1f", 1, DAY, LATE)]).worksheets[0].max_row == 2


@pytest.mark.parametrize(
    "wrong",
    [
        Meeting(1, 1, DAY, LATE),
        Meeting("x", "1", DAY, LATE),
        Meeting("x", 1.5, DAY, LATE),
        Meeting("x", True, DAY, LATE),
        Meeting("x", 1, LATE, LATE),
        Meeting("x", 1, DAY, DAY),
        Meeting("x", 1, DAY, LATE, is_open="yes"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(wrong):
    with pytest.raises(TypeError):
        as_csv([wrong])


def test_two_columns_cannot_share_a_key():
    with pytest.raises(ValueError, match="same key"):
        Table("twice", 1, "Twice", (column(Kind.TEXT, "name"), column(Kind.TEXT, "name")))


@pytest.mark.parametrize(
    ("asked", "form"),
    [
        ("", None),
        ("?export=csv", Format.CSV),
        ("?export=csv-plain", Format.PLAIN_CSV),
        ("?export=xlsx", Format.XLSX),
        ("?export=pdf", None),
        ("?export=../../etc/passwd", None),
    ],
)
def test_an_address_asks_for_a_file_or_for_the_page(asked, form):
    assert wanted_format(RequestFactory().get(f"/{asked}")) is form


@pytest.mark.parametrize(
    "about",
    ['byskolan"; filename="x.exe', "../../byskolan", "by\r\nskolan", "Byskölån Ж", "x" * 500],
)
def test_a_files_name_holds_nothing_hostile(about):
    name = file_name("voices", about, DAY, "csv")
    assert name.startswith("voices-")
    assert name.endswith("-2026-03-02.csv")
    assert len(name) < 90
    assert set(name.removesuffix(".csv")) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@pytest.fixture
def answers(db):
    """Closed at the end as a server closes them."""
    with ExitStack() as opened:
        yield lambda form, rows: opened.enter_context(
            closing(export_file(form, TABLE, rows, about="Åsen", day=DAY))
        )


def test_a_file_is_kept_by_the_browser_and_by_nobody_else(answers):
    answer = answers(Format.CSV, ROWS)
    assert answer["Content-Disposition"] == 'attachment; filename="meetings-asen-2026-03-02.csv"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert int(answer["Content-Length"]) == len(b"".join(answer))


async def pieces_of(answer):
    return [piece async for piece in answer]


def test_a_long_list_is_sent_in_pieces_by_both_kinds_of_server(answers):
    rows = [Meeting("x" * 100, number, DAY, LATE) for number in range(3_000)]
    for_wsgi = list(answers(Format.CSV, rows))
    for_asgi = async_to_sync(pieces_of)(answers(Format.CSV, rows))
    assert for_wsgi == for_asgi
    assert len(for_wsgi) > 1
    assert max(map(len, for_wsgi)) <= PIECE


def test_the_file_behind_an_answer_is_closed_with_it(answers):
    answer = answers(Format.XLSX, ROWS)
    assert not answer._content.closed
    answer.close()
    assert answer._content.closed
