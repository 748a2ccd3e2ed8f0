"""The accessibility statement, its shortcomings, and those who report obstacles."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brygga.accounts.enums import ComplianceLevel, ReportState, ShortcomingReason
from brygga.accounts.forms.public_page import TextField, VersionedForm
from brygga.accounts.forms.workspace import Data, DayField, LineField, RefusableForm
from brygga.accounts.models import AccessibilityShortcoming, AccessibilityStatement
from brygga.accounts.operations.accessibility import Obstacle, ShortcomingFacts, StatementFacts
from brygga.core.http.human import HumanForm


class StatementForm(VersionedForm):
    level = forms.ChoiceField(
        label=_("How accessible are your pages here?"),
        choices=ComplianceLevel.choices,
        widget=forms.RadioSelect,
        initial=ComplianceLevel.PARTLY,
    )
    tested_how = TextField(
        label=_("How have you tested, beside our automatic tests?"),
        max_length=2_000,
        required=False,
        help_text=_(
            "For instance by keyboard alone, or with people who use screen readers. Say who did it."
        ),
    )
    tested_on = DayField(label=_("Tested last on"), required=False)
    contact_email = forms.EmailField(
        label=_("Reports of obstacles go to"),
        max_length=254,
        required=False,
        help_text=_("Best a function's address. Empty: the owners of the organisation get them."),
    )
    contact_phone = forms.RegexField(
        label=_("Telephone number for those who would rather call"),
        regex=r"^[\d +()/-]+$",
        max_length=40,
        required=False,
        error_messages={"invalid": _("Digits, spaces and + ( ) / - only.")},
    )

    def __init__(
        self, data: Data = None, *, statement: AccessibilityStatement | None = None
    ) -> None:
        super().__init__(data, row=statement)

    def facts(self) -> StatementFacts:
        given = self.facts_given()
        return StatementFacts(**given | {"level": ComplianceLevel(given["level"])})


class ShortcomingForm(RefusableForm):
    what = TextField(
        label=_("What does not work, and for whom?"),
        max_length=300,
        help_text=_("Such as: the film about the square has no captions for those who are deaf."),
    )
    reason = forms.ChoiceField(
        label=_("Why is it so?"),
        choices=ShortcomingReason.choices,
        widget=forms.RadioSelect,
        initial=ShortcomingReason.NOT_YET,
    )
    why = TextField(
        label=_("Reasons, needed for a burden or an exception"), max_length=1_000, required=False
    )
    instead = TextField(
        label=_("How can one get the same thing until then?"), max_length=1_000, required=False
    )
    mended_by = DayField(label=_("It will be mended by"), required=False)
    mended_on = DayField(
        label=_("It was mended on"),
        required=False,
        help_text=_("Fill this in when it works. It is then listed as mended."),
    )

    def __init__(
        self, data: Data = None, *, shortcoming: AccessibilityShortcoming | None = None
    ) -> None:
        names = list(self.base_fields) if shortcoming else []
        super().__init__(data, initial={name: getattr(shortcoming, name) for name in names})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        reason = cleaned.get("reason")
        if reason == ShortcomingReason.NOT_YET and not cleaned.get("mended_by"):
            self.add_error("mended_by", ValidationError(_("Say when it will be mended.")))
        if reason and reason != ShortcomingReason.NOT_YET and not cleaned.get("why"):
            self.add_error("why", ValidationError(_("Say why it is so.")))
        return cleaned

    def facts(self) -> ShortcomingFacts:
        given = self.cleaned_data
        return ShortcomingFacts(**given | {"reason": ShortcomingReason(given["reason"])})


class ObstacleForm(HumanForm):
    """For everybody, without an account."""

    text = TextField(label=_("What could you not do?"), max_length=4_000, rows=5)
    page = forms.CharField(
        label=_("On which page?"),
        max_length=500,
        required=False,
        help_text=_("Its address or what it is called."),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        required=False,
        help_text=_("Only if you want an answer. We delete it 90 days after we have answered."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def obstacle(self, language: str) -> Obstacle:
        given = self.cleaned_data
        return Obstacle(given["text"], given["page"], given["email"], language)


class AnswerForm(RefusableForm):
    answer = TextField(
        label=_("Answer"),
        max_length=4_000,
        rows=6,
        help_text=_("Who left an address gets it by mail, in these words."),
    )


class ReportFilterForm(forms.Form):
    q = LineField(label=_("Words"), required=False)
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All")), *ReportState.choices], required=False
    )

    def __init__(self, data: Data) -> None:
        super().__init__(data, label_suffix="")

    def chosen(self) -> dict[str, str]:
        if not self.is_valid():
            return {}
        return {"words": self.cleaned_data["q"], "state": self.cleaned_data["state"]}
