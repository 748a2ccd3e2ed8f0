"""Finds a mark wherever it lies: in any table or file, packed or coded in any usual way."""

import base64
import binascii
import gzip
import io
import re
import zipfile
import zlib
from pathlib import Path

import pypdf
from django.conf import settings
from django.db import connection

CODED = re.compile(rb"[A-Za-z0-9+/_=\-]{12,}(?:\r?\n[A-Za-z0-9+/_=\-]+)*")


def holds(mark, content, depth=3):
    """Tell whether the bytes hold the mark, also inside ZIP, GZIP, PDF, base64 and hex."""
    if mark.encode().lower() in content.lower():
        return True
    return depth > 0 and any(holds(mark, inner, depth - 1) for inner in unpacked(content))


def unpacked(content):
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            yield from (name.encode() for name in package.namelist())
            yield from (package.read(name) for name in package.namelist())
    elif content.startswith(b"\x1f\x8b"):
        yield gzip.decompress(content)
    elif content.startswith(b"%PDF-"):
        yield from pages_of(content)
    else:
        yield from decoded(content)


def pages_of(content):
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        yield "\n".join(page.extract_text() for page in reader.pages).encode()
        yield repr(reader.metadata).encode()
    except pypdf.errors.PyPdfError:
        return


def decoded(content):
    for found in CODED.findall(content):
        word = re.sub(rb"\s", b"", found).rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
        try:
            plain = base64.b64decode(word[: len(word) - (len(word) % 4 == 1)] + b"==")
        except binascii.Error:
            continue
        yield plain
        if plain[:1] == b"\x78":  # what Django's signed values are packed with
            try:
                yield zlib.decompress(plain)
            except zlib.error:
                continue


def places_with(mark):
    """Name every table and file in which the mark is found."""
    in_tables = {table for table in tables() if any(holds(mark, cell) for cell in cells(table))}
    return in_tables | {
        place for place, path in files() if mark in place or holds(mark, path.read_bytes())
    }


def tables():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return [name for (name,) in cursor.fetchall()]


def cells(table):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        for row in cursor.fetchall():
            for value in row:
                if isinstance(value, bytes | memoryview):
                    yield bytes(value)
                elif value is not None and not isinstance(value, bool | int | float):
                    yield str(value).encode()


def files():
    folder = Path(settings.BRYGGA_DATA)
    for path in folder.rglob("*"):
        if path.is_file():
            yield str(path.relative_to(folder)), path
