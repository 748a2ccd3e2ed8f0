from django import forms
from django.utils.translation import gettext_lazy as _

from brygga.accounts.forms.workspace import Data, LineField, RefusableForm
from brygga.accounts.models.broker import PERSON_CLAIM, EidBroker
from brygga.accounts.operations.brokers import FIELDS, BrokerFacts


class BrokerForm(RefusableForm):
    name = LineField(label=_("Name that residents see"))
    text = forms.CharField(
        label=_("A few words about it"),
        help_text=_("For example which e-IDs one can use there."),
        max_length=200,
        required=False,
    )
    issuer = forms.URLField(
        label=_("The address of the login (issuer)"), max_length=300, assume_scheme="https"
    )
    client_id = LineField(label=_("Brygga's name there (client id)"))
    secret = forms.CharField(
        label=_("Brygga's secret there (client secret)"),
        help_text=_("It is kept encrypted and never shown. Empty keeps the one that is here."),
        required=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    person_claim = LineField(label=_("Claim with the person's number"), initial=PERSON_CLAIM)
    is_on = forms.BooleanField(label=_("Let residents choose it"), required=False)

    def __init__(self, data: Data = None, *, broker: EidBroker | None = None) -> None:
        initial = {name: getattr(broker, name) for name in FIELDS} if broker else None
        super().__init__(data, initial=initial)
        self.fields["name"].widget.attrs["maxlength"] = 80

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if len(name) > 80:
            raise forms.ValidationError(_("At most 80 characters."))
        return name

    def facts(self) -> BrokerFacts:
        return BrokerFacts(**{name: self.cleaned_data[name] for name in (*FIELDS, "secret")})
