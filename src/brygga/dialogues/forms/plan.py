"""Forms of the plan: an activity, a message, what became of them, and moving it all."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brygga.core.once import OnceForm
from brygga.dialogues.enums import LANGUAGES, ActivityKind, MessageChannel
from brygga.dialogues.forms.fields import DayField, PlainLine, PlainText
from brygga.dialogues.forms.merging import MergingForm
from brygga.dialogues.forms.moments import MomentField
from brygga.dialogues.forms.people import PersonField, offer_people
from brygga.dialogues.models import Activity, Actor, Dialogue, PlannedMessage, Step
from brygga.dialogues.queries.actors import others_on_the_map

MOST_MONEY = 1_000_000_000
MOST_PEOPLE = 100_000
LONGEST_MOVE = 3_660  # days: ten years


Labels = list[tuple[str, str]]


class StepField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    def __init__(self) -> None:
        super().__init__(
            queryset=Step.objects.none(), label=_("Step"), empty_label=_("None"), required=False
        )

    def offer(self, steps: QuerySet[Step], labels: Labels | None = None) -> Labels:
        """Offer the steps; two forms on a page share the labels, so that they are read once."""
        self.queryset = steps
        if labels is None:
            labels = [(str(step.pk), self.label_from_instance(step)) for step in steps]
        assert isinstance(self.widget, forms.Select)
        self.widget.choices = [("", str(self.empty_label)), *labels]
        return labels

    def label_from_instance(self, step: Step) -> str:
        label = f"{step.position}. {step.get_kind_display()}"
        return f"{label} ({step.round})" if step.round > 1 else label


class ResponsibleField(PersonField):
    def __init__(self) -> None:
        super().__init__(
            label=_("Who is responsible?"), empty_label=_("Nobody yet"), required=False
        )


class PlanForm(OnceForm, MergingForm):
    """What an activity and a message have in common."""

    def __init__(self, *args: Any, dialogue: Dialogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["step"], dialogue.steps.order_by("position", "round"))
        offer_people(self, "responsible", dialogue, self.instance.responsible)


class ActivityForm(PlanForm):
    not_merged = ("client_key", "actors", "languages")

    title = PlainLine(label=_("What is to happen?"), max_length=140)
    kind = forms.ChoiceField(label=_("Kind"), choices=ActivityKind.choices)
    purpose = PlainText(label=_("What is it for?"), max_length=1_000, rows=2, required=False)
    step = StepField()
    responsible = ResponsibleField()
    starts_at = MomentField(label=_("Starts"), help_text=_("Swedish time."))
    ends_at = MomentField(label=_("Ends"))
    is_fixed = forms.BooleanField(
        label=_("The time is fixed"),
        help_text=_("It stays where it is when the plan is moved."),
        required=False,
    )
    place = PlainLine(label=_("Place"), max_length=160, required=False)
    actors = forms.ModelMultipleChoiceField(
        queryset=Actor.objects.none(),
        to_field_name="public_id",
        label=_("Whom should it reach?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    has_interpreter = forms.BooleanField(label=_("An interpreter is there"), required=False)
    accessibility = PlainText(
        label=_("How can everybody take part?"),
        help_text=_("Step-free way in, hearing loop, child care, how one gets there."),
        max_length=600,
        rows=2,
        required=False,
    )
    cost = forms.IntegerField(
        label=_("What does it cost, in kronor?"),
        min_value=0,
        max_value=MOST_MONEY,
        required=False,
    )
    is_public = forms.BooleanField(label=_("Show it on the public page"), required=False)

    class Meta:
        model = Activity
        fields = (
            "title",
            "kind",
            "purpose",
            "step",
            "responsible",
            "starts_at",
            "ends_at",
            "is_fixed",
            "place",
            "has_interpreter",
            "accessibility",
            "cost",
            "is_public",
        )

    def __init__(self, *args: Any, dialogue: Dialogue, **kwargs: Any) -> None:
        super().__init__(*args, dialogue=dialogue, **kwargs)
        _offer(self.fields["actors"], others_on_the_map(dialogue))
        if self.instance.pk:
            self.initial["languages"] = self.instance.languages
            self.initial["actors"] = [actor.public_id for actor in self.instance.actors.all()]
        else:
            self.initial["languages"] = [dialogue.language]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error(
                "ends_at", ValidationError(_("It ends before it has begun."), code="order")
            )
        return cleaned


class MessageForm(PlanForm):
    not_merged = ("client_key",)

    to_whom = PlainLine(label=_("Who is told?"), max_length=200)
    text = PlainText(label=_("What are they told?"), max_length=1_000, rows=3)
    channel = forms.ChoiceField(
        label=pgettext_lazy("communication", "Through what?"), choices=MessageChannel.choices
    )
    due_on = DayField(label=_("When?"))
    is_fixed = forms.BooleanField(
        label=_("The day is fixed"),
        help_text=_("It stays where it is when the plan is moved."),
        required=False,
    )
    step = StepField()
    responsible = ResponsibleField()

    class Meta:
        model = PlannedMessage
        fields = ("to_whom", "text", "channel", "due_on", "is_fixed", "step", "responsible")


class HeldForm(forms.Form):
    attended = forms.IntegerField(
        label=_("How many came?"), min_value=0, max_value=MOST_PEOPLE, required=False
    )
    reached = forms.ModelMultipleChoiceField(
        queryset=Actor.objects.none(),
        to_field_name="public_id",
        label=_("Which of the actors were reached?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, activity: Activity, came: int = 0, **kwargs: Any) -> None:
        """`came` have checked in or been counted at the door; then nobody types a number."""
        super().__init__(*args, **kwargs)
        self.initial.setdefault("attended", activity.attended)
        if came:
            self.fields["attended"].disabled = True
            self.fields["attended"].help_text = _("Counted when they came.")
            self.initial["attended"] = came
        _offer(self.fields["reached"], activity.actors.order_by("sort_key", "pk"))


class CancelActivityForm(forms.Form):
    reason = PlainLine(
        label=_("Why is it cancelled?"),
        help_text=_("Shown in public if the activity is."),
        max_length=500,
    )


class MoveForm(forms.Form):
    first_day = DayField(label=_("New first day"))

    def __init__(self, *args: Any, begins: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.begins = begins

    def clean_first_day(self) -> date:
        first_day: date = self.cleaned_data["first_day"]
        if first_day == self.begins:
            raise ValidationError(_("The plan begins on that day already."), code="same")
        if abs((first_day - self.begins).days) > LONGEST_MOVE:
            raise ValidationError(_("That day is too far away."), code="far")
        return first_day


class PlanFilterForm(forms.Form):
    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    what = forms.ChoiceField(
        label=_("What"),
        choices=[("", _("All")), ("activity", _("Activities")), ("message", _("Messages"))],
        required=False,
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", _("All")),
            ("open", _("Not done")),
            ("overdue", _("Overdue")),
            ("done", _("Done or cancelled")),
        ],
        required=False,
    )
    mine = forms.BooleanField(label=_("Only mine"), required=False)


def _offer(field: forms.Field, rows: Any) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
