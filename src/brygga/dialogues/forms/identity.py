from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from brygga.dialogues.forms.fields import PlainLine, PlainText


class IdentityForm(forms.Form):
    reason = PlainText(
        label=_("Why"),
        help_text=_("Residents read it before they choose, and it stands in the process diary."),
        max_length=1_000,
        rows=3,
    )
    legal_ground = PlainLine(
        label=_("Legal ground"),
        help_text=_("The rule that lets you handle this about residents."),
        max_length=300,
    )

    def __init__(self, data: QueryDict | None, *, demands: bool) -> None:
        super().__init__(data)
        if not demands:
            del self.fields["legal_ground"]
            self.fields["reason"].help_text = _("It stands in the process diary, for everybody.")
