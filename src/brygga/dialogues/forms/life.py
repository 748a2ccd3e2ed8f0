"""The forms in which a choice asks for its reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from brygga.dialogues.enums import DialogueForm
from brygga.dialogues.forms.fields import PlainText

REASON = 2_000


class InformationForm(forms.Form):
    reason = PlainText(
        label=_("Why is it information and not a dialogue?"),
        help_text=_("Readers see the reason, for instance that the matter is already decided."),
        max_length=REASON,
    )


class CancelForm(forms.Form):
    reason = PlainText(label=_("Why is it broken off?"), max_length=REASON)
    feedback = PlainText(
        label=_("What are those who took part told?"),
        help_text=_("What happens with what they said, and where they can turn now."),
        max_length=4_000,
        rows=6,
    )


class ChangeFormForm(forms.Form):
    form = forms.ChoiceField(label=_("New form"), widget=forms.RadioSelect)
    reason = PlainText(
        label=_("Why?"), help_text=_("Shown in the process diary."), max_length=REASON
    )

    def __init__(self, *args: Any, current: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["form"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [choice for choice in DialogueForm.choices if choice[0] != current]


class MoveForm(forms.Form):
    """Leaving a step; a reason is needed only where a criterion is unmet."""

    reason = PlainText(
        label=_("Why do you go on although something is left?"),
        help_text=_("Needed only when a criterion is not ticked. Shown in the process diary."),
        max_length=REASON,
        required=False,
        rows=3,
    )


class ReturnForm(forms.Form):
    reason = PlainText(
        label=_("Why do you return?"), help_text=_("Shown in the process diary."), max_length=REASON
    )
