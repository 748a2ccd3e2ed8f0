"""The demo's logo, drawings and papers: drawn here, and handed in as anybody hands in files."""

from datetime import datetime
from io import BytesIO

from PIL import Image, ImageDraw

from brygga.accounts.models import Organisation, User
from brygga.accounts.operations.organisations import set_logo
from brygga.config.demo.script import Calendar, Script
from brygga.core.files.operations import Checked
from brygga.core.files.types import PDF, PNG
from brygga.dialogues.enums import DocumentKind
from brygga.dialogues.models import Dialogue
from brygga.dialogues.operations.documents import DocumentFacts, NewDocument, add_documents
from brygga.dialogues.queries.mandates import mandate_pdf

LAKE, SPRUCE, FALU, PAPER, SUN = "#0B4F6C", "#2F5D50", "#8C2F24", "#FBFAF7", "#F2C14E"
SHARP = 4  # drawn larger and made smaller, so that the edges are even


def add_logo(organisation: Organisation, at: datetime) -> None:
    """Give the fictional municipality arms of its own: a jetty under the sun."""
    if organisation.logo_id is None:
        set_logo(organisation=organisation, checked=_checked(_arms(), "logotyp"), by=None, at=at)


def add_papers(dialogue: Dialogue, script: Script, leader: User, calendar: Calendar) -> None:
    """Add what the script lists: a drawing or the mandate as a PDF."""
    for each in script.get("document", ()):
        at = calendar.moment(each["day"])
        is_drawing = each["shows"] == "school"
        paper = (
            _checked(_school(), each["file"])
            if is_drawing
            else _pdf(mandate_pdf(dialogue, at=at), each["file"])
        )
        facts = DocumentFacts(
            title=each["title"],
            kind=DocumentKind(each["kind"]),
            language="sv",
            is_public=each["public"],
            alternative=each.get("alternative", ""),
        )
        add_documents(dialogue=dialogue, new=[NewDocument(facts, paper)], by=leader, at=at)


def _checked(picture: Image.Image, name: str) -> Checked:
    written = BytesIO()
    picture.save(written, "PNG", optimize=True)
    size = written.tell()
    return Checked(written, PNG, f"{name}.png", size, picture.width, picture.height)


def _pdf(content: bytes, name: str) -> Checked:
    return Checked(BytesIO(content), PDF, f"{name}.pdf", len(content))


def _arms() -> Image.Image:
    drawn = Image.new("RGBA", (160 * SHARP, 176 * SHARP))
    pen = ImageDraw.Draw(drawn)
    pen.rounded_rectangle(_box(0, 0, 160, 176), 24 * SHARP, fill=LAKE)
    pen.ellipse(_box(55, 22, 105, 72), fill=SUN)
    pen.rectangle(_box(0, 92, 160, 104), fill=PAPER)
    for left in (28, 74, 120):
        pen.rectangle(_box(left, 104, left + 12, 148), fill=PAPER)
    return drawn.resize((160, 176), Image.Resampling.LANCZOS)


def _school() -> Image.Image:
    drawn = Image.new("RGB", (960 * SHARP, 540 * SHARP), "#DDEAF0")
    pen = ImageDraw.Draw(drawn)
    pen.ellipse(_box(-200, 260, 760, 760), fill="#7FA694")
    pen.ellipse(_box(420, 290, 1300, 800), fill=SPRUCE)
    pen.rectangle(_box(0, 430, 960, 540), fill=LAKE)
    pen.rectangle(_box(300, 250, 640, 400), fill=FALU)
    pen.polygon([_at(280, 250), _at(470, 160), _at(660, 250)], fill="#3B3B3B")
    for left in (325, 395, 515, 585):
        pen.rectangle(_box(left, 285, left + 34, 330), fill=PAPER)
    pen.rectangle(_box(452, 320, 488, 400), fill=PAPER)
    pen.rectangle(_box(690, 415, 900, 428), fill="#C9B79C")
    for left in (710, 780, 850):
        pen.rectangle(_box(left, 428, left + 10, 480), fill="#C9B79C")
    return drawn.resize((960, 540), Image.Resampling.LANCZOS)


def _at(across: int, down: int) -> tuple[int, int]:
    return across * SHARP, down * SHARP


def _box(left: int, top: int, right: int, bottom: int) -> tuple[int, int, int, int]:
    return left * SHARP, top * SHARP, right * SHARP, bottom * SHARP
