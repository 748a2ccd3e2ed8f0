"""The yearly plan: a year, and one planned dialogue."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brygga.accounts.models import Body, Organisation
from brygga.accounts.queries import bodies_in_force
from brygga.core.http import PUBLIC_ID_LENGTH
from brygga.dialogues.enums import DialogueForm, LadderLevel
from brygga.dialogues.forms.fields import PlainLine, PlainText
from brygga.dialogues.models import Dialogue, PlannedDialogue
from brygga.dialogues.operations.year_plan import PlanFacts
from brygga.dialogues.queries.year_plan import dialogue_with

QUARTERS = [
    (1, _("January–March")),
    (2, _("April–June")),
    (3, _("July–September")),
    (4, _("October–December")),
]
NAMES = ("issue", "first_quarter", "last_quarter", "level", "form", "note", "version")


class YearForm(forms.Form):
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)


class PlannedForm(forms.Form):
    issue = PlainLine(label=_("The issue"), max_length=140)
    body = forms.ModelChoiceField(
        label=_("Body that decides"), queryset=Body.objects.none(), to_field_name="public_id"
    )
    first_quarter = forms.TypedChoiceField(label=_("From"), choices=QUARTERS, coerce=int)
    last_quarter = forms.TypedChoiceField(label=_("Through"), choices=QUARTERS, coerce=int)
    level = forms.TypedChoiceField(
        label=_("Level on the ladder of participation"), choices=LadderLevel.choices, coerce=int
    )
    form = forms.ChoiceField(label=_("Form"), choices=DialogueForm.choices)
    note = PlainText(label=_("More for the reader"), max_length=600, rows=3, required=False)
    dialogue = PlainLine(
        label=_("The dialogue, once it has been opened"),
        max_length=300,
        required=False,
        help_text=_("Its address here, or the ten letters and digits that end it."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        organisation: Organisation,
        planned: PlannedDialogue | None,
        today: date,
    ) -> None:
        initial: dict[str, Any] = {"version": 0}
        if planned:
            initial = {name: getattr(planned, name) for name in NAMES}
            initial["body"] = planned.body.public_id
            initial["dialogue"] = planned.dialogue.public_id if planned.dialogue else ""
        super().__init__(data, initial=initial)
        body = cast("forms.ModelChoiceField[Any]", self.fields["body"])
        body.queryset = bodies_in_force(organisation, today)
        self.organisation = organisation

    def clean_dialogue(self) -> Dialogue | None:
        written = str(self.cleaned_data["dialogue"]).rstrip("/")
        if not written:
            return None
        found = dialogue_with(self.organisation, written[-PUBLIC_ID_LENGTH:])
        if found is None:
            raise ValidationError(_("There is no such dialogue here."), code="unknown")
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_quarter"), cleaned.get("last_quarter")
        if first and last and last < first:
            self.add_error("last_quarter", ValidationError(_("It ends before it begins.")))
        return cleaned

    def facts(self) -> PlanFacts:
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        given |= {"level": LadderLevel(given["level"]), "form": DialogueForm(given["form"])}
        return PlanFacts(**given)

    def renew(self, version: int) -> None:
        """Let what was typed replace what is saved now, if it is sent again."""
        renewed = {name: self.data[name] for name in self.data}
        self.data = renewed | {"version": str(version)}
