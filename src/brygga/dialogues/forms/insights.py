from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from brygga.core.once import OnceForm
from brygga.dialogues.forms.fields import PlainLine, PlainText
from brygga.dialogues.models import Contribution, Perspective, PublishedResult
from brygga.dialogues.operations.changes import Clash
from brygga.dialogues.operations.insights import Claim
from brygga.dialogues.queries.insights import Citable


class InsightForm(OnceForm):
    """One claim, and what it rests on."""

    text = PlainLine(
        label=_("What have you heard, in one sentence?"),
        help_text=_("One claim at a time. Write so that those who said it recognise themselves."),
        max_length=400,
    )
    explanation = PlainText(label=_("Explain it"), max_length=4_000, required=False, rows=5)
    is_minority_view = forms.BooleanField(
        label=_("It is held by few, and matters to them"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    results = forms.ModelMultipleChoiceField(
        queryset=PublishedResult.objects.none(),
        label=_("Results"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    perspectives = forms.ModelMultipleChoiceField(
        queryset=Perspective.objects.none(),
        label=_("Perspectives"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    contributions = forms.ModelMultipleChoiceField(
        queryset=Contribution.objects.none(),
        label=_("Voices"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, citable: Citable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("results", "perspectives", "contributions"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelMultipleChoiceField)
            field.to_field_name = "public_id"
            field.queryset = getattr(citable, name)
        shown = self.fields["contributions"]
        assert isinstance(shown, forms.ModelMultipleChoiceField)
        shown.choices = [(voice.public_id, voice.text[:160]) for voice in citable.offered]

    def show_clashes(self, clashes: list[Clash], version: int) -> None:
        """Keep what was typed, show the other's text beside it, and let the next save win."""
        for clash in clashes:
            message = _(
                "Somebody else changed this while you wrote. It now says: “%(theirs)s”. "
                "Save again to keep your text instead."
            )
            self.add_error(clash.field, message % {"theirs": clash.theirs})
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["version"] = str(version)
        self.data = data

    def claim(self) -> Claim:
        data = self.cleaned_data
        return Claim(
            text=data["text"],
            explanation=data["explanation"],
            is_minority_view=data["is_minority_view"],
            results=list(data["results"]),
            perspectives=list(data["perspectives"]),
            contributions=list(data["contributions"]),
        )


class WithdrawForm(forms.Form):
    reason = PlainLine(label=_("Why is it withdrawn?"), max_length=500)
