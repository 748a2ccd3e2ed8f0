"""Handing a dialogue over, and what a new body says of a mandate."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brygga.accounts.models import Body, Membership, Organisation
from brygga.dialogues.enums import MandateVerdict
from brygga.dialogues.forms.fields import DayField, PlainLine, PlainText
from brygga.dialogues.models import Dialogue
from brygga.dialogues.queries.people import bodies_of, members_to_choose


class HandoverForm(forms.Form):
    person = forms.ModelChoiceField(
        queryset=Membership.objects.none(), to_field_name="public_id", widget=forms.HiddenInput
    )
    note = PlainText(
        label=_("Note to your successor"),
        help_text=_("Written from how the dialogue stands now. Change it as you like."),
        max_length=8_000,
        rows=18,
    )

    def __init__(self, *args: Any, dialogue: Dialogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, forms.ModelChoiceField)
        person.queryset = members_to_choose(dialogue)


class ConfirmForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("What has the new body decided?"),
        choices=MandateVerdict.choices,
        widget=forms.RadioSelect,
    )
    body = forms.ModelChoiceField(
        queryset=Body.objects.none(),
        to_field_name="public_id",
        label=_("Body that decided"),
        empty_label=None,
    )
    decided_on = DayField(label=_("Day of the decision"))
    dnr = PlainLine(label=_("Register number (dnr)"), max_length=60)
    reason = PlainText(label=_("If it ends: why?"), max_length=2_000, required=False)
    feedback = PlainText(
        label=_("If it ends: what are those who took part told?"), max_length=4_000, required=False
    )

    def __init__(self, *args: Any, dialogue: Dialogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = self.fields["body"]
        assert isinstance(body, forms.ModelChoiceField)
        body.queryset = bodies_of(dialogue)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("verdict") == MandateVerdict.ENDED:
            for name in ("reason", "feedback"):
                if not cleaned.get(name):
                    missing = _("Needed when the mandate ends.")
                    self.add_error(name, ValidationError(missing, code="required"))
        return cleaned


class PeriodForm(forms.Form):
    body = forms.ModelChoiceField(
        queryset=Body.objects.none(), to_field_name="public_id", label=_("Body"), empty_label=None
    )
    last_day = DayField(label=_("Last day of its mandate period"))

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = self.fields["body"]
        assert isinstance(body, forms.ModelChoiceField)
        body.queryset = Body.objects.filter(organisation=organisation).order_by("sort_key", "pk")
