"""The plan that each form begins with, read from the files in `plans/`. They are our own."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from brygga.core.calendar import (
    swedish_date,
    to_utc,
    working_days_after,
    working_days_before,
)
from brygga.dialogues.enums import ActivityKind, MessageChannel
from brygga.dialogues.models import Dialogue, Step
from brygga.dialogues.queries.steps import steps_of

DECISION, FEEDBACK = "decision", "feedback"
DAYS_TO_FEEDBACK = 15  # working days after the decision, where the mandate names no day


@dataclass(frozen=True)
class Suggestion:
    """One thing of the starter plan with its day, ready to be planned."""

    code: str
    title: str
    text: str
    day: date
    step: Step | None
    activity_kind: ActivityKind | None
    channel: MessageChannel | None
    starts: time
    hours: int
    is_fixed: bool
    is_late: bool  # it should have been done before today: it comes as soon as it can
    is_there: bool

    @property
    def starts_at(self) -> datetime:
        return to_utc(self.day, self.starts)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(hours=self.hours)


@dataclass(frozen=True)
class StarterPlan:
    decision_on: date | None
    feedback_on: date | None
    suggestions: tuple[Suggestion, ...]

    @property
    def new(self) -> tuple[Suggestion, ...]:
        return tuple(one for one in self.suggestions if not one.is_there)

    @property
    def late(self) -> tuple[Suggestion, ...]:
        return tuple(one for one in self.new if one.is_late)


@cache
def _template(form: str) -> tuple[dict[str, Any], ...]:
    source = files("brygga.dialogues").joinpath("plans", f"{form}.toml")
    return tuple(tomllib.loads(source.read_text(encoding="utf-8"))["item"])


def starter_plan(dialogue: Dialogue, *, at: datetime) -> StarterPlan:
    """Count the form's template back, in working days, from the mandate's dates."""
    mandate = dialogue.mandate
    days = {DECISION: mandate.feeds_on, FEEDBACK: mandate.feedback_on}
    if mandate.feeds_on and not mandate.feedback_on:
        days[FEEDBACK] = working_days_after(mandate.feeds_on, DAYS_TO_FEEDBACK)
    steps = {step.kind: step for step in steps_of(dialogue)}
    there = set(dialogue.activities.values_list("starter_code", flat=True)) | set(
        dialogue.planned_messages.values_list("starter_code", flat=True)
    )
    suggestions = [
        _suggestion(item, days[item["from"]], steps, there, dialogue.language, swedish_date(at))
        for item in _template(dialogue.form)
        if days[item["from"]] is not None
    ]
    return StarterPlan(
        decision_on=mandate.feeds_on,
        feedback_on=mandate.feedback_on,
        suggestions=tuple(sorted(suggestions, key=lambda one: (one.day, one.code))),
    )


def _suggestion(
    item: dict[str, Any],
    anchor: date | None,
    steps: dict[str, Step],
    there: set[str],
    language: str,
    today: date,
) -> Suggestion:
    assert anchor is not None
    days = item["days"]
    wanted = working_days_before(anchor, -days) if days < 0 else working_days_after(anchor, days)
    is_late = wanted <= today
    return Suggestion(
        code=item["code"],
        title=_in(language, item, "title"),
        text=_in(language, item, "text"),
        day=working_days_after(today, 1) if is_late else wanted,
        step=steps.get(item["step"]),
        activity_kind=ActivityKind(item["activity"]) if "activity" in item else None,
        channel=MessageChannel(item["channel"]) if "channel" in item else None,
        starts=time.fromisoformat(item.get("starts", "09:00")),
        hours=item.get("hours", 2),
        is_fixed=item.get("fixed", False),
        is_late=is_late,
        is_there=item["code"] in there,
    )


def _in(language: str, item: dict[str, Any], name: str) -> str:
    return str(item[f"{name}_en" if language == "en" else f"{name}_sv"])
