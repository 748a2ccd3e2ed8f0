"""Forms of the actor map. They ask when something looks like a private person."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brygga.core.once import OnceForm
from brygga.core.text import Kind, looks_like_person, personal_data
from brygga.dialogues.enums import ActorKind, Affected
from brygga.dialogues.forms.fields import DayField, PlainLine, PlainText
from brygga.dialogues.forms.merging import MergingForm
from brygga.dialogues.models import Activity, Actor, Dialogue
from brygga.dialogues.queries.actors import others_on_the_map

KEPT_FOR = timedelta(days=365)
NOTES = ("name", "relation", "how_affected", "reached_how")


class ActorForm(OnceForm, MergingForm):
    not_merged = ("client_key", "is_checked")

    name = PlainLine(
        label=_("Name"),
        help_text=_("An organisation, a role or a group. Never a private person."),
        max_length=140,
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=ActorKind.choices)
    relation = PlainText(
        label=_("What do they have to do with the issue?"),
        max_length=600,
        rows=2,
        required=False,
    )
    affected = forms.ChoiceField(label=_("How much are they affected?"), choices=Affected.choices)
    how_affected = PlainText(
        label=_("How are they affected?"), max_length=1_000, rows=3, required=False
    )
    suggested_by = forms.ModelChoiceField(
        queryset=Actor.objects.none(),
        to_field_name="public_id",
        label=_("Who suggested them?"),
        empty_label=_("The team"),
        required=False,
    )
    reached_on = DayField(label=_("Reached on"), required=False)
    reached_by = forms.ModelChoiceField(
        queryset=Activity.objects.none(),
        to_field_name="public_id",
        label=_("By which activity?"),
        empty_label=_("None in the plan"),
        required=False,
    )
    reached_how = PlainLine(label=_("Or in another way"), max_length=200, required=False)
    is_public = forms.BooleanField(
        label=_("Tell in public that we want to hear them, or have heard them"),
        help_text=_("Only the name is shown, and whether we have heard them. Never a role."),
        required=False,
    )
    is_checked = forms.BooleanField(
        label=_("I have checked: it tells nothing of a private person"),
        required=False,
        widget=forms.HiddenInput,
    )

    class Meta:
        model = Actor
        fields = (
            "name",
            "kind",
            "relation",
            "affected",
            "how_affected",
            "suggested_by",
            "reached_on",
            "reached_by",
            "reached_how",
            "is_public",
        )

    def __init__(self, *args: Any, dialogue: Dialogue, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        _offer(self.fields["suggested_by"], others_on_the_map(dialogue, but=self.instance))
        _offer(self.fields["reached_by"], dialogue.activities.order_by("starts_at", "pk"))
        for name in ("suggested_by", "reached_by"):
            if chosen := getattr(self.instance, name, None):
                self.initial[name] = chosen.public_id

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        reached_on = cleaned.get("reached_on")
        if reached_on and reached_on > self.today:
            self.add_error("reached_on", ValidationError(_("That day has not come yet.")))
        told = cleaned.get("reached_by") or cleaned.get("reached_how")
        if told and not reached_on and "reached_on" not in self.errors:
            self.add_error("reached_on", ValidationError(_("On which day were they reached?")))
        self._ask_about_persons(cleaned)
        return cleaned

    def _ask_about_persons(self, cleaned: dict[str, Any]) -> None:
        """Refuse personal numbers; ask once about all else that looks like a private person."""
        asked = False
        for name in NOTES:
            error, is_refused = person_in(cleaned.get(name, ""), is_name=name == "name")
            if error and (is_refused or not cleaned.get("is_checked")):
                self.add_error(name, ValidationError(error, code="person"))
                asked = asked or not is_refused
        if asked:
            self.fields["is_checked"].widget = forms.CheckboxInput()


def person_in(text: str, *, is_name: bool = False) -> tuple[str, bool]:
    """Tell what in a text looks like a private person's, and whether it can never be kept."""
    kinds = {finding.kind for finding in personal_data(text)}
    if Kind.PERSONAL_NUMBER in kinds:
        return gettext("This holds a personal number. Take it away."), True
    if kinds:
        return gettext(
            "This holds a way to reach somebody. Write it under Contact instead, or tick below "
            "that it is not a private person's."
        ), False
    if is_name and looks_like_person(text):
        return gettext(
            "This looks like a person's name. The map holds organisations, roles and groups. "
            "Write which role or group it is, or tick below that it is no private person."
        ), False
    return "", False


class ObstacleForm(forms.Form):
    text = PlainLine(label=_("What is in the way?"), max_length=300)
    measure = PlainLine(label=_("What do we do about it?"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("text", "measure"):
            error, _is_refused = person_in(cleaned.get(name, ""))
            if error:
                self.add_error(
                    name, ValidationError(_("Write nothing here by which a person is known."))
                )
        return cleaned


class ContactForm(forms.Form):
    """A way to reach an organisation, a role or a group. Nothing about what the person thinks."""

    name = PlainLine(label=_("Who answers for them?"), max_length=120)
    way = PlainLine(
        label=_("How do we reach them?"),
        help_text=_("For instance an e-mail address or a phone number."),
        max_length=200,
    )
    keep_until = DayField(
        label=_("Kept until"), help_text=_("After that day the contact is removed by itself.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("keep_until", today + KEPT_FOR)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        keep_until = cleaned.get("keep_until")
        if keep_until and keep_until < self.today:
            self.add_error("keep_until", ValidationError(_("That day has passed.")))
        for name in ("name", "way"):
            error, is_refused = person_in(cleaned.get(name, ""))
            if is_refused:
                self.add_error(name, ValidationError(error))
        return cleaned


class ActorFilterForm(forms.Form):
    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All")), *ActorKind.choices], required=False
    )
    affected = forms.ChoiceField(
        label=_("Affected"), choices=[("", _("All")), *Affected.choices], required=False
    )
    reached = forms.ChoiceField(
        label=_("Reached"),
        choices=[("", _("All")), ("yes", _("Reached")), ("no", _("Not reached"))],
        required=False,
    )


class SetAsideForm(forms.Form):
    reason = PlainLine(label=_("Why are they not concerned?"), max_length=300)


def _offer(field: forms.Field, rows: Any) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
