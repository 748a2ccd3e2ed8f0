"""The invitation kit as files: PDF to print and send, .docx to change in a word processor."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from brygga.accounts.queries.letterhead import letterhead, logo_for_paper
from brygga.core.documents import compile_pdf
from brygga.core.documents.word import Paragraph, Picture, write_docx
from brygga.core.http.qr import qr_png, qr_svg
from brygga.core.text import is_right_to_left
from brygga.dialogues.enums import KitText
from brygga.dialogues.models import Dialogue
from brygga.dialogues.queries.kit import Kit, Words, kit_of

PAPERS = Path(__file__).parent.parent / "papers"
OUR_ACCENT = "#0b4f6c"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


@dataclass(frozen=True)
class KitFile:
    content: bytes
    content_type: str
    name: str


def kit_file(dialogue: Dialogue, language: str, name: str, *, at: datetime) -> KitFile:
    """Make one of the kit's files anew. Raises KeyError for a name that is none of them."""
    make, content_type = FILES[name]
    kit = kit_of(dialogue, language, on=localdate(at))
    with override(language):
        content = make(dialogue, kit, at)
    stem, _dot, ending = name.rpartition(".")
    return KitFile(content, content_type, f"{stem}-{dialogue.slug}-{language}.{ending}")


def _letter_pdf(dialogue: Dialogue, kit: Kit, at: datetime) -> bytes:
    data = _data(dialogue, kit, kit.texts[KitText.LETTER])
    data["day"] = date_format(localdate(at), "DATE_FORMAT")
    return compile_pdf(PAPERS / "letter.typ", data, at=at)


def _poster_pdf(paper: str) -> Callable[[Dialogue, Kit, datetime], bytes]:
    def make(dialogue: Dialogue, kit: Kit, at: datetime) -> bytes:
        data = _data(dialogue, kit, kit.texts[KitText.POSTER]) | {"paper": paper}
        return compile_pdf(PAPERS / "poster.typ", data, at=at)

    return make


def _docx(kind: KitText, qr_width: int) -> Callable[[Dialogue, Kit, datetime], bytes]:
    def make(dialogue: Dialogue, kit: Kit, at: datetime) -> bytes:
        words = kit.texts[kind]
        return write_docx(
            _blocks(dialogue, kit, words, qr_width),
            title=words.heading,
            author=dialogue.organisation.name,
            language=kit.language,
            accent=dialogue.organisation.accent or OUR_ACCENT,
            at=at,
        )

    return make


def _blocks(
    dialogue: Dialogue, kit: Kit, words: Words, qr_width: int
) -> Iterator[Paragraph | Picture]:
    if logo := logo_for_paper(dialogue.organisation):
        yield Picture(logo.png, logo.alt, logo.width, title=dialogue.organisation.name)
    yield Paragraph(dialogue.organisation.name, "Subtitle")
    yield Paragraph(words.heading, "Title", words.heading_language)
    for part in words.paragraphs:
        yield Paragraph(part)
    yield Paragraph(_("How to take part"), "Heading 1")
    yield Picture(qr_png(kit.short_address), _qr_in_words(kit), qr_width)
    yield Paragraph(kit.short_address)
    yield Paragraph(_("What holds"), "Heading 1")
    for fact in kit.facts:
        yield Paragraph(fact.term, "Heading 2")
        yield Paragraph(fact.text, language=fact.language)
    yield Paragraph(kit.record)


def _data(dialogue: Dialogue, kit: Kit, words: Words) -> dict[str, Any]:
    svg = qr_svg(kit.short_address, _qr_in_words(kit))
    return {
        "title": words.heading,
        "owner": dialogue.organisation.name,
        "logo": letterhead(dialogue.organisation),
        "accent": dialogue.organisation.accent or OUR_ACCENT,
        "language": kit.language,
        "heading": _piece(words.heading, words.heading_language),
        "text": [_piece(part, kit.language) for part in words.paragraphs],
        "characters": len(words.text) + sum(len(fact.text) for fact in kit.facts),
        "facts": [
            {"term": fact.term, "parts": _pieces(fact.text, fact.language)} for fact in kit.facts
        ],
        "record": kit.record,
        "address": kit.short_address,
        "how": _("How to take part"),
        "holds": _("What holds"),
        "qr": svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1),
        "qr_alt": _qr_in_words(kit),
    }


def _pieces(text: str, language: str) -> list[dict[str, Any]]:
    return [_piece(part, language) for part in text.split("\n") if part.strip()]


def _piece(text: str, language: str) -> dict[str, Any]:
    """Say of a text in which language and direction it is, as far as its letters tell."""
    is_rtl = is_right_to_left(text)
    return {"text": text, "language": "ar" if is_rtl else language, "rtl": is_rtl}


def _qr_in_words(kit: Kit) -> str:
    return _("Square code that leads to %(address)s") % {"address": kit.short_address}


Maker = Callable[[Dialogue, Kit, datetime], bytes]

FILES: dict[str, tuple[Maker, str]] = {
    "brev.pdf": (_letter_pdf, PDF),
    "brev.docx": (_docx(KitText.LETTER, 35), WORD),
    "affisch-a4.pdf": (_poster_pdf("a4"), PDF),
    "affisch-a3.pdf": (_poster_pdf("a3"), PDF),
    "affisch.docx": (_docx(KitText.POSTER, 90), WORD),
}
