from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from brygga.accounts.models import Body
from brygga.dialogues.enums import Visibility
from brygga.dialogues.forms.fields import PlainLine, PlainText
from brygga.dialogues.models import Dialogue
from brygga.dialogues.queries.people import bodies_of


class VisibilityForm(forms.Form):
    """The other kind of readers, why, and who will use the answers then."""

    body = forms.ModelChoiceField(
        queryset=Body.objects.none(),
        to_field_name="public_id",
        label=_("Body that will use the answers"),
        empty_label=_("Not decided yet"),
        required=False,
    )
    manager = PlainLine(
        label=_("Manager who decides, with name and title"), max_length=160, required=False
    )
    reason = PlainText(
        label=_("Why?"), help_text=_("Shown in the process diary."), max_length=2_000
    )

    def __init__(self, *args: Any, dialogue: Dialogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if dialogue.visibility == Visibility.INTERNAL:
            body = self.fields["body"]
            assert isinstance(body, forms.ModelChoiceField)
            body.queryset = bodies_of(dialogue)
            del self.fields["manager"]
        else:
            del self.fields["body"]
