"""Copying a dialogue, and keeping one as a template."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from brygga.accounts.models import Organisation
from brygga.dialogues.forms.fields import PlainLine
from brygga.dialogues.forms.once import OnceForm
from brygga.dialogues.queries.people import organisations_among

PARTS_OF_A_TEMPLATE = (
    ("texts", _("What it is about, and the background")),
    ("mandate", _("Mandate, without people, dates and register numbers")),
    ("steps", _("Texts and criteria of the steps")),
)


class CopyForm(OnceForm):
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        to_field_name="public_id",
        label=_("Organisation"),
        empty_label=None,
    )
    title = PlainLine(label=_("Title of the new dialogue"), max_length=140)
    parts = forms.MultipleChoiceField(
        label=_("What comes along"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        organisations: list[int],
        parts: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        organisation, chosen = self.fields["organisation"], self.fields["parts"]
        assert isinstance(organisation, forms.ModelChoiceField)
        assert isinstance(chosen, forms.MultipleChoiceField)
        organisation.queryset = organisations_among(organisations)
        chosen.choices = list(parts)
        chosen.initial = [name for name, _label in chosen.choices]


class TemplateForm(forms.Form):
    name = PlainLine(
        label=_("Name of the template"),
        max_length=80,
        help_text=_("A name that you have already makes a new version of that template."),
    )
    parts = forms.MultipleChoiceField(
        label=_("What it holds"),
        choices=PARTS_OF_A_TEMPLATE,
        initial=["mandate", "steps"],
        widget=forms.CheckboxSelectMultiple,
    )
