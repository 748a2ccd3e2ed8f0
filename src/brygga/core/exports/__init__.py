"""Lists as files: a table is declared once and written as CSV or as a spreadsheet."""

from brygga.core.exports.csv_file import disarmed, write_csv
from brygga.core.exports.responses import Format, export_file, wanted_format
from brygga.core.exports.tables import Column, Kind, Table, declared_tables
from brygga.core.exports.xlsx_file import write_xlsx

__all__ = [
    "Column",
    "Format",
    "Kind",
    "Table",
    "declared_tables",
    "disarmed",
    "export_file",
    "wanted_format",
    "write_csv",
    "write_xlsx",
]
