"""The plan in order of time: activities and the communication plan together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from brygga.core.calendar import end_of_day, start_of_day, swedish_date
from brygga.dialogues.enums import ActivityState
from brygga.dialogues.models import Activity, Dialogue, PlannedMessage, Step

MOST_COMING = 6


@dataclass(frozen=True)
class Row:
    """A line of the plan; one of `activity` and `message`."""

    at: datetime
    activity: Activity | None = None
    message: PlannedMessage | None = None
    is_overdue: bool = False

    @property
    def day(self) -> date:
        return swedish_date(self.at)

    @property
    def thing(self) -> Activity | PlannedMessage:
        thing = self.activity or self.message
        assert thing is not None
        return thing

    @property
    def is_open(self) -> bool:
        if self.activity:
            return self.activity.state == ActivityState.PLANNED
        return self.message is not None and self.message.done_on is None

    @property
    def what(self) -> str:
        return self.activity.title if self.activity else str(self.message and self.message.text)

    @property
    def kind_label(self) -> str:
        if self.activity:
            return self.activity.get_kind_display()
        return f"{_('Message')}: {self.message.get_channel_display() if self.message else ''}"

    @property
    def to_whom(self) -> str:
        if self.activity:
            return ", ".join(actor.name for actor in self.activity.actors.all())
        return self.message.to_whom if self.message else ""

    @property
    def step_label(self) -> str:
        return self.thing.step.get_kind_display() if self.thing.step else ""

    @property
    def place(self) -> str:
        return self.activity.place if self.activity else ""

    @property
    def state_label(self) -> str:
        if self.is_overdue:
            return _("Overdue")
        if self.activity:
            return self.activity.get_state_display()
        return _("Not told yet") if self.is_open else _("Told")

    @property
    def attended(self) -> int | None:
        return self.activity.attended if self.activity else None

    @property
    def cost(self) -> int | None:
        return self.activity.cost if self.activity else None


@dataclass(frozen=True)
class Month:
    first_day: date
    rows: tuple[Row, ...]


def plan_of(
    dialogue: Dialogue,
    *,
    at: datetime,
    words: str = "",
    what: str = "",
    state: str = "",
    responsible: int | None = None,
) -> list[Row]:
    """List the plan, the first thing first. Overdue is what should have been done by now."""
    rows: list[Row] = []
    if what != "message":
        activities = _activities(dialogue, words, responsible)
        rows += [
            Row(one.starts_at, activity=one, is_overdue=is_late(one, at)) for one in activities
        ]
    if what != "activity":
        messages = _messages(dialogue, words, responsible)
        rows += [
            Row(start_of_day(one.due_on), message=one, is_overdue=is_untold(one, at))
            for one in messages
        ]
    rows.sort(key=lambda row: (row.at, row.message is None, row.thing.pk))
    if state == "open":
        return [row for row in rows if row.is_open]
    if state == "overdue":
        return [row for row in rows if row.is_overdue]
    if state == "done":
        return [row for row in rows if not row.is_open]
    return rows


def is_late(activity: Activity, at: datetime) -> bool:
    return activity.state == ActivityState.PLANNED and activity.ends_at < at


def is_untold(message: PlannedMessage, at: datetime) -> bool:
    return message.done_on is None and end_of_day(message.due_on) <= at


def by_month(rows: list[Row]) -> list[Month]:
    months = groupby(rows, key=lambda row: row.day.replace(day=1))
    return [Month(first_day, tuple(found)) for first_day, found in months]


def get_activity_in(dialogue: Dialogue, public_id: str) -> Activity:
    activity = (
        Activity.objects.filter(dialogue=dialogue, public_id=public_id)
        .select_related("step", "responsible", "dialogue")
        .first()
    )
    if activity is None:
        raise Http404
    return activity


def get_message_in(dialogue: Dialogue, public_id: str) -> PlannedMessage:
    message = (
        PlannedMessage.objects.filter(dialogue=dialogue, public_id=public_id)
        .select_related("step", "responsible", "dialogue")
        .first()
    )
    if message is None:
        raise Http404
    return message


def coming_activities(dialogue: object, *, at: datetime) -> QuerySet[Activity]:
    """List what residents are told of: public activities ahead, also those called off.

    `dialogue` is a dialogue, or a reference to one from a query around.
    """
    return (
        Activity.objects.filter(dialogue=dialogue, is_public=True, ends_at__gte=at)  # type: ignore[misc]  # a dialogue or an OuterRef
        .exclude(state=ActivityState.DONE)
        .order_by("starts_at", "pk")
    )


SHOWN = (
    "title",
    "state",
    "state_reason",
    "purpose",
    "place",
    "starts_at",
    "languages",
    "has_interpreter",
    "accessibility",
)


def as_activity(row: Mapping[str, Any]) -> Activity:
    """Make an activity, to be read only, of what a query around has brought along as JSON."""
    return Activity(**{**row, "starts_at": datetime.fromisoformat(row["starts_at"])})


def steps_with_dates(dialogue: Dialogue) -> QuerySet[Step]:
    return Step.objects.filter(dialogue=dialogue).order_by("position", "round")


def _activities(dialogue: Dialogue, words: str, responsible: int | None) -> QuerySet[Activity]:
    activities = Activity.objects.filter(dialogue=dialogue)
    for word in words.split():
        activities = activities.filter(
            Q(title__icontains=word) | Q(purpose__icontains=word) | Q(place__icontains=word)
        )
    if responsible is not None:
        activities = activities.filter(responsible=responsible)
    return activities.select_related("step", "responsible").prefetch_related("actors")


def _messages(dialogue: Dialogue, words: str, responsible: int | None) -> QuerySet[PlannedMessage]:
    messages = PlannedMessage.objects.filter(dialogue=dialogue)
    for word in words.split():
        messages = messages.filter(Q(to_whom__icontains=word) | Q(text__icontains=word))
    if responsible is not None:
        messages = messages.filter(responsible=responsible)
    return messages.select_related("step", "responsible")
