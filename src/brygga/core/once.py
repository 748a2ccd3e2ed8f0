"""A form that does its work once, however often it is sent."""

import secrets
from typing import Any

from django import forms


class OnceForm(forms.Form):
    """A form with a key of its own, so that sending it twice does its work once."""

    client_key = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client_key"].initial = secrets.token_urlsafe(24)

    @property
    def key(self) -> str | None:
        return self.cleaned_data["client_key"] or None
