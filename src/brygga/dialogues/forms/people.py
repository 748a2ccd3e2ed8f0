"""Choosing somebody: among those near the dialogue, or a colleague by the whole e-mail address.

Nobody is found by a part of a name or by a number, so that no list of an organisation's people
comes out of a form, and a large organisation makes the page no heavier.
"""

from collections import Counter
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brygga.accounts.models import User
from brygga.dialogues.models import Dialogue
from brygga.dialogues.queries.people import people_near, people_of

MAIL = "_mail"


class PersonWidget(forms.Select):
    """A list, and beside it a line for the address of somebody who is not on it."""

    template_name = "dialogues/widgets/person.html"

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, Any], name: str) -> Any:
        written = str(data.get(name + MAIL) or "").strip()
        return written or super().value_from_datadict(data, files, name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return super().value_omitted_from_data(data, files, name) and name + MAIL not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        listed = {str(choice) for choice, _label in self.choices}
        context["mail_name"] = name + MAIL
        context["written"] = value if value and str(value) not in listed else ""
        return context


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    widget = PersonWidget
    default_error_messages = {
        "invalid_choice": _("Nobody in the team or the organisation has that address."),
    }

    def __init__(self, *, label: Any, empty_label: str | Promise, **options: Any) -> None:
        super().__init__(
            queryset=User.objects.none(),
            to_field_name="email",
            label=label,
            empty_label=str(empty_label),
            **options,
        )
        self.nothing = empty_label
        self.current: User | None = None

    def offer(self, dialogue: Dialogue, current: User | None = None) -> None:
        """Offer those near the dialogue, and whoever is chosen now, also if they have left."""
        self.queryset = people_of(dialogue)
        self.current = current
        near = list(people_near(dialogue))
        if current and current not in near:
            near.append(current)
        names = Counter(str(person) for person in near)
        listed = [(one.email, _told(one, is_alone=names[str(one)] == 1)) for one in near]
        self.widget.choices = [("", self.nothing), *listed]

    def to_python(self, value: Any) -> User | None:
        if isinstance(value, User):
            return value
        address = str(value or "").strip().lower()
        if self.current and address == self.current.email:
            return self.current
        if "\x00" in address:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        found: User | None = super().to_python(address)
        return found


def offer_people(
    form: forms.BaseForm, name: str, dialogue: Dialogue, current: User | None = None
) -> None:
    """Fill a form's field with whom it can choose, and with who is chosen now."""
    field = form.fields.get(name)
    if isinstance(field, PersonField):
        field.offer(dialogue, current)
        if current:
            form.initial[name] = current.email


def _told(person: User, *, is_alone: bool) -> str:
    return str(person) if is_alone else f"{person} ({person.email})"
