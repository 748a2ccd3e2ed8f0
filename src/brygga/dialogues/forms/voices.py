"""“Lägg in det någon sagt”: many voices at once. And what the list of them can be asked for."""

import secrets
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from brygga.core.once import OnceForm
from brygga.dialogues.enums import LANGUAGES, Channel, ContributionState
from brygga.dialogues.forms.fields import DayField, PlainLine, PlainText
from brygga.dialogues.operations.voices import MOST_CHARACTERS, Voice

ENTERED = [
    (channel.value, channel.label)
    for channel in Channel
    if channel not in (Channel.WEB, Channel.IMPORT)
]
BOXES = 5
MOST_BOXES = 100


class VoicesForm(forms.Form):
    client_key = forms.CharField(max_length=50, widget=forms.HiddenInput, required=False)
    boxes = forms.IntegerField(widget=forms.HiddenInput, required=False)
    channel = forms.ChoiceField(label=_("How did it reach you?"), choices=ENTERED)
    language = forms.ChoiceField(label=_("In which language?"), choices=LANGUAGES)
    said_on = DayField(label=_("Which day was it said?"), required=False)
    place = PlainLine(
        label=_("Where?"),
        help_text=_("A place, never a person's address."),
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("client_key", secrets.token_urlsafe(18))
        self.count = self._asked_for()
        self.initial["boxes"] = self.count
        for number in range(self.count):
            self.fields[f"voice_{number}"] = PlainText(
                label=_("Voice %(number)s") % {"number": number + 1},
                max_length=MOST_CHARACTERS,
                rows=3,
                required=False,
            )

    def voice_fields(self) -> list[BoundField]:
        return [self[f"voice_{number}"] for number in range(self.count)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.voices():
            raise ValidationError(_("Write at least one voice."), code="required")
        return cleaned

    def voices(self) -> list[Voice]:
        key = self.cleaned_data.get("client_key") or secrets.token_urlsafe(18)
        return [
            Voice(text, self.cleaned_data["language"], f"{key}-{number}")
            for number in range(self.count)
            if (text := self.cleaned_data.get(f"voice_{number}"))
        ]

    def with_more_boxes(self) -> "VoicesForm":
        """Give the same form with what has been typed and room for more."""
        typed = {name: self.data.get(name, "") for name in self.data}
        return VoicesForm(initial=typed | {"boxes": min(self.count + BOXES, MOST_BOXES)})

    def _asked_for(self) -> int:
        asked = self.data.get("boxes") if self.is_bound else self.initial.get("boxes")
        try:
            return min(max(int(asked or BOXES), 1), MOST_BOXES)
        except ValueError:
            return BOXES


class VoiceFilterForm(forms.Form):
    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    channel = forms.ChoiceField(
        label=_("How"), choices=[("", _("All")), *Channel.choices], required=False
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All")), *ContributionState.choices], required=False
    )

    def __init__(self, *args: Any, counts: Mapping[str, int], **kwargs: Any) -> None:
        """Tell beside each state how many voices are in it."""
        super().__init__(*args, **kwargs)
        counted = [
            (value, f"{label} ({counts.get(value, 0)})")
            for value, label in ContributionState.choices
        ]
        cast("forms.ChoiceField", self.fields["state"]).choices = [("", _("All")), *counted]


class PerspectiveForm(OnceForm):
    title = PlainLine(
        label=_("The perspective in one line"),
        help_text=_("As those who hold it would say it."),
        max_length=140,
    )
    text = PlainText(label=_("More"), max_length=4_000, required=False)
    is_public = forms.BooleanField(label=_("Show it on the public page"), required=False)
