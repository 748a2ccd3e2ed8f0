"""The start check (startkontroll): may this be called a dialogue?

A plain list. Each point says what it asks and what is missing; it holds when nothing is. Whoever
reads it top to bottom knows the rule.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from brygga.dialogues.enums import DialogueForm, FeedsKind, LadderLevel, Visibility
from brygga.dialogues.models import Dialogue, Mandate

Text = str | Promise


@dataclass(frozen=True)
class Point:
    """One question of the start check; `mend` is the part of the mandate where it is answered."""

    code: str
    question: Text
    missing: tuple[Text, ...]
    mend: str

    @property
    def holds(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class StartCheck:
    points: tuple[Point, ...]

    @property
    def holds(self) -> bool:
        return all(point.holds for point in self.points)

    @property
    def failing(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if not point.holds)


def feeds_kind_for(form: str, visibility: str) -> FeedsKind:
    """Tell what a dialogue must feed: a decision, a report for an area, a manager within."""
    if visibility == Visibility.INTERNAL:
        return FeedsKind.MANAGER
    return FeedsKind.REPORT if form == DialogueForm.AREA else FeedsKind.DECISION


def start_check(dialogue: Dialogue, mandate: Mandate, *, on: date) -> StartCheck:
    """Ask every point of the mandate as it stands; `on` is the day of publishing."""
    points = (
        Point("commissioner", _("Who has asked for the dialogue?"), _commissioner(mandate), "who"),
        Point("steering", _("Who steers it?"), _steering(mandate), "who"),
        Point("fixed", _("What lies fast?"), _fixed(mandate), "frame"),
        Point("resources", _("What resources are there?"), _resources(mandate), "frame"),
        Point("open", _("Can anything be influenced?"), _open(mandate), "open"),
        Point("ladder", _("How much can be influenced?"), _ladder(mandate), "open"),
        Point(
            "feeds", _("What will the answers be used for?"), _feeds(dialogue, mandate, on), "use"
        ),
        Point("promise", _("What feedback is promised?"), _promise(mandate, on), "promise"),
        Point("start", _("Where was it decided to start?"), _start(dialogue, mandate), "start"),
        Point(
            "children",
            _("Are children concerned, and how are they heard?"),
            _children(mandate),
            "children",
        ),
        Point("data", _("How are personal data protected?"), _data(mandate), "data"),
    )
    return StartCheck(points)


def check_day(dialogue: Dialogue, today: date) -> date:
    """Give the day that the check is asked for: once published, that day stands."""
    return localdate(dialogue.published_at) if dialogue.published_at else today


def _missing(*answers: tuple[object, Text]) -> tuple[Text, ...]:
    return tuple(text for answer, text in answers if not answer)


def _commissioner(mandate: Mandate) -> tuple[Text, ...]:
    return _missing((mandate.commissioner, _("Name who has commissioned the dialogue.")))


def _steering(mandate: Mandate) -> tuple[Text, ...]:
    return _missing((mandate.steering_group, _("Name the steering group.")))


def _fixed(mandate: Mandate) -> tuple[Text, ...]:
    return _missing(
        (mandate.fixed_by_law, _("Say what the law settles, or that it settles nothing.")),
        (mandate.fixed_by_money, _("Say what the money settles, or that it settles nothing.")),
        (
            mandate.fixed_by_decisions,
            _("Say what earlier decisions settle, or that they settle nothing."),
        ),
    )


def _resources(mandate: Mandate) -> tuple[Text, ...]:
    return _missing((mandate.resources, _("Say what time, people and money there are.")))


def _open(mandate: Mandate) -> tuple[Text, ...]:
    if mandate.issue_is_open is False:
        return (_("The issue is not open: there is nothing to influence."),)
    if mandate.deciders_are_open is False:
        return (_("The deciders are not open to change anything."),)
    return _missing(
        (mandate.issue_is_open, _("Say whether the issue is open.")),
        (mandate.open_to_influence, _("Say what can be influenced.")),
        (mandate.deciders_are_open, _("Say whether the deciders are open to change.")),
    )


def _ladder(mandate: Mandate) -> tuple[Text, ...]:
    if mandate.ladder_level == LadderLevel.INFORMATION:
        return (_("On the level Information it can only be published as information."),)
    return _missing((mandate.ladder_level, _("Choose a level of the ladder of participation.")))


def _feeds(dialogue: Dialogue, mandate: Mandate, on: date) -> tuple[Text, ...]:
    match feeds_kind_for(dialogue.form, dialogue.visibility):
        case FeedsKind.DECISION:
            missing = _feeds_decision(mandate)
        case FeedsKind.REPORT:
            missing = _feeds_report(mandate)
        case FeedsKind.MANAGER:
            missing = _feeds_manager(mandate)
    if mandate.feeds_on and mandate.feeds_on < on:
        return (*missing, _("The day on which the answers are used has already been."))
    return missing


def _feeds_decision(mandate: Mandate) -> tuple[Text, ...]:
    return _missing(
        (mandate.feeds_what, _("Say which decision the dialogue feeds.")),
        (mandate.feeds_body, _("Choose the body that decides.")),
        (mandate.feeds_on, _("Give the day of the decision.")),
    )


def _feeds_report(mandate: Mandate) -> tuple[Text, ...]:
    return _missing(
        (mandate.feeds_what, _("Say which report the dialogue feeds.")),
        (mandate.feeds_body, _("Choose the body that receives the report.")),
        (mandate.feeds_on, _("Give the day by which the report is handed over.")),
    )


def _feeds_manager(mandate: Mandate) -> tuple[Text, ...]:
    return _missing(
        (mandate.feeds_what, _("Say what the manager will decide.")),
        (mandate.feeds_manager, _("Name the manager who decides.")),
        (mandate.feeds_on, _("Give the day of the decision.")),
    )


def _promise(mandate: Mandate, on: date) -> tuple[Text, ...]:
    missing = _missing(
        (mandate.feedback_promise, _("Say what those who take part will be told.")),
        (mandate.feedback_on, _("Give the day by which they will be told.")),
        (mandate.feedback_owner, _("Choose who answers for the promise.")),
    )
    if mandate.feedback_on and mandate.feedback_on < on:
        return (*missing, _("The day of the promise has already been."))
    return missing


def _start(dialogue: Dialogue, mandate: Mandate) -> tuple[Text, ...]:
    missing = _missing(
        (mandate.start_on, _("Give the day of the decision to start.")),
        (mandate.start_dnr, _("Give the register number of the decision to start.")),
    )
    if dialogue.visibility == Visibility.INTERNAL or mandate.start_body:
        return missing
    return (_("Choose the body that decided to start."), *missing)


def _children(mandate: Mandate) -> tuple[Text, ...]:
    if mandate.children_concerned is None:
        return (_("Say whether children are concerned."),)
    if mandate.children_concerned:
        return _missing((mandate.children_heard, _("Say how children are heard.")))
    return ()


def _data(mandate: Mandate) -> tuple[Text, ...]:
    return _missing(
        (mandate.information_text, _("Write what those who take part are told about their data.")),
        (
            mandate.assessment_reference or mandate.no_assessment_reason,
            _("Refer to the impact assessment, or say why none is needed."),
        ),
        (mandate.legal_ground, _("Choose the legal ground.")),
        (mandate.retention_class, _("Choose how long it is kept.")),
    )
