"""Every table that can be taken along: its columns are a contract, and no cell calculates.

To add a column at the end, write it into the golden file too. To rename, move or remove one, give
the table a new version, and say so in the release notes.
"""

import csv
import json
from dataclasses import replace
from importlib import import_module
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
from django.utils import translation

from brygga.core.exports import Kind, declared_tables, write_csv, write_xlsx
from tests.architecture.floors import SOURCE

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = [
    '=HYPERLINK("https://example.test";"Öppna")',
    "+46 8 123",
    "-1+1",
    "@SUM(A1)",
    "  =1+1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\xa0=1+1",
    "＝1+1",
]

for path in SOURCE.rglob("exports.py"):
    import_module(".".join(("brygga", *path.relative_to(SOURCE).with_suffix("").parts)))
TABLES = dict(declared_tables())


def contract_of(table):
    def titles(language):
        with translation.override(language):
            return [str(column.title) for column in table.columns]

    columns = zip(table.columns, titles("sv"), titles("en"), strict=True)
    return {
        "name": table.name,
        "version": table.version,
        "columns": [
            {"key": column.key, "kind": str(column.kind), "sv": swedish, "en": english}
            for column, swedish, english in columns
        ],
    }


def test_each_table_has_a_golden_file_and_each_golden_file_a_table():
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_no_column_of_a_table_is_renamed_moved_or_removed(name):
    golden = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    assert contract_of(TABLES[name]) == golden


def of_hostile_rows(table):
    """Let each text column give the row itself, and every other column nothing."""

    def give_the_text(row):
        return row

    def give_nothing(_row):
        return None

    columns = tuple(
        replace(column, value=give_the_text if column.kind is Kind.TEXT else give_nothing)
        for column in table.columns
    )
    return replace(table, columns=columns)


@pytest.mark.parametrize("name", TABLES)
def test_no_text_in_a_csv_file_is_taken_for_a_formula(name):
    out = BytesIO()
    write_csv(of_hostile_rows(TABLES[name]), HOSTILE, out)
    _head, *rows = csv.reader(StringIO(out.getvalue().decode("utf-8-sig")), delimiter=";")
    cells = {cell for row in rows for cell in row if cell}
    assert cells == {f"'{text}" for text in HOSTILE}


@pytest.mark.parametrize("name", TABLES)
def test_no_text_in_a_spreadsheet_is_a_formula_or_a_link(name):
    out = BytesIO()
    write_xlsx(of_hostile_rows(TABLES[name]), HOSTILE, out)
    sheet = openpyxl.load_workbook(out).worksheets[0]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert len(cells) == len(HOSTILE) * sum(
        column.kind is Kind.TEXT for column in TABLES[name].columns
    )
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)
