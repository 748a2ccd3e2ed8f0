import pytest
from django import forms

from brygga.core.richtext.forms import RichText


class TextForm(forms.Form):
    text = RichText(label="Text", max_length=20, required=False)


def test_a_textarea_shows_what_is_stored_as_one_would_type_it() -> None:
    form = TextForm(initial={"text": "<p>En <strong>fet</strong></p><ul><li>a</li></ul>"})
    assert ">\n\nEn **fet**\n\n- a</textarea>" in str(form["text"]).replace("&#10;", "\n\n")


def test_the_limit_counts_words_and_not_marks() -> None:
    words = "a" * 20
    assert TextForm({"text": f"<p><strong>{words}</strong></p>"}).is_valid()
    form = TextForm({"text": f"<p>{words}b</p>"})
    assert not form.is_valid()
    assert form.errors["text"][0]
    assert f"{words}b" in str(form["text"])


@pytest.mark.parametrize("sent", ["<p>" * 100_000, "[" * 100_000, "*" * 100_000, "x" * 300_000])
def test_far_too_long_a_text_is_refused_unread_and_still_shown(sent: str) -> None:
    form = TextForm({"text": sent})
    assert form.errors["text"].data[0].code == "max_length"
    assert str(form["text"])


def test_a_field_that_must_be_filled_is_not_filled_by_empty_tags() -> None:
    class Required(forms.Form):
        text = RichText(label="Text", max_length=20)

    assert not Required({"text": "<p></p><p>&nbsp;</p>"}).is_valid()
