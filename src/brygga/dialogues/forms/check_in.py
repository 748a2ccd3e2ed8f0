"""Forms at the door of an activity."""

from django import forms
from django.utils.translation import gettext_lazy as _

from brygga.core.attendance.operations import MOST_HEADS
from brygga.core.once import OnceForm

PRESSES = (1, 5, -1)


class PrepareForm(forms.Form):
    asks_age = forms.BooleanField(
        label=_("Ask for the age, in five broad bands"),
        help_text=_(
            "Only if you need it. Answering is free, and we keep numbers only, tied to nobody. "
            "The bands are our own."
        ),
        required=False,
    )


class PressForm(OnceForm):
    change = forms.TypedChoiceField(choices=[(each, each) for each in PRESSES], coerce=int)


class HeadsForm(forms.Form):
    heads = forms.IntegerField(
        label=_("How many have you counted by hand?"),
        help_text=_("Those who did not check in with a phone. Replaces what you have counted."),
        min_value=0,
        max_value=MOST_HEADS,
    )
