from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brygga.accounts.enums import Assurance, LoginKind
from brygga.accounts.forms.own_login import LoginForm
from brygga.accounts.models.own_login import OwnLogin
from brygga.accounts.operations.saml import Trust

LONGEST_METADATA = 1_000_000


class SamlLoginForm(LoginForm):
    kind = LoginKind.SAML
    first_fields = ("issuer", "metadata_url", "metadata", "metadata_signer", "least_assurance")
    issuer = forms.CharField(
        label=_("The name of the login (entity id)"),
        help_text=_("Exactly as it stands in the metadata of the login."),
        max_length=300,
        widget=forms.TextInput(attrs={"spellcheck": "false"}),
    )
    metadata_url = forms.URLField(
        label=_("Address of the metadata"),
        help_text=_("Brygga reads it every night, so that new certificates come along."),
        max_length=300,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"spellcheck": "false"}),
    )
    metadata = forms.CharField(
        label=_("Metadata, where there is no address"),
        help_text=_("Paste the whole XML file. Empty keeps what is here."),
        max_length=LONGEST_METADATA,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    metadata_signer = forms.CharField(
        label=_("Certificate of whoever signs the metadata"),
        help_text=_("A federation such as Sweden Connect publishes it. Empty: not checked."),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )
    least_assurance = forms.ChoiceField(
        label=_("Least level of assurance"),
        help_text=_("A level of the Swedish eID framework. Your own AD FS knows no such levels."),
        choices=[*Assurance.choices, ("", _("Not asked for"))],
        initial=Assurance.LOA3,
        required=False,
    )

    def initial_of(self, login: OwnLogin) -> dict[str, Any]:
        saml = login.saml
        names = ("metadata_url", "metadata_signer", "least_assurance")
        return super().initial_of(login) | {name: getattr(saml, name) for name in names}

    def clean_issuer(self) -> str:
        issuer: str = self.cleaned_data["issuer"]
        if "'" in issuer or any(sign.isspace() for sign in issuer):
            raise ValidationError(_("That is no entity id."))
        return issuer

    def trust(self) -> Trust:
        names = ("metadata_url", "metadata_signer", "least_assurance")
        return Trust(**{name: self.cleaned_data[name] for name in names})
