import pytest
from django.utils.http import content_disposition_header
from hypothesis import given
from hypothesis import strategies as st

from brygga.core.files.names import LONGEST, safe_name
from brygga.core.files.types import JPEG, PDF


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Underlag till nämnden.pdf", "Underlag till nämnden.pdf"),
        ("rapport", "rapport.pdf"),
        ("rapport.pdf.exe", "rapport.pdf.exe.pdf"),
        ("../../etc/passwd", "etc passwd.pdf"),
        ("C:\\Users\\anna\\brev.pdf", "C Users anna brev.pdf"),
        ("<svg onload=alert(1)>.pdf", "svg onload=alert(1).pdf"),
        ('"; filename=evil.html; x="', "filename=evil.html x=.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie x=1.pdf"),
        ("gnp.\u202efdp", "gnp.fdp.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("", "fil.pdf"),
        ("\0\0", "fil.pdf"),
        ("x" * 9_000, "x" * (LONGEST - 4) + ".pdf"),
    ],
)
def test_a_name_keeps_its_words_and_gets_the_ending_of_its_content(name, kept):
    assert safe_name(name, PDF) == kept


def test_the_usual_ending_of_a_photo_is_not_doubled():
    assert safe_name("bild.JPEG", JPEG) == "bild.jpg"


@given(st.text(max_size=200))
def test_no_name_breaks_out_of_a_header(name):
    kept = safe_name(name, PDF)
    header = content_disposition_header(True, kept)
    assert len(kept) <= LONGEST
    assert header.startswith("attachment; filename")
    assert header.isascii()
    assert not set("\r\n\0;") & set(header.removeprefix("attachment; "))
    assert header.count('"') in (0, 2)
