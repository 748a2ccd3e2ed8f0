from datetime import UTC, datetime

import pytest

from brygga.core.documents import compile_pdf

AT = datetime(2026, 4, 1, tzinfo=UTC)


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "paper.typ"
    path.write_text(
        "#let data = json(bytes(sys.inputs.data))\n#set document(title: data.title)\n= #data.title"
    )
    return path


def test_a_paper_is_fit_for_the_archive_and_readable_by_all(template):
    pdf = compile_pdf(template, {"title": "Uppdrag i Åmål"}, at=AT)

    assert pdf.startswith(b"%PDF-1.7")
    assert b"pdfaid:part" in pdf
    assert b"pdfuaid:part" in pdf


def test_the_same_data_at_the_same_moment_give_the_same_bytes(template):
    once, again = (compile_pdf(template, {"title": "Uppdrag"}, at=AT) for _ in range(2))

    assert once == again


def test_what_is_typed_is_never_read_as_markup(template):
    assert compile_pdf(template, {"title": '#panic("x") $ * _ <a> @b'}, at=AT)


def test_a_letter_without_a_font_costs_the_standard_and_not_the_paper(template):
    pdf = compile_pdf(template, {"title": "\ue000"}, at=AT)

    assert pdf.startswith(b"%PDF")
    assert b"pdfaid:part" not in pdf
