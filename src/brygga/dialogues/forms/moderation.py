"""Deciding on a contribution, looking through the queue, and what readers and authors ask for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from brygga.accounts.models import Organisation, User
from brygga.core.http.human import HumanForm
from brygga.dialogues.enums import CaseCause, ContributionState
from brygga.dialogues.forms.fields import PlainText
from brygga.dialogues.operations.moderation import Decision
from brygga.dialogues.queries.grounds import ground_choices
from brygga.dialogues.queries.moderation import ORDERS, Desk, Wanted

CHOICES = [
    (ContributionState.PUBLISHED.value, _("Publish")),
    (ContributionState.INTERNAL.value, _("Keep for the team")),
    (ContributionState.HIDDEN.value, _("Hide with a reason")),
]


class DecisionForm(forms.Form):
    """One page, one decision. `seen` tells how the contribution stood when it was shown."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    to = forms.ChoiceField(label=_("Decision"), choices=CHOICES, widget=forms.RadioSelect)
    ground = forms.ChoiceField(
        label=_("Why is it hidden?"), help_text=_("Needed only if you hide it."), required=False
    )
    found = forms.MultipleChoiceField(
        label=_("Words that may tell who somebody is: mask them"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    masks = PlainText(
        label=_("Other words to mask"),
        help_text=_("One on each line, as they stand in the text. The original is kept."),
        max_length=2_000,
        rows=2,
        required=False,
    )
    restores = forms.BooleanField(label=_("Show all words again"), required=False)
    words = PlainText(
        label=_("To the author"),
        help_text=_("Stands on the receipt, with the reason. Say plainly what was wrong."),
        max_length=400,
        rows=2,
        required=False,
    )
    note = PlainText(label=_("Note for the team"), max_length=2_000, rows=2, required=False)

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", desk.seen)
        ground = self.fields["ground"]
        assert isinstance(ground, forms.ChoiceField)
        ground.choices = [("", _("Choose a reason")), *ground_choices()]
        found = self.fields["found"]
        assert isinstance(found, forms.MultipleChoiceField)
        found.choices = [(word, word) for word in desk.found_words]
        if not desk.found_words:
            del self.fields["found"]
            self.fields["masks"].label = _("Words to mask")
        if desk.original is None:
            del self.fields["restores"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        hides = cleaned.get("to") == ContributionState.HIDDEN
        if hides and not cleaned.get("ground") and "ground" not in self.errors:
            self.add_error("ground", ValidationError(_("Choose a reason."), code="required"))
        return cleaned

    def decision(self) -> Decision:
        given = self.cleaned_data
        hides = given["to"] == ContributionState.HIDDEN
        return Decision(
            to=ContributionState(given["to"]),
            ground=given["ground"] if hides else "personal_data" if self._masks() else "",
            words=given["words"],
            note=given["note"],
            masks=() if hides else self._masks(),
            restores=given.get("restores", False),
        )

    def _masks(self) -> list[str]:
        typed = [line.strip() for line in self.cleaned_data["masks"].splitlines() if line.strip()]
        return [*self.cleaned_data.get("found", ()), *typed]


class QueueForm(forms.Form):
    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    varfor = forms.ChoiceField(
        label=_("Why"), choices=[("", _("All")), *CaseCause.choices], required=False
    )
    vems = forms.ChoiceField(
        label=_("Whose"),
        choices=[("", _("All")), ("mine", _("Mine")), ("free", _("Nobody's yet"))],
        required=False,
    )
    organisation = forms.ChoiceField(label=_("Municipality or region"), required=False)

    def __init__(
        self, *args: Any, organisations: QuerySet[Organisation] | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = list(organisations.values_list("slug", "name")) if organisations else []
        if len(choices) < 2:
            del self.fields["organisation"]
            return
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All")), *choices]

    def wanted(self, order: str, *, is_descending: bool) -> Wanted:
        asked = self.cleaned_data if self.is_valid() else {}
        return Wanted(
            words=asked.get("q", ""),
            cause=asked.get("varfor", ""),
            whose=asked.get("vems", ""),
            organisation=asked.get("organisation", ""),
            order=("-" if is_descending else "") + ORDERS[order],
        )


class AssignForm(forms.Form):
    to = forms.ModelChoiceField(label=_("Who takes it?"), queryset=User.objects.none())

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people


class StrictForm(forms.Form):
    reason = PlainText(
        label=_("Why"),
        help_text=_("Kept in the process diary, in public."),
        max_length=2_000,
        rows=2,
    )


class AssessmentForm(forms.Form):
    words = PlainText(
        label=_("What do you want us to know?"),
        help_text=_("In your own words. You can leave it empty."),
        max_length=2_000,
        required=False,
    )


class ReportForm(HumanForm):
    ground = forms.ChoiceField(label=_("What is wrong with it?"), widget=forms.RadioSelect)
    words = PlainText(
        label=_("Say more"),
        help_text=_("Write nothing that tells who you are."),
        max_length=500,
        rows=3,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ground"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = ground_choices()
