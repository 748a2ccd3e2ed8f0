import pytest
from django import forms

from brygga.core.files.forms import AlternativeMixin, CheckedFile
from brygga.core.files.types import PICTURES
from tests.factories import files
from tests.factories.files import picture, upload


class PictureForm(AlternativeMixin):
    file = CheckedFile(label="Bild", accepts=PICTURES)

    def clean(self):
        super().clean()
        self.ask_for_alternative()


def sent(content=None, name="bild.png", declared="image/png", **fields):
    return PictureForm(fields, {"file": upload(content or picture(), name, declared)})


def test_neither_the_name_nor_the_declared_type_is_believed():
    form = sent(picture("JPEG"), "sida.html", "text/html", alternative="Torget")
    assert form.is_valid()
    checked = form.cleaned_data["file"]
    assert (checked.kind.name, checked.name) == ("image/jpeg", "sida.html.jpg")


@pytest.mark.parametrize("content", [files.SVG, files.HTML, files.PDF, b""])
def test_what_is_no_picture_is_refused_whatever_it_says_it_is(content):
    form = PictureForm({"alternative": "x"}, {"file": upload(content, "bild.png", "image/png")})
    assert set(form.errors) == {"file"}


def test_a_picture_needs_words_or_a_note_that_it_decorates():
    assert set(sent().errors) == {"alternative"}
    form = sent(alternative="  Torget\n en marknadsdag ")
    assert form.is_valid()
    assert form.cleaned_data["alternative"] == "Torget en marknadsdag"
    decorative = sent(alternative="Torget", is_decorative="on")
    assert decorative.is_valid()
    assert decorative.cleaned_data["alternative"] == ""


def test_a_file_that_is_too_large_is_refused_by_its_size(settings):
    settings.BRYGGA_FILE_BYTES = 50
    form = sent(alternative="Torget")
    assert form.errors["file"].data[0].code == "too_large"


def test_a_file_field_says_what_it_takes_and_asks_without_javascript():
    shown = str(PictureForm()["file"])
    assert 'type="file"' in shown
    assert 'accept=".jpg,.png,.webp"' in shown


def test_a_field_that_may_be_empty_gives_nothing():
    class Maybe(forms.Form):
        file = CheckedFile(required=False)

    form = Maybe({}, {})
    assert form.is_valid()
    assert form.cleaned_data["file"] is None
