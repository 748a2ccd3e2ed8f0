"""Telling people from machines without a puzzle: an empty field and a signed time."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

SALT = "brygga.core.http.human"


class HumanForm(forms.Form):
    """A form for people without accounts, shown at one time and sent at a later.

    `once` is a random word of the page that was shown: the same page sent twice has the same word,
    so an operation that keeps it unique makes a double submit or a replay harmless.
    """

    fastest = timedelta(seconds=2)
    slowest = timedelta(hours=24)

    website = forms.CharField(  # type: ignore[call-arg]  # the stubs lack template_name
        required=False,
        label=_("Leave this empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        template_name="ui/parts/honeypot.html",
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.once = ""
        self.fields["shown"].initial = shown_token(at)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("website"):
            raise ValidationError(
                _("A hidden field was filled in. It is empty now: send again."),
                code="machine",
            )
        shown_at, self.once = read_token(cleaned.get("shown", ""))
        if shown_at is None or self.at - shown_at > self.slowest:
            raise ValidationError(
                _("The page had been open too long. Your text is still here: send it again."),
                code="stale",
            )
        if self.at - shown_at < self.fastest:
            raise ValidationError(
                _("That was very quick. Your text is still here: send it again."), code="fast"
            )
        return cleaned

    def renew(self) -> None:
        """Give a form that is shown again a new time, with what was written kept."""
        renewed = QueryDict(mutable=True)
        renewed.update(self.data)
        renewed[self.add_prefix("website")] = ""
        renewed[self.add_prefix("shown")] = shown_token(self.at)
        self.data = renewed


def shown_token(at: datetime) -> str:
    return signing.dumps([secrets.token_urlsafe(12), at.timestamp()], salt=SALT)


def read_token(token: str) -> tuple[datetime | None, str]:
    """Give when a page was shown and its word; None and an empty word where it is not ours."""
    try:
        word, seconds = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None, ""
    return datetime.fromtimestamp(seconds).astimezone(), word
