from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brygga.accounts.models import Body
from brygga.core.once import OnceForm
from brygga.dialogues.forms.fields import DayField, PlainText
from brygga.dialogues.forms.people import PersonField, offer_people
from brygga.dialogues.models import Dialogue
from brygga.dialogues.queries.people import bodies_of
from brygga.tools.outcomes.forms.actions import offer


class PromiseForm(OnceForm):
    text = PlainText(
        label=_("What will those who took part be told?"),
        help_text=_("Promise no more than you can keep."),
        max_length=1_000,
    )
    due_on = DayField(label=_("By which day?"))
    owner = PersonField(
        label=_("Who answers for it?"),
        empty_label="---------",
        help_text=_("Is reminded by e-mail 14 days before, 3 days before and on the day."),
    )
    body = forms.ModelChoiceField(
        queryset=Body.objects.none(),
        label=_("Which body has promised it?"),
        required=False,
        to_field_name="public_id",
    )

    def __init__(self, *args: Any, dialogue: Dialogue, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        offer_people(self, "owner", dialogue)
        offer(self, "body", bodies_of(dialogue))

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if day < self.today:
            raise ValidationError(_("That day has already been."), code="past")
        return day


class KeepForm(forms.Form):
    said = PlainText(
        label=_("What do you tell those who took part?"),
        help_text=_("It stands on the dialogue's page and is mailed to those who follow it."),
        max_length=4_000,
        rows=6,
    )


class MoveForm(forms.Form):
    to_date = DayField(label=_("New date"))
    reason = PlainText(
        label=_("Why? Everybody can read it"),
        help_text=_("The old date and the reason stay on the page."),
        max_length=1_000,
        rows=3,
    )
