from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from brygga.accounts.models import Body, User
from brygga.core.once import OnceForm
from brygga.dialogues.forms.fields import DayField, PlainLine, PlainText
from brygga.dialogues.forms.people import PersonField, offer_people
from brygga.dialogues.models import Dialogue
from brygga.dialogues.queries.people import bodies_of
from brygga.tools.outcomes.enums import ActionKind, ActionState
from brygga.tools.outcomes.models import Action, Decision, Proposal
from brygga.tools.outcomes.operations.actions import Deed
from brygga.tools.outcomes.queries.desk import decisions_in, proposals_in


class ActionForm(OnceForm):
    kind = forms.ChoiceField(
        label=_("What kind is it?"),
        help_text=_("A measure is carried out by you. A commitment may be made by anybody."),
        choices=ActionKind.choices,
        widget=forms.RadioSelect,
    )
    what = PlainLine(label=_("What will be done?"), max_length=300)
    who = PlainLine(
        label=_("Who does it?"),
        help_text=_("An office, a body, an association – as residents shall read it."),
        max_length=160,
    )
    due_on = DayField(label=_("By which day?"))
    proposal = forms.ModelChoiceField(
        queryset=Proposal.objects.none(),
        label=_("Which proposal does it carry out?"),
        required=False,
        to_field_name="public_id",
    )
    decision = forms.ModelChoiceField(
        queryset=Decision.objects.none(),
        label=_("Which decision is it part of?"),
        required=False,
        to_field_name="public_id",
    )
    body = forms.ModelChoiceField(
        queryset=Body.objects.none(),
        label=_("Which body answers for it?"),
        required=False,
        to_field_name="public_id",
    )
    owner = PersonField(
        label=_("Who here follows it up?"),
        empty_label="---------",
        help_text=_("That person sees it under Today before the day."),
        required=False,
    )

    def __init__(
        self, *args: Any, dialogue: Dialogue, owner: User | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "proposal", proposals_in(dialogue))
        offer(self, "decision", decisions_in(dialogue))
        offer(self, "body", bodies_of(dialogue))
        offer_people(self, "owner", dialogue, owner)

    def deed(self) -> Deed:
        data = self.cleaned_data
        return Deed(
            kind=ActionKind(data["kind"]),
            what=data["what"],
            who=data["who"],
            due_on=data["due_on"],
            proposal=data["proposal"],
            decision=data["decision"],
            body=data["body"],
            owner=data["owner"],
        )


def offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


def initial_of(action: Action) -> dict[str, object]:
    return {
        "kind": action.kind,
        "what": action.what,
        "who": action.who,
        "due_on": action.due_on,
        "proposal": action.proposal.public_id if action.proposal else None,
        "decision": action.decision.public_id if action.decision else None,
        "body": action.body.public_id if action.body else None,
    }


class UpdateForm(OnceForm):
    """How it goes. A new date is asked for only where the day is moved."""

    state = forms.ChoiceField(
        label=_("How does it go?"), choices=ActionState.choices, widget=forms.RadioSelect
    )
    text = PlainText(
        label=_("Tell it to everybody"),
        help_text=_("What has been done, what comes next, and why if something has changed."),
        max_length=2_000,
    )
    due_on = DayField(label=_("New date, if it was moved"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_on(self) -> date | None:
        day: date | None = self.cleaned_data["due_on"]
        if day and day < self.today:
            raise ValidationError(_("The new date has already been."), code="past")
        return day
