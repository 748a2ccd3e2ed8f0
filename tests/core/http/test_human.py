from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.http import QueryDict

from brygga.core.http.human import HumanForm, shown_token

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
LATER = NOON + timedelta(seconds=10)


class LetterForm(HumanForm):
    text = forms.CharField()


def sent(at=LATER, **fields):
    data = QueryDict(mutable=True)
    data.update({"text": "Hej", "shown": shown_token(NOON), **fields})
    return LetterForm(data, at=at)


def codes(form):
    form.is_valid()
    return [error.code for error in form.non_field_errors().as_data()]


def test_a_person_who_took_some_seconds_gets_through():
    form = sent()
    assert form.is_valid()
    assert form.once


def test_the_hidden_field_catches_what_fills_in_everything():
    assert codes(sent(website="https://example.test")) == ["machine"]


def test_an_answer_at_once_is_asked_to_be_sent_again():
    assert codes(sent(at=NOON + timedelta(seconds=1))) == ["fast"]


def test_a_page_from_the_day_before_yesterday_is_asked_to_be_sent_again():
    assert codes(sent(at=NOON + timedelta(hours=25))) == ["stale"]


@pytest.mark.parametrize(
    "token",
    ["", "x", "WyJhIiwxXQ:1tabc:forged", shown_token(NOON)[:-1]],
    ids=["missing", "short", "forged", "truncated"],
)
def test_a_missing_forged_or_truncated_time_is_not_believed(token):
    assert codes(sent(shown=token)) == ["stale"]


def test_the_same_page_sent_twice_has_the_same_word_and_two_pages_have_not():
    token = shown_token(NOON)
    first, again, other = sent(shown=token), sent(shown=token), sent()
    assert all(form.is_valid() for form in (first, again, other))
    assert first.once == again.once != other.once


def test_a_form_that_is_shown_again_keeps_the_text_and_can_be_sent():
    form = sent(website="x")
    assert not form.is_valid()
    form.renew()
    again = LetterForm(form.data, at=LATER + timedelta(seconds=5))
    assert again.is_valid()
    assert again.cleaned_data["text"] == "Hej"
