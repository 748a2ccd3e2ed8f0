from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from brygga.accounts.enums import BodyKind, Role
from brygga.accounts.models import Body, Membership, Organisation, RoleAssignment, User
from brygga.accounts.operations.errors import RefusalError
from brygga.accounts.operations.invitations import Offer
from brygga.accounts.operations.organisations import BodyFacts
from brygga.accounts.operations.people import RoleTerm
from brygga.accounts.queries import bodies_in_force
from brygga.core.files.forms import CheckedFile
from brygga.core.files.types import PICTURES
from brygga.core.text import TextTooLongError, clean

NAME_LENGTH = 120
Data = Mapping[str, Any] | None


def posted(request: HttpRequest) -> Data:
    """Give what was sent, or None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


class LineField(forms.CharField):
    """One line of plain text, without control characters and marks that reorder it."""

    def __init__(self, **options: object) -> None:
        super().__init__(max_length=NAME_LENGTH, **options)  # type: ignore[arg-type]  # Django's own options

    def to_python(self, value: object) -> str:
        text = super().to_python(value) or ""
        try:
            return " ".join(clean(text, limit=NAME_LENGTH).split())
        except TextTooLongError:
            return text  # the validator of the length says so


class DayField(forms.DateField):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class RefusableForm(forms.Form):
    def refuse(self, error: RefusalError) -> None:
        self.add_error(error.field if error.field in self.fields else None, str(error))


class BodyChoiceForm(RefusableForm):
    """A form about a role, for the whole organisation or for one of its bodies."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    body = forms.ModelChoiceField(
        label=_("For"), queryset=Body.objects.none(), required=False, to_field_name="public_id"
    )

    def __init__(self, data: Data = None, *, organisation: Organisation, day: date) -> None:
        super().__init__(data)
        self.day = day
        body = self.fields["body"]
        assert isinstance(body, forms.ModelChoiceField)
        body.queryset = bodies_in_force(organisation, day)
        body.empty_label = str(_("The whole organisation"))


class InviteForm(BodyChoiceForm):
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    last_day = DayField(
        label=_("Last day of the mandate"),
        required=False,
        help_text=_("Leave it empty if the role holds until further notice."),
    )
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)
    field_order = ("email", "role", "body", "last_day", "language")

    def offer(self) -> Offer:
        return Offer(**self.cleaned_data | {"role": Role(self.cleaned_data["role"])})


class AssignRoleForm(BodyChoiceForm):
    starts_on = DayField(label=_("First day"))
    last_day = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Leave it empty if the role holds until further notice."),
    )

    def __init__(self, data: Data = None, *, membership: Membership, day: date) -> None:
        super().__init__(data, organisation=membership.organisation, day=day)
        self.fields["starts_on"].initial = day

    def term(self) -> RoleTerm:
        return RoleTerm(**self.cleaned_data | {"role": Role(self.cleaned_data["role"])})


class EndRoleForm(RefusableForm):
    last_day = DayField(label=_("Last day"), help_text=_("The role holds through this day."))

    def __init__(self, data: Data = None, *, assignment: RoleAssignment, day: date) -> None:
        super().__init__(data, initial={"last_day": max(day, assignment.starts_on)})


class ConfirmForm(RefusableForm):
    """Nothing to fill in: whoever sends it has read what will happen."""


class BodyForm(RefusableForm):
    name = LineField(label=_("Name"))
    kind = forms.ChoiceField(label=_("Kind"), choices=BodyKind.choices)
    registrar_email = forms.EmailField(
        label=_("Registrar's e-mail address"),
        required=False,
        max_length=254,
        help_text=_("Documents for registration are sent there."),
    )
    dnr_series = forms.RegexField(
        label=_("Series of registration numbers"),
        regex=r"^[\w./ -]+$",
        max_length=20,
        required=False,
        help_text=_("What comes before the year, such as KS or BUN."),
        error_messages={"invalid": _("Letters, digits, spaces and . / - only.")},
    )
    last_day = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Only for a body that is dissolved."),
    )

    def __init__(self, data: Data = None, *, body: Body | None = None) -> None:
        names = [field.name for field in fields(BodyFacts)] if body else []
        super().__init__(data, initial={name: getattr(body, name) for name in names})

    def facts(self) -> BodyFacts:
        return BodyFacts(**self.cleaned_data | {"kind": BodyKind(self.cleaned_data["kind"])})


class AccentForm(RefusableForm):
    accent = forms.CharField(
        label=_("Accent colour"),
        max_length=7,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "#0B4F6C", "spellcheck": "false"}),
        help_text=_("# and six digits or letters A–F, as in #0B4F6C. Empty gives Brygga's own."),
    )

    def __init__(self, data: Data = None, *, organisation: Organisation) -> None:
        super().__init__(data, initial={"accent": organisation.accent})


class LogoForm(RefusableForm):
    logo = CheckedFile(
        label=_("Logo"),
        accepts=PICTURES,
        required=False,
        help_text=_("PNG, JPEG or WebP. It is shown beside the name on your pages."),
    )
    remove = forms.BooleanField(label=_("Show no logo"), required=False)

    def __init__(self, data: Data = None, files: Any = None, *, has_logo: bool) -> None:
        super().__init__(data, files)
        if not has_logo:
            del self.fields["remove"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("logo") and not cleaned.get("remove"):
            self.add_error("logo", ValidationError(_("Choose a file."), code="required"))
        return cleaned


class ProfileForm(RefusableForm):
    name = LineField(label=_("Your name"), help_text=_("As colleagues know you."))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, data: Data = None, *, user: User) -> None:
        super().__init__(data, initial={"name": user.name, "language": user.language})


class AcceptForm(RefusableForm):
    """Asks for the name of somebody new; who has an account has given it already."""

    name = LineField(label=_("Your name"), help_text=_("As colleagues know you."))

    def __init__(self, data: Data = None, *, known: User | None) -> None:
        super().__init__(data)
        if known:
            del self.fields["name"]


class PeopleFilterForm(forms.Form):
    q = LineField(label=_("Name or address"), required=False)
    role = forms.ChoiceField(
        label=_("Role"), choices=[("", _("All roles")), *Role.choices], required=False
    )

    def __init__(self, data: Data) -> None:
        super().__init__(data, label_suffix="")

    def chosen(self) -> tuple[str, str]:
        if not self.is_valid():
            return "", ""
        return self.cleaned_data["q"], self.cleaned_data["role"]
