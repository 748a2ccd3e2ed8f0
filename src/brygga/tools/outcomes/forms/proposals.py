from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from brygga.dialogues.forms.fields import PlainLine, PlainText
from brygga.dialogues.models import Insight
from brygga.tools.outcomes.forms.parts import VersionedForm
from brygga.tools.outcomes.models import Proposal
from brygga.tools.outcomes.operations.proposals import Wording


class ProposalForm(VersionedForm):
    title = PlainLine(
        label=_("The proposal in one sentence"),
        help_text=_("What could be done, so that one can say yes or no to it."),
        max_length=160,
    )
    text = PlainText(
        label=_("Describe it"),
        help_text=_("What it means for those whom it concerns, what it costs, what speaks for it."),
        max_length=6_000,
        required=False,
        rows=8,
    )
    insights = forms.ModelMultipleChoiceField(
        queryset=Insight.objects.none(),
        label=_("Which conclusions does it rest on?"),
        help_text=_("A proposal can be published when it rests on at least one."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        to_field_name="public_id",
    )

    def __init__(self, *args: Any, insights: QuerySet[Insight], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["insights"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = insights

    def wording(self) -> Wording:
        data = self.cleaned_data
        return Wording(data["title"], data["text"], list(data["insights"]))


def initial_of(proposal: Proposal) -> dict[str, object]:
    return {
        "title": proposal.title,
        "text": proposal.text,
        "insights": [insight.public_id for insight in proposal.insights.all()],
        "version": proposal.version,
    }


class ReasonForm(forms.Form):
    reason = PlainLine(
        label=_("Why? Everybody can read it"), max_length=500, help_text=_("One or two sentences.")
    )
