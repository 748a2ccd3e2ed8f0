"""Papers for a word processor (.docx): real styles, language, and pictures told in words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from brygga.core.text import is_right_to_left

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
REGIONS = {"sv": "sv-SE", "en": "en-GB", "ar": "ar-SA"}


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in one of the word processor's own styles, such as “Heading 1”."""

    text: str
    style: str = "Normal"
    language: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture with what it says in words."""

    png: bytes
    alt: str
    width_mm: float
    title: str = "QR"


def write_docx(
    blocks: Iterable[Paragraph | Picture],
    *,
    title: str,
    author: str,
    language: str,
    accent: str,
    at: datetime,
) -> bytes:
    """Write a paper whose text can be changed, with its title, author and language set."""
    document = Document()
    _describe(document, _plain(title), _plain(author), language, at)
    _dress(document, accent)
    for block in blocks:
        if isinstance(block, Picture):
            _add_picture(document, block)
        else:
            _add_paragraph(document, block, language)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _plain(text: str) -> str:
    return _NOT_IN_XML.sub("", text)


def _describe(document: Any, title: str, author: str, language: str, at: datetime) -> None:
    facts = document.core_properties
    facts.title, facts.author = title[:255], author[:255]
    facts.language = REGIONS.get(language, language)
    facts.created = facts.modified = at.replace(tzinfo=None)
    facts.comments = ""


def _dress(document: Any, accent: str) -> None:
    for section in document.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    for name in ("Title", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name = "Arial"
        style.font.color.rgb = RGBColor.from_string(accent.removeprefix("#"))
        fonts = style.element.rPr.rFonts
        for theme in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[theme]


def _add_paragraph(document: Any, block: Paragraph, language: str) -> None:
    paragraph = document.add_paragraph(style=block.style)
    run = paragraph.add_run(_plain(block.text))
    marks = run._element.get_or_add_rPr()  # noqa: SLF001 - the library sets no language itself
    tongue = OxmlElement("w:lang")
    code = block.language or language
    tongue.set(qn("w:val"), REGIONS.get(code, code))
    if is_right_to_left(block.text):
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001 - as above
        marks.append(OxmlElement("w:rtl"))
        tongue.set(qn("w:bidi"), REGIONS["ar"])
    marks.append(tongue)


def _add_picture(document: Any, block: Picture) -> None:
    shape = document.add_picture(BytesIO(block.png), width=Mm(block.width_mm))
    told = shape._inline.docPr  # noqa: SLF001 - the library has no alternative text
    told.set("descr", _plain(block.alt))
    told.set("title", _plain(block.title))
