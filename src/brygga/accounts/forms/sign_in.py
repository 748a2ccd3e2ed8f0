"""allauth's two forms for signing in by code, in our words."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _


class AskForCodeForm(RequestLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.label = _("E-mail address")
        email.widget = forms.EmailInput(attrs={"autocomplete": "email"})


class WriteCodeForm(ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("The code")
        code.help_text = _("Eight letters. Small letters will do, and so will no dash.")
        attributes = {"autocomplete": "one-time-code", "spellcheck": "false"}
        code.widget = forms.TextInput(attrs=attributes)
