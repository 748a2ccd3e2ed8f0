from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brygga.accounts.models import Membership
from brygga.dialogues.enums import TeamRole
from brygga.dialogues.forms.fields import DayField
from brygga.dialogues.models import Dialogue
from brygga.dialogues.queries.people import members_to_choose


class MemberForm(forms.Form):
    person = forms.ModelChoiceField(
        queryset=Membership.objects.none(), to_field_name="public_id", widget=forms.HiddenInput
    )
    role = forms.ChoiceField(label=_("Role"), choices=TeamRole.choices)
    starts_on = DayField(label=_("First day"))
    last_day = DayField(
        label=_("Last day"), help_text=_("Empty means until further notice."), required=False
    )

    def __init__(self, *args: Any, dialogue: Dialogue, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, forms.ModelChoiceField)
        person.queryset = members_to_choose(dialogue)
        self.fields["starts_on"].initial = today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts_on, last_day = cleaned.get("starts_on"), cleaned.get("last_day")
        if starts_on and last_day and last_day < starts_on:
            self.add_error(
                "last_day", ValidationError(_("The last day comes before the first."), code="order")
            )
        return cleaned


class LastDayForm(forms.Form):
    """When somebody's place in the team ends: today, or on a day to come."""

    last_day = DayField(required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_last_day(self) -> date | None:
        day: date | None = self.cleaned_data["last_day"]
        if day and day < self.today:
            raise ValidationError(_("Choose a last day that is today or later."), code="past")
        return day
