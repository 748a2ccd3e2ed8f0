"""The decision on disposal, and stopping it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from brygga.dialogues.enums import RetentionClass
from brygga.dialogues.forms.fields import DayField, PlainLine
from brygga.dialogues.models import Dialogue
from brygga.dialogues.queries.people import bodies_of
from brygga.tools.register.forms.deliveries import BodyField
from brygga.tools.register.operations.retention import DisposalDecision


class RetentionForm(forms.Form):
    rule = forms.ChoiceField(
        label=_("What was decided?"), choices=RetentionClass.choices, widget=forms.RadioSelect
    )
    body = BodyField(_("Who decided it?"))
    decided_on = DayField(label=_("When?"))
    dnr = PlainLine(label=_("Register number of the decision"), max_length=60)

    def __init__(self, *args: Any, dialogue: Dialogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        assert isinstance(field, BodyField)
        field.offer(bodies_of(dialogue))

    def decision(self) -> DisposalDecision:
        data = self.cleaned_data
        return DisposalDecision(
            rule=RetentionClass(data["rule"]),
            body=data["body"],
            decided_on=data["decided_on"],
            dnr=data["dnr"],
        )


class HoldForm(forms.Form):
    reason = PlainLine(
        label=_("Why is nothing to be disposed of?"),
        help_text=_("For instance an appeal, a research request, or a case that goes on."),
        max_length=500,
    )
