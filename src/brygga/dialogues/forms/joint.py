"""Asking another organisation's body to own a dialogue too, and its answer."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from brygga.accounts.models import Body
from brygga.dialogues.forms.fields import PlainText
from brygga.dialogues.models import Dialogue
from brygga.dialogues.queries.joint import bodies_to_invite


class InviteOwnerForm(forms.Form):
    body = forms.ModelChoiceField(
        queryset=Body.objects.none(), to_field_name="public_id", widget=forms.HiddenInput
    )
    word = PlainText(
        label=_("Why do you ask?"),
        help_text=_("Read by those who answer, and kept in the process diary."),
        max_length=2_000,
    )

    def __init__(self, *args: Any, dialogue: Dialogue, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = self.fields["body"]
        assert isinstance(body, forms.ModelChoiceField)
        body.queryset = bodies_to_invite(dialogue, on=today)


class AnswerForm(forms.Form):
    answer = PlainText(
        label=_("A word with your answer"),
        help_text=_("Say why, also when it is no. It is kept in the dialogue's process diary."),
        max_length=2_000,
    )


class EndOwnershipForm(forms.Form):
    reason = PlainText(
        label=_("Why does it end?"),
        help_text=_("Everybody who can read the dialogue can read the reason in its diary."),
        max_length=2_000,
    )
