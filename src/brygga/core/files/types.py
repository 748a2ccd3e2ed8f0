"""What a file is, told by its content. Its name and what the browser says of it are not asked."""

import zipfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import IO

import puremagic
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brygga.core.files.enums import Kind

HEAD = 4_096
MOST_ENTRIES = 5_000
MOST_UNPACKED = 500 * 2**20
HIGHEST_RATIO = 150  # XML packs to a twentieth; a bomb to a thousandth
SMALL_ENTRY = 2**20

_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


class FileRefusedError(Exception):
    """The file is not kept; `reason` says why, in words for whoever sent it."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True)
class MediaType:
    name: str
    kind: Kind
    ending: str
    label: str | Promise


JPEG = MediaType("image/jpeg", Kind.PICTURE, ".jpg", "JPEG")
PNG = MediaType("image/png", Kind.PICTURE, ".png", "PNG")
WEBP = MediaType("image/webp", Kind.PICTURE, ".webp", "WebP")
PDF = MediaType("application/pdf", Kind.DOCUMENT, ".pdf", "PDF")
OFFICE = (
    MediaType(f"{_OPEN_XML}wordprocessingml.document", Kind.DOCUMENT, ".docx", "Word"),
    MediaType(f"{_OPEN_XML}spreadsheetml.sheet", Kind.DOCUMENT, ".xlsx", "Excel"),
    MediaType(f"{_OPEN_XML}presentationml.presentation", Kind.DOCUMENT, ".pptx", "PowerPoint"),
    MediaType(f"{_OPEN_DOCUMENT}text", Kind.DOCUMENT, ".odt", "OpenDocument"),
    MediaType(f"{_OPEN_DOCUMENT}spreadsheet", Kind.DOCUMENT, ".ods", "OpenDocument"),
    MediaType(f"{_OPEN_DOCUMENT}presentation", Kind.DOCUMENT, ".odp", "OpenDocument"),
)
AUDIO = (
    MediaType("audio/mpeg", Kind.AUDIO, ".mp3", "MP3"),
    MediaType("audio/mp4", Kind.AUDIO, ".m4a", "M4A"),
    MediaType("audio/ogg", Kind.AUDIO, ".ogg", "Ogg"),
    MediaType("audio/wav", Kind.AUDIO, ".wav", "WAV"),
    MediaType("audio/flac", Kind.AUDIO, ".flac", "FLAC"),
)
PICTURES = (JPEG, PNG, WEBP)
ALL_TYPES = (*PICTURES, PDF, *OFFICE, *AUDIO)
_BY_NAME = {kind.name: kind for kind in ALL_TYPES}
_SAME_AS = {"audio/wave": "audio/wav", "audio/x-wav": "audio/wav", "application/ogg": "audio/ogg"}

_PARTS = {  # the part of an Office file that only its own kind has
    "word/document.xml": OFFICE[0],
    "xl/workbook.xml": OFFICE[1],
    "ppt/presentation.xml": OFFICE[2],
}


def media_type(name: str) -> MediaType:
    return _BY_NAME[name]


def tell_type(content: IO[bytes], accepts: Collection[MediaType] = ALL_TYPES) -> MediaType:
    """Tell which of the types this is. Raises FileRefusedError for all others."""
    found = _tell_known_type(content)
    if found not in accepts:
        labels = ", ".join(sorted({str(each.label) for each in accepts}))
        raise FileRefusedError(
            _("Send a file of one of these kinds: %(kinds)s.") % {"kinds": labels}
        )
    return found


def _tell_known_type(content: IO[bytes]) -> MediaType:
    content.seek(0)
    head = content.read(HEAD)
    content.seek(0)
    if head.startswith(b"PK\x03\x04"):
        return _office_type(content)
    found = _by_signature(head)
    if found is None:
        raise FileRefusedError(
            _("We cannot take a file of that kind. Send a picture, a PDF, an Office file or sound.")
        )
    return found


def _by_signature(head: bytes) -> MediaType | None:
    """A type must be what the magic numbers say and begin as it has to, with nothing before."""
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None
    said = {_SAME_AS.get(match.mime_type, match.mime_type) for match in matches}
    if any(match.extension == ".m4a" for match in matches):
        said.add("audio/mp4")
    return next(
        (_BY_NAME[name] for name, begins in _BEGINNINGS.items() if name in said and begins(head)),
        None,
    )


_BEGINNINGS: dict[str, Callable[[bytes], bool]] = {
    "image/jpeg": lambda head: head.startswith(b"\xff\xd8\xff"),
    "image/png": lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"),
    "image/webp": lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP",
    "application/pdf": lambda head: head.startswith(b"%PDF-"),
    "audio/wav": lambda head: head.startswith(b"RIFF") and head[8:12] == b"WAVE",
    "audio/flac": lambda head: head.startswith(b"fLaC"),
    "audio/ogg": lambda head: head.startswith(b"OggS"),
    "audio/mp4": lambda head: head[4:11] == b"ftypM4A",
    "audio/mpeg": lambda head: (
        head.startswith(b"ID3")
        or (head[:1] == b"\xff" and head[1:2] in (b"\xfb", b"\xf3", b"\xf2"))
    ),
}


def _office_type(content: IO[bytes]) -> MediaType:
    try:
        with zipfile.ZipFile(content) as package:
            return _told_by_parts(package)
    except (zipfile.BadZipFile, ValueError, RuntimeError, NotImplementedError, OSError) as error:
        raise FileRefusedError(_("The file is damaged. Save it anew and send it again.")) from error
    finally:
        content.seek(0)


def _told_by_parts(package: zipfile.ZipFile) -> MediaType:
    parts = package.infolist()
    if len(parts) > MOST_ENTRIES or _unpacks_to_too_much(parts):
        raise FileRefusedError(_("The file unpacks to far more than it should. We cannot take it."))
    names = {part.filename for part in parts}
    if any(name.lower().endswith(("vbaproject.bin", ".exe", ".js", ".vbs")) for name in names):
        raise FileRefusedError(
            _("The file holds macros or programs. Save it without them and send it again.")
        )
    if "[Content_Types].xml" in names:
        found = next((kind for part, kind in _PARTS.items() if part in names), None)
    else:
        found = _open_document_type(package, names)
    if found is None:
        raise FileRefusedError(_("We cannot take a packed file. Send the files in it one by one."))
    return found


def _unpacks_to_too_much(parts: list[zipfile.ZipInfo]) -> bool:
    return sum(part.file_size for part in parts) > MOST_UNPACKED or any(
        part.file_size > SMALL_ENTRY and part.file_size > HIGHEST_RATIO * max(part.compress_size, 1)
        for part in parts
    )


def _open_document_type(package: zipfile.ZipFile, names: set[str]) -> MediaType | None:
    if "mimetype" not in names:
        return None
    with package.open("mimetype") as part:
        told = part.read(100).decode("ascii", "replace").strip()
    return _BY_NAME.get(told) if told.startswith(_OPEN_DOCUMENT) else None
