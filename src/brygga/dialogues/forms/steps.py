from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brygga.dialogues.enums import LadderLevel
from brygga.dialogues.forms.fields import DayField, LevelField, PlainText
from brygga.dialogues.forms.merging import MergingForm
from brygga.dialogues.models import Step


class StepForm(MergingForm):
    starts_on = DayField(label=_("First day"), required=False)
    last_day = DayField(label=_("Last day"), required=False)
    ladder_level = LevelField(
        label=_("Level on the ladder of participation"),
        help_text=_("Empty means the level of the mandate."),
    )
    residents_take_part = forms.BooleanField(label=_("Residents take part"), required=False)
    public_text = PlainText(
        label=_("What residents read about the step"), max_length=4_000, required=False, rows=6
    )
    exit_criteria = PlainText(
        label=_("Your own criteria for leaving the step"),
        help_text=_("Beside Brygga's own checklist."),
        max_length=2_000,
        required=False,
        rows=3,
    )

    class Meta:
        model = Step
        fields = (
            "starts_on",
            "last_day",
            "ladder_level",
            "residents_take_part",
            "public_text",
            "exit_criteria",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        level = self.fields["ladder_level"]
        assert isinstance(level, LevelField)
        level.choices = [("", _("As in the mandate")), *LadderLevel.choices]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts_on, last_day = cleaned.get("starts_on"), cleaned.get("last_day")
        if starts_on and last_day and last_day < starts_on:
            self.add_error(
                "last_day", ValidationError(_("The last day comes before the first."), code="order")
            )
        return cleaned
