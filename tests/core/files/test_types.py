from io import BytesIO

import pytest

from brygga.core.files.types import AUDIO, JPEG, OFFICE, PDF, PNG, WEBP, FileRefusedError, tell_type
from tests.factories import files
from tests.factories.files import CONTENT_TYPES, package, photo, picture, word

WAVE = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0" + b"\0" * 40


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (photo(), JPEG),
        (picture("PNG"), PNG),
        (picture("WEBP"), WEBP),
        (files.PDF, PDF),
        (word(), OFFICE[0]),
        (package(**{CONTENT_TYPES: "", "xl/workbook.xml": ""}), OFFICE[1]),
        (package(**{CONTENT_TYPES: "", "ppt/presentation.xml": ""}), OFFICE[2]),
        (package(mimetype="application/vnd.oasis.opendocument.text"), OFFICE[3]),
        (b"ID3\x04\0\0\0\0\0\0" + b"\0" * 40, AUDIO[0]),
        (b"\xff\xfb\x90\x00" + b"\0" * 400, AUDIO[0]),
        (b"\0\0\0\x20ftypM4A \0\0\0\0M4A mp42isom" + b"\0" * 40, AUDIO[1]),
        (b"OggS\0\2" + b"\0" * 22 + b"\x01vorbis" + b"\0" * 40, AUDIO[2]),
        (WAVE, AUDIO[3]),
        (b"fLaC\0\0\0\x22" + b"\0" * 40, AUDIO[4]),
    ],
)
def test_a_type_is_told_by_content(content, kind):
    assert tell_type(BytesIO(content)) == kind


@pytest.mark.parametrize(
    "content",
    [
        files.SVG,
        b'<?xml version="1.0"?>' + files.SVG,
        files.HTML,
        b"",
        b"GIF89a" + b"\0" * 20,
        b"MZ\x90\0" + b"\0" * 60,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,  # the old Office, or an encrypted one
        b"just text",
        b"<script>alert(1)</script>" + files.PDF,
        b"\0" + picture("PNG"),
        b"PK\x03\x04" + b"\0" * 60,
        package(**{"program.exe": "x"}),
        package(mimetype="text/html"),
        package(**{CONTENT_TYPES: "", "other.xml": ""}),
        word(**{"word/vbaProject.bin": "macro"}),
        word(**{"word/bomb.xml": b"\0" * (3 * 2**20)}),
    ],
)
def test_everything_else_is_refused_in_words(content):
    with pytest.raises(FileRefusedError) as refused:
        tell_type(BytesIO(content))
    assert str(refused.value)


def test_a_packed_file_with_countless_parts_is_refused_without_unpacking():
    many = word(**{f"part{number}": "" for number in range(5_001)})
    with pytest.raises(FileRefusedError, match=r"packa|unpack"):
        tell_type(BytesIO(many))


def test_a_kind_that_a_field_does_not_take_is_refused_by_name():
    with pytest.raises(FileRefusedError, match="PNG"):
        tell_type(BytesIO(files.PDF), (PNG,))
