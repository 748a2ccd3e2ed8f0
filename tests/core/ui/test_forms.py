"""How a plain Django form comes out, with no template of its own."""

import re

from bs4 import BeautifulSoup
from django import forms
from django.utils import translation

from brygga.core.ui.gallery import ExampleForm


def rendered(form):
    with translation.override("en"):
        return BeautifulSoup(str(form), "html.parser")


def answered():
    with translation.override("en"):
        return ExampleForm({"name": "", "voice": "The bus", "channel": "street", "date": "soon"})


def test_every_field_has_a_label_that_leads_to_it():
    soup = rendered(ExampleForm())
    labelled = {label["for"] for label in soup.find_all("label")}
    fields = soup.select("input:not([type=hidden]), select, textarea")
    assert {field["id"] for field in fields} == labelled


def test_what_describes_a_field_is_on_the_page():
    soup = rendered(answered())
    described = [field["aria-describedby"].split() for field in soup.select("[aria-describedby]")]
    names = sorted(name for names in described for name in names)
    assert names == ["id_date_error", "id_name_error", "id_name_helptext", "id_voice_helptext"]
    assert all(soup.find(id=name) for name in names)


def test_an_error_stands_at_its_field_and_in_the_summary():
    soup = rendered(answered())
    field = soup.find(id="id_date").find_parent(class_="field")
    assert field.select_one("#id_date_error").get_text(strip=True) == "Enter a valid date."
    assert soup.find(id="id_date")["aria-invalid"] == "true"
    summary = soup.select_one(".error-summary[role=alert]")
    links = [link["href"] for link in summary.find_all("a")]
    assert links == ["#id_name", "#id_date"]
    assert all(soup.find(id=link.removeprefix("#")) for link in links)


def test_a_form_without_errors_has_no_summary():
    assert rendered(ExampleForm()).select_one(".error-summary") is None


def test_an_error_of_the_whole_form_stands_in_the_summary():
    form = answered()
    form.add_error(None, "The dialogue <closed> yesterday.")
    assert "The dialogue <closed> yesterday." in rendered(form).select_one(".error-summary").text


def test_an_error_of_radio_buttons_leads_to_their_group():
    with translation.override("en"):
        form = ExampleForm({"name": "x"})
    soup = rendered(form)
    hrefs = [link["href"].removeprefix("#") for link in soup.select(".error-summary a")]
    assert "id_channel" in hrefs
    assert all(soup.find(id=href) for href in hrefs)


def test_only_what_may_be_left_empty_is_marked():
    soup = rendered(ExampleForm())
    marked = [mark.find_parent(class_="field").label["for"] for mark in soup.select(".optional")]
    assert marked == ["id_place"]


def test_a_textarea_with_a_limit_says_it_and_counts():
    soup = rendered(ExampleForm())
    area = soup.find("textarea")
    counter = soup.find(id=area["data-brygga-counter"])
    assert counter.get_text(strip=True) == "At most 400 characters"
    assert counter["data-text"] == "# characters left"


def test_a_textarea_gives_back_what_was_written_with_its_first_line_break():
    form = ExampleForm({"voice": "\nThe bus"})
    area = re.search(r"<textarea[^>]*>(.*?)</textarea>", str(form["voice"]), re.DOTALL)[1]
    # A browser drops the one line break that follows the tag; the rest is the text.
    assert area == "&#10;\nThe bus"


def test_radio_buttons_share_a_legend():
    with translation.override("en"):
        form = ExampleForm()
    fieldset = rendered(form).find("input", {"type": "radio"}).find_parent("fieldset")
    assert fieldset.legend.get_text(strip=True) == "Where was it said?"


def test_hidden_fields_are_sent_and_help_is_escaped():
    class Hidden(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput, initial="x")
        name = forms.CharField(help_text="<b>bold</b>")

    text = str(Hidden())
    assert re.search(r'<input type="hidden" name="token" value="x"', text)
    assert "&lt;b&gt;bold&lt;/b&gt;" in text
