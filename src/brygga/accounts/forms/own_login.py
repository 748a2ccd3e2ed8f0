from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator
from django.utils.translation import gettext_lazy as _

from brygga.accounts.enums import LoginKind, Role
from brygga.accounts.forms.workspace import Data, LineField, RefusableForm
from brygga.accounts.models.own_login import OwnLogin
from brygga.accounts.operations.own_login import LoginFacts

ROLES = [role for role in Role if role != Role.OWNER]
is_domain = DomainNameValidator()


class LoginForm(RefusableForm):
    """What a login by OpenID Connect and one by SAML have in common."""

    kind: LoginKind
    first_fields: tuple[str, ...] = ()
    domains = LineField(
        label=_("Domains of your e-mail addresses"),
        help_text=_("For example exempelby.se. Separate several with commas."),
    )
    role_claim = LineField(
        label=_("Claim that gives roles"),
        help_text=_("For example groups. Empty: only those who are invited come in."),
        required=False,
    )
    is_on = forms.BooleanField(label=_("Turn the login on"), required=False)

    def __init__(self, data: Data = None, *, login: OwnLogin | None = None) -> None:
        login = login if login and login.kind == self.kind else None
        super().__init__(data, initial=self.initial_of(login) if login else None)
        self.order_fields(self.first_fields)
        for role in ROLES:
            self.fields[f"role_{role}"] = LineField(
                label=_("Values that give the role %(role)s") % {"role": role.label},
                required=False,
            )

    def initial_of(self, login: OwnLogin) -> dict[str, Any]:
        return _initial(login)

    def clean_role_claim(self) -> str:
        claim: str = self.cleaned_data["role_claim"]
        if len(claim) > 60:
            raise ValidationError(_("At most 60 characters."))
        return claim

    def clean_domains(self) -> tuple[str, ...]:
        domains = tuple(
            dict.fromkeys(part.lower() for part in _parts(self.cleaned_data["domains"]))
        )
        for domain in domains:
            is_domain(domain)
        return domains

    def facts(self) -> LoginFacts:
        cleaned = self.cleaned_data
        return LoginFacts(
            kind=self.kind,
            issuer=cleaned["issuer"],
            client_id=cleaned.get("client_id", ""),
            secret=cleaned.get("secret", ""),
            domains=cleaned["domains"],
            role_claim=cleaned["role_claim"],
            roles=tuple(
                (value, role)
                for role in ROLES
                for value in dict.fromkeys(_parts(cleaned[f"role_{role}"]))
            ),
            is_on=cleaned["is_on"],
        )


class OwnLoginForm(LoginForm):
    kind = LoginKind.OIDC
    first_fields = ("issuer", "client_id", "secret")
    issuer = forms.URLField(
        label=_("The address of the login (issuer)"),
        help_text=_("Exactly as the login calls itself, for example https://login.example.se."),
        max_length=300,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"spellcheck": "false"}),
    )
    client_id = LineField(label=_("Brygga's name there (client id)"))
    secret = forms.CharField(
        label=_("Brygga's secret there (client secret)"),
        help_text=_("It is kept encrypted and never shown. Empty keeps the one that is here."),
        required=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _initial(login: OwnLogin) -> dict[str, Any]:
    initial: dict[str, Any] = {
        name: getattr(login, name) for name in ("issuer", "client_id", "role_claim", "is_on")
    }
    initial["domains"] = ", ".join(each.domain for each in login.domains.all())
    for each in login.roles.all():
        name = f"role_{each.role}"
        initial[name] = f"{initial[name]}, {each.value}" if name in initial else each.value
    return initial
