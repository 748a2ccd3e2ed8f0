"""The mandate, in the order of the start check. Every field may wait."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brygga.core.richtext.forms import RichText
from brygga.dialogues.enums import (
    DialogueState,
    FeedsKind,
    LadderLevel,
    LegalGround,
    RetentionClass,
)
from brygga.dialogues.forms.fields import DayField, LevelField, PlainLine, PlainText, YesNoField
from brygga.dialogues.forms.merging import MergingForm
from brygga.dialogues.forms.people import PersonField, offer_people
from brygga.dialogues.models import Dialogue, Mandate
from brygga.dialogues.queries.mandates import PROMISED
from brygga.dialogues.queries.people import bodies_of
from brygga.dialogues.queries.start_check import feeds_kind_for

LONG = 2_000


@dataclass(frozen=True)
class Section:
    """A part of the form, with its help beside it."""

    code: str
    title: str | Promise
    help: str | Promise
    fields: tuple[str, ...]


SECTIONS = (
    Section(
        "who",
        _("Who asks, and who steers"),
        _("Those who take part want to know who wants their answers, and who holds it together."),
        ("commissioner", "steering_group"),
    ),
    Section(
        "frame",
        _("The frame"),
        _("Say openly what lies fast. Nobody is disappointed by a limit told beforehand."),
        ("fixed_by_law", "fixed_by_money", "fixed_by_decisions", "resources"),
    ),
    Section(
        "open",
        _("What can be influenced"),
        _("If nothing is open, inform instead. Do not promise more than the deciders will hold."),
        ("issue_is_open", "open_to_influence", "deciders_are_open", "ladder_level"),
    ),
    Section(
        "use",
        _("What the answers are used for"),
        _("A dialogue that feeds nothing wears out trust."),
        ("feeds_what", "feeds_body", "feeds_manager", "feeds_on"),
    ),
    Section(
        "promise",
        _("The feedback promise"),
        _("Shown in public with its date. We remind the one who answers for it."),
        ("feedback_promise", "feedback_on", "feedback_owner"),
    ),
    Section(
        "start",
        _("The decision to start"),
        _("The decision and its register number make the dialogue part of the ordinary work."),
        ("start_body", "start_on", "start_dnr"),
    ),
    Section(
        "children",
        _("Children"),
        _("The child's right to be heard is law (article 12 of the convention)."),
        ("children_concerned", "children_heard"),
    ),
    Section(
        "data",
        _("Personal data"),
        _("Ask your data protection officer if you hesitate."),
        (
            "information_text",
            "assessment_reference",
            "no_assessment_reason",
            "legal_ground",
            "retention_class",
        ),
    ),
)


class MandateForm(MergingForm):
    commissioner = PlainLine(
        label=_("Who has commissioned the dialogue?"), max_length=160, required=False
    )
    steering_group = PlainText(label=_("Steering group"), max_length=LONG, required=False, rows=2)
    fixed_by_law = PlainText(
        label=_("What does the law settle?"), max_length=LONG, required=False, rows=3
    )
    fixed_by_money = PlainText(
        label=_("What does the money settle?"), max_length=LONG, required=False, rows=3
    )
    fixed_by_decisions = PlainText(
        label=_("What do earlier decisions settle?"),
        help_text=_("Write “nothing” where that is so."),
        max_length=LONG,
        required=False,
        rows=3,
    )
    resources = PlainText(
        label=_("Time, people and money for the dialogue"), max_length=LONG, required=False, rows=3
    )
    issue_is_open = YesNoField(label=_("Is anything open to influence?"))
    open_to_influence = PlainText(
        label=_("What can be influenced?"), max_length=LONG, required=False
    )
    deciders_are_open = YesNoField(label=_("Are the deciders ready to change something?"))
    ladder_level = LevelField(label=_("Level on the ladder of participation"))
    feeds_what = PlainLine(label=_("Which decision or report?"), max_length=300, required=False)
    feeds_manager = PlainLine(
        label=_("Manager who decides, with name and title"), max_length=160, required=False
    )
    feeds_on = DayField(label=_("When?"), required=False)
    feedback_promise = PlainText(
        label=_("What do you promise those who take part?"), max_length=1_000, required=False
    )
    feedback_on = DayField(label=_("By which day?"), required=False)
    feedback_owner = PersonField(
        label=_("Who answers for the promise?"),
        empty_label=_("Not decided yet"),
        required=False,
    )
    start_on = DayField(label=_("Day of the decision to start"), required=False)
    start_dnr = PlainLine(label=_("Register number (dnr)"), max_length=60, required=False)
    children_concerned = YesNoField(label=_("Are children concerned?"))
    children_heard = PlainText(
        label=_("How are they heard?"), max_length=LONG, required=False, rows=3
    )
    information_text = RichText(
        label=_("What those who take part are told about their data"),
        max_length=6_000,
        required=False,
        rows=6,
    )
    assessment_reference = PlainLine(
        label=_("Reference to the impact assessment"), max_length=120, required=False
    )
    no_assessment_reason = PlainText(
        label=_("Or the reason why none is needed"), max_length=1_000, required=False, rows=2
    )

    class Meta:
        model = Mandate
        fields = [name for section in SECTIONS for name in section.fields]

    def __init__(self, *args: Any, dialogue: Dialogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = feeds_kind_for(dialogue.form, dialogue.visibility)
        for name in (*_unused(kind), *_locked(dialogue)):
            del self.fields[name]
        bodies = bodies_of(dialogue)
        self._offer("feeds_body", bodies, _feeds_body_label(kind))
        self._offer("start_body", bodies, _("Body that decided to start"))
        offer_people(self, "feedback_owner", dialogue, self.instance.feedback_owner)
        level = self.fields["ladder_level"]
        assert isinstance(level, LevelField)
        level.choices = [("", _("Not decided yet")), *LadderLevel.choices]
        self._choose("legal_ground", LegalGround.choices, _("Legal ground"))
        self._choose("retention_class", RetentionClass.choices, _("How long it is kept"))

    def sections(self) -> Iterator[tuple[Section, list[BoundField]]]:
        for section in SECTIONS:
            yield section, [self[name] for name in section.fields if name in self.fields]

    def _offer(self, name: str, rows: Any, label: str | Promise) -> None:
        field = self.fields.get(name)
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows
            field.label = str(label)
            field.empty_label = str(_("Not decided yet"))
            field.required = False

    def _choose(self, name: str, choices: Any, label: str | Promise) -> None:
        self.fields[name] = forms.ChoiceField(
            label=str(label),
            choices=[("", _("Not decided yet")), *choices],
            required=False,
            show_hidden_initial=True,
        )


def _unused(kind: FeedsKind) -> tuple[str, ...]:
    """Name what a mandate of this kind does not ask for."""
    return ("feeds_body", "start_body") if kind == FeedsKind.MANAGER else ("feeds_manager",)


def _locked(dialogue: Dialogue) -> frozenset[str]:
    """Name what is promised already, and moved only with a reason."""
    return PROMISED if dialogue.state == DialogueState.PUBLISHED else frozenset()


def _feeds_body_label(kind: FeedsKind) -> str | Promise:
    if kind == FeedsKind.REPORT:
        return _("Body that receives the report")
    return _("Body that decides")
