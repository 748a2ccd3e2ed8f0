"""Opening a dialogue, and changing what it says about itself."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from brygga.accounts.models import Body, Organisation
from brygga.core.once import OnceForm
from brygga.core.richtext.forms import RichText
from brygga.dialogues.enums import DialogueForm, PlaceKind, Visibility
from brygga.dialogues.forms.fields import DayField, PlainLine, PlainText
from brygga.dialogues.forms.merging import MergingForm
from brygga.dialogues.models import Dialogue, Theme
from brygga.dialogues.operations.dialogues import NewDialogue
from brygga.dialogues.queries.people import bodies_in, organisations_among
from brygga.dialogues.queries.themes import themes

FORM_HELP = {
    DialogueForm.SIMPLE: _("One clear question and little conflict: before, during, after."),
    DialogueForm.AREA: _("An area in focus for a period, with an open agenda. Feeds a report."),
    DialogueForm.COMPLEX: _("A contested issue with many sides: seven steps, in rounds if needed."),
}


class ThemesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    def __init__(self) -> None:
        super().__init__(
            queryset=themes(),
            to_field_name="code",
            required=False,
            label=_("Themes"),
            widget=forms.CheckboxSelectMultiple,
        )

    def label_from_instance(self, theme: Theme) -> str:
        return theme.name_en if get_language() == "en" else theme.name_sv


class BodiesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    def __init__(self) -> None:
        super().__init__(
            queryset=Body.objects.none(),
            to_field_name="public_id",
            required=False,
            label=_("Bodies that own the dialogue"),
            help_text=_("Bodies of other organisations are invited, and answer themselves."),
            widget=forms.CheckboxSelectMultiple,
        )


class PlaceMixin(forms.Form):
    """A point needs its coordinates, a part its name."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("place_kind")
        if kind == PlaceKind.PART and not cleaned.get("place_name"):
            self.add_error("place_name", ValidationError(_("Name the part."), code="required"))
        point = cleaned.get("latitude"), cleaned.get("longitude")
        if kind == PlaceKind.POINT and None in point:
            self.add_error(
                "latitude", ValidationError(_("Give both coordinates."), code="required")
            )
        return cleaned


def _coordinate(label: Any, limit: int) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=-limit,
        max_value=limit,
        max_digits=8,
        decimal_places=5,
    )


def _explained(form: DialogueForm) -> Any:
    return format_lazy("{}. {}", form.label, FORM_HELP[form])


class NewDialogueForm(OnceForm, PlaceMixin):
    """One column; what can wait is asked for in the workspace."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        to_field_name="public_id",
        label=_("Organisation"),
        empty_label=None,
    )
    title = PlainLine(
        label=_("Title"), max_length=140, help_text=_("As you would say it to a neighbour.")
    )
    summary = PlainText(label=_("What it is about, in two sentences"), max_length=600, rows=3)
    form = forms.ChoiceField(
        label=_("Form"),
        choices=[(form.value, _explained(form)) for form in DialogueForm],
        help_text=_("You can change the form later, with a reason."),
        widget=forms.RadioSelect,
    )
    visibility = forms.ChoiceField(
        label=_("For whom"),
        choices=Visibility.choices,
        widget=forms.RadioSelect,
        initial=Visibility.PUBLIC,
        help_text=_("An internal dialogue needs a named manager who will use the answers."),
    )
    bodies = BodiesField()
    place_kind = forms.ChoiceField(
        label=_("Place"),
        choices=[choice for choice in PlaceKind.choices if choice[0] != PlaceKind.POINT],
        initial=PlaceKind.MUNICIPALITY,
    )
    place_name = PlainLine(label=_("Name of the place"), max_length=120, required=False)
    themes = ThemesField()

    def __init__(self, *args: Any, organisations: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["organisation"], organisations_among(organisations))
        _offer(self.fields["bodies"], bodies_in(organisations))

    def new(self) -> NewDialogue:
        data = self.cleaned_data
        return NewDialogue(
            title=data["title"],
            summary=data["summary"],
            form=DialogueForm(data["form"]),
            visibility=Visibility(data["visibility"]),
            place_kind=PlaceKind(data["place_kind"]),
            place_name=data["place_name"],
            bodies=data["bodies"],
            themes=data["themes"],
            client_key=self.key,
        )


class PlanningMixin(forms.Form):
    """A dialogue about a plan tells how one gives a formal opinion (yttrande) beside it."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_planning"):
            for name in ("opinion_to", "opinion_how"):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, ValidationError(_("Needed for a plan."), code="required"))
        return cleaned


class EditDialogueForm(PlanningMixin, PlaceMixin, MergingForm):
    not_merged = ("bodies", "themes")

    title = PlainLine(label=_("Title"), max_length=140)
    summary = PlainText(label=_("What it is about, in two sentences"), max_length=600, rows=3)
    background = RichText(
        label=_("Background"),
        help_text=_("What has happened, what we know, and what we do not know."),
        max_length=20_000,
        rows=12,
        required=False,
    )
    notice = PlainLine(
        label=_("Note on top of the page"),
        help_text=_("For instance that the dialogue is fictional, or where its data come from."),
        max_length=300,
        required=False,
    )
    place_kind = forms.ChoiceField(label=_("Place"), choices=PlaceKind.choices)
    place_name = PlainLine(label=_("Name of the place"), max_length=120, required=False)
    latitude = _coordinate(_("Latitude"), 90)
    longitude = _coordinate(_("Longitude"), 180)
    is_planning = forms.BooleanField(
        label=_("The dialogue concerns a detailed or comprehensive plan"),
        help_text=_("Those who take part are then told that this is no formal opinion."),
        required=False,
    )
    opinion_to = PlainLine(
        label=_("Who receives formal opinions on the plan?"), max_length=200, required=False
    )
    opinion_how = PlainText(
        label=_("How does one send a formal opinion?"),
        help_text=_("Address, and what must be in it, such as name and the case number."),
        max_length=1_000,
        rows=3,
        required=False,
    )
    opinion_by = DayField(label=_("Last day for formal opinions"), required=False)
    bodies = BodiesField()
    themes = ThemesField()

    class Meta:
        model = Dialogue
        fields = (
            "title",
            "summary",
            "background",
            "notice",
            "place_kind",
            "place_name",
            "latitude",
            "longitude",
            "is_planning",
            "opinion_to",
            "opinion_how",
            "opinion_by",
            "bodies",
            "themes",
        )

    def __init__(self, *args: Any, organisations: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = bodies_in([self.instance.organisation_id, *organisations])
        _offer(self.fields["bodies"], self.offered)


class LinkForm(forms.Form):
    """An earlier dialogue that this one builds on."""

    earlier = forms.ModelChoiceField(
        queryset=Dialogue.objects.none(),
        to_field_name="public_id",
        label=_("Earlier dialogue"),
        empty_label=_("Choose"),
    )
    how = PlainLine(label=_("How does this one build on it?"), max_length=200, required=False)

    def __init__(
        self, *args: Any, choices: Any, offered: Iterable[Dialogue], **kwargs: Any
    ) -> None:
        """Take any of the choices, and show those that are offered: there may be thousands."""
        super().__init__(*args, **kwargs)
        field = self.fields["earlier"]
        _offer(field, choices)
        assert isinstance(field.widget, forms.Select)
        field.widget.choices = [("", _("Choose")), *((row.public_id, str(row)) for row in offered)]


def _offer(field: forms.Field, rows: Any) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
