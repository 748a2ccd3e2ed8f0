"""What several forms share: a key that makes a double submit harmless, and a version."""

from typing import Any

from django import forms

from brygga.core.http.public_ids import new_public_id


class OnceForm(forms.Form):
    """A form whose page carries a key: sent twice, it is written down once."""

    client_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client_key"].initial = new_public_id()

    def clean_client_key(self) -> str:
        return str(self.cleaned_data["client_key"]).replace("\x00", "")


class VersionedForm(OnceForm):
    """A form that knows which version was on the page when it was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def opened_version(self) -> int:
        return self.cleaned_data["version"] or 0
