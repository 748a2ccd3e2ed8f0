"""A request by one person, and its answer."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brygga.accounts.models import Organisation
from brygga.core.once import OnceForm
from brygga.dialogues.forms.fields import PlainLine, PlainText
from brygga.tools.register.enums import RequestKind, RequestState
from brygga.tools.register.operations.requests import Answer
from brygga.tools.register.queries.requests import participant_by_receipt
from brygga.tools.register.rules import keeps_records


class RequestFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All")), *RequestState.choices], required=False
    )

    def chosen(self) -> str:
        return str(self.cleaned_data["state"]) if self.is_valid() else ""


class RequestForm(OnceForm):
    kind = forms.ChoiceField(
        label=_("What does the person want?"), choices=RequestKind.choices, widget=forms.RadioSelect
    )
    email = forms.EmailField(label=_("The person's e-mail address"), max_length=254, required=False)
    receipt = PlainLine(
        label=_("Or the address or number of their receipt"), max_length=300, required=False
    )
    identity_note = PlainLine(
        label=_("How do you know that it is the right person?"),
        help_text=_("For instance that the letter came from the same address. Not their number."),
        max_length=300,
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["participant"] = None
        if receipt := cleaned.get("receipt"):
            cleaned["participant"] = participant_by_receipt(self.organisation, receipt)
            if cleaned["participant"] is None:
                self.add_error("receipt", ValidationError(_("There is no such receipt here.")))
        elif not cleaned.get("email") and "email" not in self.errors:
            raise ValidationError(_("Give an e-mail address or a receipt."), code="required")
        return cleaned


class AnswerForm(forms.Form):
    state = forms.ChoiceField(
        label=_("Answer"),
        choices=[choice for choice in RequestState.choices if choice[0] != RequestState.OPEN],
        widget=forms.RadioSelect,
    )
    reason = PlainText(
        label=_("Reason, needed where you do not do all that was asked"),
        max_length=1_800,
        rows=3,
        required=False,
    )
    disposal_dnr = PlainLine(
        label=_("Decision on disposal by which public records go too (dnr)"),
        help_text=_("An authority may not delete what came in without such a decision."),
        max_length=60,
        required=False,
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not keeps_records(organisation):
            del self.fields["disposal_dnr"]

    def answer(self) -> Answer:
        data = self.cleaned_data
        return Answer(RequestState(data["state"]), data["reason"], data.get("disposal_dnr", ""))
