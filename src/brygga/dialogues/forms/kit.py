from typing import Any

from django.utils.translation import gettext_lazy as _

from brygga.dialogues.enums import KIT_LIMITS, KitText
from brygga.dialogues.forms.fields import PlainLine, PlainText
from brygga.dialogues.forms.merging import MergingForm
from brygga.dialogues.models import InvitationText
from brygga.dialogues.queries.kit import Words


class InvitationForm(MergingForm):
    """One text of the kit; what is shown first is what holds now."""

    heading = PlainLine(label=_("Heading"), max_length=140)
    text = PlainText(label=_("Text"), max_length=4_000, rows=10)

    class Meta:
        model = InvitationText
        fields = ("heading", "text")

    def __init__(self, *args: Any, words: Words, **kwargs: Any) -> None:
        shown = InvitationText(heading=words.heading, text=words.text)
        super().__init__(*args, instance=shown, **kwargs)
        limit = KIT_LIMITS[KitText(words.kind)]
        rows = 3 if limit < 600 else 12
        self.fields["text"] = PlainText(
            label=_("Text"), max_length=limit, rows=rows, show_hidden_initial=True
        )
