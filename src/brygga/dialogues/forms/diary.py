"""Writing in the process diary, and finding in it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from brygga.core.once import OnceForm
from brygga.dialogues.enums import LogKind
from brygga.dialogues.forms.fields import PlainLine, PlainText
from brygga.dialogues.forms.plan import Labels, StepField
from brygga.dialogues.models import Activity, Actor, Dialogue
from brygga.dialogues.operations.log import Subjects
from brygga.dialogues.queries.actors import others_on_the_map
from brygga.dialogues.registry import Subject

WRITTEN_BY_HAND = (LogKind.CHOICE, LogKind.HAPPENED, LogKind.LEARNT)
REASON = 2_000


class EntryForm(OnceForm):
    kind = forms.ChoiceField(
        label=_("What do you write about?"),
        choices=[(kind.value, kind.label) for kind in WRITTEN_BY_HAND],
        initial=LogKind.CHOICE,
    )
    text = PlainText(label=_("What was chosen or what happened?"), max_length=300, rows=2)
    reason = PlainText(label=_("Why?"), max_length=REASON, required=False, rows=3)
    step = StepField()
    actor = forms.ModelChoiceField(
        queryset=Actor.objects.none(),
        to_field_name="public_id",
        label=_("Actor"),
        empty_label=_("None"),
        required=False,
    )
    activity = forms.ModelChoiceField(
        queryset=Activity.objects.none(),
        to_field_name="public_id",
        label=_("Activity"),
        empty_label=_("None"),
        required=False,
    )
    of_tool = forms.ChoiceField(label=_("Decision"), required=False)
    is_public = forms.BooleanField(
        label=_("Show it on the public page"),
        help_text=_("Under “What we have done”, without your name."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        dialogue: Dialogue,
        subjects: Iterable[Subject],
        steps: Labels | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        step = self.fields["step"]
        assert isinstance(step, StepField)
        step.offer(dialogue.steps.order_by("position", "round"), steps)
        rows = {
            "actor": others_on_the_map(dialogue),
            "activity": dialogue.activities.order_by("starts_at", "pk"),
        }
        for name, found in rows.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = found
        offered = [(subject.key, subject.title) for subject in subjects]
        if offered:
            of_tool = self.fields["of_tool"]
            assert isinstance(of_tool, forms.ChoiceField)
            of_tool.choices = [("", _("None")), *offered]
        else:
            del self.fields["of_tool"]

    def about(self) -> Subjects:
        data = self.cleaned_data
        return Subjects(data["step"], data["actor"], data["activity"], data.get("of_tool", ""))


class CorrectionForm(OnceForm):
    text = PlainText(label=_("How is it really?"), max_length=300, rows=2)
    reason = PlainText(label=_("Why is it corrected?"), max_length=REASON, required=False, rows=3)


class DiaryFilterForm(forms.Form):
    q = PlainLine(label=_("Search"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All")), *LogKind.choices], required=False
    )
    step = StepField()
    public = forms.BooleanField(label=_("Only what everybody reads"), required=False)

    def __init__(self, *args: Any, dialogue: Dialogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        step = self.fields["step"]
        assert isinstance(step, StepField)
        step.empty_label = str(_("All"))
        self.steps = step.offer(dialogue.steps.order_by("position", "round"))
