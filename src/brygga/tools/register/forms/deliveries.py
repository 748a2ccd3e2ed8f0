"""What goes to the register, and the number that comes back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from brygga.accounts.models import Body
from brygga.core.once import OnceForm
from brygga.dialogues.forms.fields import PlainLine
from brygga.dialogues.models import Dialogue
from brygga.dialogues.queries.people import bodies_of
from brygga.tools.register.enums import Scope
from brygga.tools.register.queries.parts import PartOffered


class BodyField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    def __init__(self, label: Any, help_text: Any = "") -> None:
        super().__init__(
            queryset=Body.objects.none(),
            to_field_name="public_id",
            label=label,
            help_text=help_text,
            empty_label=None,
        )

    def offer(self, bodies: QuerySet[Body]) -> None:
        """Let one of these be chosen; they are read once however often the field is drawn."""
        self.queryset = bodies
        self.widget.choices = list(ModelChoiceIterator(self))

    def label_from_instance(self, body: Body) -> str:
        return f"{body.name} ({body.registrar_email})" if body.registrar_email else body.name


class DeliveryForm(OnceForm):
    body = BodyField(
        _("To which body's register?"), _("The letter goes to the address of its registrar.")
    )
    scope = forms.ChoiceField(
        label=_("How much?"), choices=Scope.choices, initial=Scope.NEW, widget=forms.RadioSelect
    )
    parts = forms.MultipleChoiceField(
        label=_("What goes with it?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Hidden and masked contributions go with their original words, marked as such."
        ),
    )

    def __init__(
        self, *args: Any, dialogue: Dialogue, parts: Sequence[PartOffered], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        body, chosen = self.fields["body"], self.fields["parts"]
        assert isinstance(body, BodyField)
        assert isinstance(chosen, forms.MultipleChoiceField)
        body.offer(bodies_of(dialogue))
        self.codes = [part.code for part in parts]
        chosen.choices = [(part.code, _label(part)) for part in parts]
        chosen.initial = self.codes

    @property
    def left_out(self) -> list[str]:
        return sorted(set(self.codes) - set(self.cleaned_data["parts"]))


def _label(part: PartOffered) -> str:
    return part.title if part.count is None else f"{part.title} ({part.count})"


class NumberForm(forms.Form):
    dnr = PlainLine(label=_("Register number (dnr)"), max_length=60)

    def clean_dnr(self) -> str:
        return str(self.cleaned_data["dnr"])


class CorrectionForm(NumberForm):
    reason = PlainLine(
        label=_("Why is it changed?"),
        help_text=_("The old number stays in the log."),
        max_length=500,
    )
