"""What an organisation writes of how it works with dialogue."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from brygga.accounts.forms.workspace import Data, DayField, LineField, RefusableForm
from brygga.accounts.models import (
    Body,
    DialogueFunction,
    Organisation,
    OrganisationPage,
    Principles,
)
from brygga.accounts.operations.errors import RefusalError
from brygga.accounts.operations.public_page import (
    ChangedMeanwhileError,
    FunctionFacts,
    PageFacts,
    PrinciplesFacts,
)
from brygga.accounts.queries import bodies_of
from brygga.core.richtext.forms import RichText
from brygga.core.text import TextTooLongError, clean


class TextField(forms.CharField):
    """Plain text in several lines."""

    def __init__(self, *, max_length: int, rows: int = 3, **options: Any) -> None:
        self.limit = max_length
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(max_length=max_length, widget=widget, **options)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        try:
            return clean(text, limit=self.limit).strip()
        except TextTooLongError:
            return text  # the validator of the length says so


class VersionedForm(RefusableForm):
    """Knows which version was opened, so that nobody overwrites another unseen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    def __init__(self, data: Data = None, *, row: Any = None, **options: Any) -> None:
        names = [name for name in self.base_fields if row is not None]
        initial = {name: getattr(row, name) for name in names}
        super().__init__(data, initial={"version": 0} | initial, **options)

    def opened(self) -> int:
        return int(self.cleaned_data["version"])

    def refuse(self, error: RefusalError) -> None:
        super().refuse(error)
        if isinstance(error, ChangedMeanwhileError):
            renewed = {name: self.data[name] for name in self.data}
            self.data = renewed | {self.add_prefix("version"): str(error.version)}

    def facts_given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class PageForm(VersionedForm):
    lead = TextField(
        label=_("In a few sentences: how do you work with dialogue?"),
        max_length=600,
        required=False,
    )
    desk_name = LineField(
        label=_("Contact desk"),
        required=False,
        help_text=_("A function, such as “Dialogue office”. A person's name only if they agree."),
    )
    desk_email = forms.EmailField(label=_("Its e-mail address"), max_length=254, required=False)
    desk_phone = forms.RegexField(
        label=_("Its telephone number"),
        regex=r"^[\d +()/-]+$",
        max_length=40,
        required=False,
        error_messages={"invalid": _("Digits, spaces and + ( ) / - only.")},
    )
    protection_name = LineField(
        label=_("Data-protection officer"),
        required=False,
        help_text=_("A function or a name, as you choose. Shown with the text on privacy."),
    )
    protection_email = forms.EmailField(
        label=_("The officer's e-mail address"), max_length=254, required=False
    )

    def __init__(self, data: Data = None, *, page: OrganisationPage | None) -> None:
        super().__init__(data, row=page)

    def facts(self) -> PageFacts:
        return PageFacts(**self.facts_given())


class PrinciplesForm(VersionedForm):
    text = RichText(label=_("The principles"), max_length=20_000, rows=14)
    body = forms.ModelChoiceField(
        label=_("Adopted by"),
        queryset=Body.objects.none(),
        required=False,
        to_field_name="public_id",
    )
    adopted_on = DayField(label=_("Adopted on"), required=False)
    dnr = LineField(
        label=_("Register number (dnr)"), required=False, help_text=_("At most 60 characters.")
    )

    def __init__(
        self, data: Data = None, *, organisation: Organisation, draft: Principles | None
    ) -> None:
        super().__init__(data, row=draft)
        body = self.fields["body"]
        assert isinstance(body, forms.ModelChoiceField)
        body.queryset = bodies_of(organisation)
        body.empty_label = str(_("Not chosen yet"))
        if draft and draft.body:
            self.initial["body"] = draft.body.public_id

    def clean_dnr(self) -> str:
        dnr = str(self.cleaned_data["dnr"])
        if len(dnr) > 60:
            raise forms.ValidationError(_("At most 60 characters."), code="max_length")
        return dnr

    def facts(self) -> PrinciplesFacts:
        return PrinciplesFacts(**self.facts_given())


class FunctionForm(RefusableForm):
    title = LineField(
        label=_("Function"), help_text=_("Such as process leader, or the board's spokesperson.")
    )
    does = TextField(label=_("What it does in the work with dialogue"), max_length=600)
    person = LineField(
        label=_("Name"),
        required=False,
        help_text=_("Leave it empty unless the person wants to be shown."),
    )
    position = forms.IntegerField(
        label=_("Place in the list"), min_value=1, max_value=99, initial=1
    )

    def __init__(self, data: Data = None, *, function: DialogueFunction | None = None) -> None:
        names = list(self.base_fields) if function else []
        super().__init__(data, initial={name: getattr(function, name) for name in names})

    def facts(self) -> FunctionFacts:
        return FunctionFacts(**self.cleaned_data)
