from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brygga.accounts.models import Body
from brygga.dialogues.enums import Visibility
from brygga.dialogues.forms.fields import DayField, PlainLine, PlainText
from brygga.dialogues.models import Dialogue
from brygga.dialogues.queries.people import bodies_of
from brygga.tools.outcomes.enums import AmendmentKind, MinutesState, Verdict
from brygga.tools.outcomes.forms.actions import offer
from brygga.tools.outcomes.forms.parts import VersionedForm
from brygga.tools.outcomes.models import Decision, Proposal
from brygga.tools.outcomes.operations.decisions import Answer, Ruling

GIVEN = [choice for choice in Verdict.choices if choice[0] != Verdict.OVERTURNED]


class DecisionForm(VersionedForm):
    """A decision, and beneath it an answer to each published proposal."""

    title = PlainLine(
        label=_("What was decided, in one sentence"),
        help_text=_("As a resident would say it, not as the agenda does."),
        max_length=160,
    )
    body = forms.ModelChoiceField(
        queryset=Body.objects.none(),
        label=_("Who decided?"),
        required=False,
        to_field_name="public_id",
    )
    manager = PlainLine(
        label=_("Or which manager decided?"),
        help_text=_("Only in a dialogue within the organisation: title and name."),
        max_length=160,
        required=False,
    )
    decided_on = DayField(label=_("Which day?"))
    dnr = PlainLine(label=_("Register number"), max_length=60, required=False)
    reasons = PlainText(
        label=_("Why was it decided so?"),
        help_text=_("Short sentences. Say also what spoke against it, and what was heard."),
        max_length=10_000,
        rows=10,
    )
    minutes = forms.ChoiceField(
        label=_("Minutes"), choices=MinutesState.choices, widget=forms.RadioSelect
    )
    appeal = PlainText(
        label=_("How can it be appealed?"),
        help_text=_("To whom, by which day, and how. Or that it cannot be."),
        max_length=2_000,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        dialogue: Dialogue,
        proposals: Iterable[Proposal],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.proposals = list(proposals)
        offer(self, "body", bodies_of(dialogue))
        if dialogue.visibility != Visibility.INTERNAL:
            del self.fields["manager"]
            self.fields["body"].required = self.fields["dnr"].required = True
        for number, proposal in enumerate(self.proposals, 1):
            self._ask_of(proposal, number)

    def _ask_of(self, proposal: Proposal, number: int) -> None:
        self.fields[f"verdict_{proposal.public_id}"] = forms.ChoiceField(
            label=_("Proposal %(number)d: %(title)s") % {"number": number, "title": proposal.title},
            choices=[("", _("Not treated in this decision")), *GIVEN],
            required=False,
        )
        self.fields[f"reasons_{proposal.public_id}"] = PlainText(
            label=_("Why? (proposal %(number)d)") % {"number": number},
            max_length=4_000,
            required=False,
            rows=3,
        )

    def clean_decided_on(self) -> date:
        day: date = self.cleaned_data["decided_on"]
        if day > self.today:
            raise ValidationError(_("That day has not been yet."), code="future")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        manager = data.get("manager", "")
        if "manager" in self.fields and bool(data.get("body")) == bool(manager):
            self.add_error("manager", _("Choose a body or name a manager, one of them."))
        if data.get("body") and not data.get("dnr") and "dnr" not in self.errors:
            self.add_error("dnr", _("A body's decision has a register number."))
        for proposal in self.proposals:
            name = f"reasons_{proposal.public_id}"
            if data.get(f"verdict_{proposal.public_id}") and not data.get(name):
                self.add_error(name, _("Say why, to those who made the proposal."))
        return data

    def ruling(self) -> Ruling:
        data = self.cleaned_data
        return Ruling(
            title=data["title"],
            reasons=data["reasons"],
            decided_on=data["decided_on"],
            body=data["body"],
            manager=data.get("manager", ""),
            dnr=data["dnr"],
            appeal=data["appeal"],
            minutes=MinutesState(data["minutes"]),
            answers=[
                Answer(proposal, Verdict(verdict), data[f"reasons_{proposal.public_id}"])
                for proposal in self.proposals
                if (verdict := data[f"verdict_{proposal.public_id}"])
            ],
        )


def initial_of(decision: Decision) -> dict[str, object]:
    values: dict[str, object] = {
        "title": decision.title,
        "body": decision.body.public_id if decision.body else None,
        "manager": decision.manager,
        "decided_on": decision.decided_on,
        "dnr": decision.dnr,
        "reasons": decision.reasons,
        "minutes": decision.minutes,
        "appeal": decision.appeal,
        "version": decision.version,
    }
    for verdict in decision.verdicts.select_related("proposal"):
        values[f"verdict_{verdict.proposal.public_id}"] = verdict.verdict
        values[f"reasons_{verdict.proposal.public_id}"] = verdict.reasons
    return values


class AmendmentForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What has happened?"), choices=AmendmentKind.choices, widget=forms.RadioSelect
    )
    text = PlainText(
        label=_("Tell it to everybody"),
        help_text=_("Not needed when the minutes were approved."),
        max_length=4_000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind") != AmendmentKind.MINUTES_APPROVED and not data.get("text"):
            self.add_error("text", _("Say what has happened."))
        return data
