"""Copying a dialogue, and keeping one as a template."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brygga.accounts.models import Organisation
from brygga.core.once import OnceForm
from brygga.dialogues.forms.fields import DayField, PlainLine
from brygga.dialogues.queries.copying import Part
from brygga.dialogues.queries.people import organisations_among

FURTHEST = timedelta(days=1_830)  # five years, our own limit

PARTS_OF_A_TEMPLATE = (
    ("texts", _("What it is about, and the background")),
    ("mandate", _("Mandate, without people, dates and register numbers")),
    ("steps", _("Texts and criteria of the steps")),
)


class CopyForm(OnceForm):
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        to_field_name="public_id",
        label=_("Organisation"),
        empty_label=None,
    )
    title = PlainLine(label=_("Title of the new dialogue"), max_length=140)
    parts = forms.MultipleChoiceField(
        label=_("What comes along"), required=False, widget=forms.CheckboxSelectMultiple
    )
    first_day = DayField(
        label=_("First day of the new plan"),
        help_text=_("Needed if the plan comes along. Its other days follow at the same distance."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        organisations: list[int],
        parts: Iterable[Part],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.to_copy, self.today = {part.name: part for part in parts}, today
        if not any(part.needs_first_day for part in self.to_copy.values()):
            del self.fields["first_day"]
        organisation, chosen = self.fields["organisation"], self.fields["parts"]
        assert isinstance(organisation, forms.ModelChoiceField)
        assert isinstance(chosen, forms.MultipleChoiceField)
        organisation.queryset = organisations_among(organisations)
        chosen.choices = [(name, part.label) for name, part in self.to_copy.items()]
        chosen.initial = [name for name, part in self.to_copy.items() if not part.is_personal]

    def clean_first_day(self) -> date | None:
        day: date | None = self.cleaned_data["first_day"]
        if day and day < self.today:
            raise ValidationError(_("That day has passed."), code="passed")
        if day and day > self.today + FURTHEST:
            raise ValidationError(_("That day is too far away."), code="far")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = [self.to_copy[name] for name in cleaned.get("parts", ())]
        for part in chosen:
            if part.along_with and part.along_with not in cleaned["parts"]:
                told = _("“%(part)s” comes along only together with “%(other)s”.")
                names = {"part": part.label, "other": self.to_copy[part.along_with].label}
                self.add_error("parts", ValidationError(told, code="alone", params=names))
        needs_day = any(part.needs_first_day for part in chosen)
        if needs_day and not cleaned.get("first_day") and "first_day" not in self.errors:
            told = _("Choose the day on which the new plan begins.")
            self.add_error("first_day", ValidationError(told, code="required"))
        return cleaned


class TemplateForm(forms.Form):
    name = PlainLine(
        label=_("Name of the template"),
        max_length=80,
        help_text=_("A name that you have already makes a new version of that template."),
    )
    parts = forms.MultipleChoiceField(
        label=_("What it holds"),
        choices=PARTS_OF_A_TEMPLATE,
        initial=["mandate", "steps"],
        widget=forms.CheckboxSelectMultiple,
    )
