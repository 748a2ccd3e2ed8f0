"""What several forms share: a version."""

from django import forms

from brygga.core.once import OnceForm


class VersionedForm(OnceForm):
    """A form that knows which version was on the page when it was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def opened_version(self) -> int:
        return self.cleaned_data["version"] or 0
