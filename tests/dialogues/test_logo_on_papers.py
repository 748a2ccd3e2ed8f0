"""An organisation's logo stands on its papers, told in words; without one, its name alone."""

import io

import docx
import pypdf
import pytest
from django.core.files.storage import default_storage
from django.utils.translation import override
from PIL import Image

from brygga.accounts.operations.organisations import set_logo
from brygga.accounts.queries.letterhead import HIGHEST, WIDEST, logo_for_paper
from brygga.core.files.operations import Checked
from brygga.core.files.types import JPEG, PNG, WEBP
from brygga.dialogues.enums import StepKind
from brygga.dialogues.models import Handover
from brygga.dialogues.queries.handovers import note_pdf
from brygga.dialogues.queries.kit_files import FILES, kit_file
from tests.factories.accounts import UserFactory
from tests.factories.dialogues import NOW, dialogue_in

pytestmark = pytest.mark.django_db
RED = (200, 30, 40, 255)


def give_logo(organisation, size=(320, 96), kind=PNG, named="PNG"):
    content = io.BytesIO()
    mode = "RGB" if kind == JPEG else "RGBA"
    Image.new(mode, size, RED[: len(mode)]).save(content, named)
    checked = Checked(content, kind, "logotyp", content.tell(), *size)
    return set_logo(organisation=organisation, checked=checked, by=None, at=NOW)


@pytest.fixture
def dialogue():
    return dialogue_in(StepKind.PERSPECTIVES, organisation__name="Exempelby kommun")


def papers(dialogue):
    """Give every paper of the kit in two languages, and the note of a handover."""
    for language in ("sv", "en"):
        for name in FILES:
            yield f"{language} {name}", kit_file(dialogue, language, name, at=NOW).content
    handover = Handover(
        dialogue=dialogue, leaver=UserFactory(), successor=UserFactory(), note="Hej", asked_at=NOW
    )
    with override("sv"):
        yield "sv note.pdf", note_pdf(handover, at=NOW)


def figures_of(pdf):
    """Give the alternative texts of the figures in a tagged PDF, and the pictures beside them."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    told = [
        str(found["/Alt"])
        for number in range(len(reader.xref_objStm) + len(reader.xref.get(0, {})) + 1)
        if isinstance(found := reader.get_object(number), pypdf.generic.DictionaryObject)
        and "/Alt" in found
    ]
    return told, sum(len(page.images) for page in reader.pages)


def described(name, content):
    """Give the descriptions of a paper's pictures."""
    if name.endswith(".pdf"):
        return figures_of(content)[0]
    shapes = docx.Document(io.BytesIO(content)).inline_shapes
    return [shape._inline.docPr.get("descr") for shape in shapes]


def words_of(name, content):
    if name.endswith(".pdf"):
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        return " ".join(page.extract_text() for page in pages)
    return " ".join(each.text for each in docx.Document(io.BytesIO(content)).paragraphs)


def test_every_paper_has_the_logo_with_words_and_the_name_or_the_name_alone(dialogue):
    for name, content in papers(dialogue):
        assert "Exempelby kommun" in words_of(name, content), name
        assert not [each for each in described(name, content) if "Logo" in each], name

    dialogue.organisation = give_logo(dialogue.organisation)

    for name, content in papers(dialogue):
        told = {"sv": "Logotyp för Exempelby kommun", "en": "Logo of Exempelby kommun"}[name[:2]]
        assert told in described(name, content), name
        assert "Exempelby kommun" in words_of(name, content), name
        if name.endswith(".pdf"):
            assert figures_of(content)[1] == 1, name
            assert b"pdfaid:part" in content, name  # still fit for the archive
            assert b"pdfuaid:part" in content, name


@pytest.mark.parametrize(
    ("size", "kind", "named"),
    [((2_000, 40), PNG, "PNG"), ((40, 2_000), WEBP, "WEBP"), ((300, 300), JPEG, "JPEG")],
)
def test_a_logo_of_any_shape_fits_and_keeps_its_shape(dialogue, size, kind, named):
    logo = logo_for_paper(give_logo(dialogue.organisation, size, kind, named))

    assert logo.width <= WIDEST
    assert logo.height <= HIGHEST
    assert logo.width == WIDEST or logo.height == HIGHEST
    assert Image.open(io.BytesIO(logo.png)).format == "PNG"


def test_a_logo_whose_file_is_lost_costs_the_logo_and_not_the_paper(dialogue):
    organisation = give_logo(dialogue.organisation)
    default_storage.delete(organisation.logo.stored_as)
    dialogue.organisation = organisation

    assert logo_for_paper(organisation) is None
    assert kit_file(dialogue, "sv", "brev.pdf", at=NOW).content.startswith(b"%PDF")
