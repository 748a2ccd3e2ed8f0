from django import forms
from django.utils.translation import gettext_lazy as _

from brygga.core.search import LONGEST_QUERY
from brygga.dialogues.queries.listing import PHASES, Wanted

LABELS = {
    "take_part": _("Open for you to take part in"),
    "going_on": _("Before the decision"),
    "decided": _("After the decision"),
    "cancelled": _("Cancelled"),
}


class WordsForm(forms.Form):
    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=LONGEST_QUERY,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def words(self) -> str:
        return str(self.cleaned_data["q"]) if self.is_valid() else ""


class OwnDialoguesForm(WordsForm):
    """What to see of one organisation's dialogues. What is not on offer counts as not asked."""

    laget = forms.ChoiceField(
        label=_("Where it stands"),
        choices=[("", _("All")), *((phase, LABELS[phase]) for phase in PHASES)],
        required=False,
    )

    def wanted(self, organisation: str) -> Wanted:
        self.is_valid()
        asked = self.cleaned_data
        return Wanted(
            words=asked.get("q", ""), phase=asked.get("laget", ""), organisation=organisation
        )
