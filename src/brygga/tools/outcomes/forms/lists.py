from django import forms
from django.utils.translation import gettext_lazy as _

from brygga.tools.outcomes.enums import ActionState, PromiseState, ProposalState

EVERY = [("", _("All"))]


class StateFilter(forms.Form):
    """What a list is narrowed to; what is not offered narrows nothing."""

    def chosen(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")


class ProposalFilter(StateFilter):
    state = forms.ChoiceField(
        label=_("State"), choices=[*EVERY, *ProposalState.choices], required=False
    )


class ActionFilter(StateFilter):
    state = forms.ChoiceField(
        label=_("State"), choices=[*EVERY, *ActionState.choices], required=False
    )
    late = forms.ChoiceField(
        label=_("Time"), choices=[*EVERY, ("late", _("Only late ones"))], required=False
    )


class PromiseFilter(StateFilter):
    state = forms.ChoiceField(
        label=_("State"), choices=[*EVERY, *PromiseState.choices], required=False
    )
