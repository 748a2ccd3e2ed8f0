from django import forms
from django.utils.translation import gettext_lazy as _

from brygga.core.http.human import HumanForm


class FollowForm(HumanForm):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We use it only to tell you what happens with this dialogue."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
