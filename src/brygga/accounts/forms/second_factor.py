"""allauth's forms for the second step, in our words."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal.auth import parse_authentication_response
from django import forms
from django.utils.translation import gettext_lazy as _

NAME_LENGTH = 60
NOT_SHOWN = _("The passkey did not show who you are. Try again, or ask for a code by mail.")


def _code(field: forms.Field, label: Any) -> None:
    field.label = label
    field.widget = forms.TextInput(
        attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    )


class SecondStepForm(AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"], _("The code"))


class SecondStepAgainForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"], _("The code"))


class SetUpAppForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"], _("The six digits"))


class NewPasskeyForm(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = _name(required=False)
        self.fields["passwordless"] = forms.BooleanField(
            label=_("Sign in with this key alone, without a code by mail"),
            help_text=_(
                "The key then asks for your fingerprint, face or PIN each time. Leave it out for a "
                "security key that asks for nothing."
            ),
            required=False,
            initial=True,
        )
        self.order_fields(["name", "passwordless"])


class PasskeySignInForm(LoginWebAuthnForm):
    """Sign-in by a passkey alone: what one has, and, since the key asks it, who one is."""

    def clean_credential(self) -> Any:
        try:
            answer = parse_authentication_response(self.cleaned_data["credential"])
            shows_who = answer.response.authenticator_data.is_user_verified()
            found = super().clean_credential()
        except (forms.ValidationError, AttributeError, LookupError, TypeError) as error:
            raise forms.ValidationError(NOT_SHOWN) from error
        if not shows_who:
            raise forms.ValidationError(NOT_SHOWN)
        return found


class PasskeyNameForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = _name(required=True)


def _name(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("What you call it"),
        help_text=_("For example your work phone."),
        required=required,
        max_length=NAME_LENGTH,
    )
