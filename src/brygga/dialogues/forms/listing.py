"""What a reader may ask the list of dialogues for. What is not on offer counts as not asked."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from brygga.core.search import LONGEST_QUERY
from brygga.dialogues.enums import DialogueForm
from brygga.dialogues.queries.access import Reader
from brygga.dialogues.queries.listing import (
    Wanted,
    organisations_with_dialogues,
    themes_with_dialogues,
)

PHASES = [
    ("", _("All")),
    ("take_part", _("Open for you to take part in")),
    ("going_on", _("Before the decision")),
    ("decided", _("After the decision")),
    ("cancelled", _("Cancelled")),
]
ORDERS = [
    ("", _("Best match, then latest")),
    ("latest", _("Latest first")),
    ("decision", _("Next decision first")),
    ("title", _("By title")),
]


class ListForm(forms.Form):
    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=LONGEST_QUERY,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    organisation = forms.ChoiceField(label=_("Municipality or region"), required=False)
    tema = forms.ChoiceField(label=_("Theme"), required=False)
    laget = forms.ChoiceField(label=_("Where it stands"), choices=PHASES, required=False)
    form = forms.ChoiceField(
        label=_("Form"), choices=[("", _("All")), *DialogueForm.choices], required=False
    )
    sort = forms.ChoiceField(label=_("Order"), choices=ORDERS, required=False)

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        column = "name_en" if get_language() == "en" else "name_sv"
        self._offer("organisation", organisations_with_dialogues(reader), "slug", "name")
        self._offer("tema", themes_with_dialogues(reader), "code", column)

    def _offer(self, field: str, things: QuerySet[Any], value: str, label: str) -> None:
        choice = cast("forms.ChoiceField", self.fields[field])
        choice.choices = [("", _("All")), *things.values_list(value, label)]

    def wanted(self) -> Wanted:
        self.is_valid()
        asked = self.cleaned_data
        return Wanted(
            words=asked.get("q", ""),
            organisation=asked.get("organisation", ""),
            theme=asked.get("tema", ""),
            phase=asked.get("laget", ""),
            form=asked.get("form", ""),
            order=asked.get("sort", ""),
        )
