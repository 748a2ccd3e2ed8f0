"""What the plan asks of one person today: what is overdue, and what comes within a week."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from brygga.core.calendar import end_of_day
from brygga.core.registry.today import Facts, TodayItem, TodayRows
from brygga.dialogues.enums import ActivityState
from brygga.dialogues.models import Activity, PlannedMessage
from brygga.dialogues.queries.access import team_memberships
from brygga.dialogues.rules import LEADERS, OPEN

SOON = timedelta(days=7)
MOST = 20


def plan_items(user: AbstractBaseUser, at: datetime) -> Iterator[TodayRows]:
    """Give what is in the person's own hands; a leader gets what nobody has taken on too."""
    today = localdate(at)
    mine = team_memberships(user, today).filter(dialogue__state__in=OPEN)
    led = mine.filter(role__in=LEADERS)
    for_me = Q(responsible=user.pk, dialogue__in=mine.values("dialogue")) | Q(
        responsible=None, dialogue__in=led.values("dialogue")
    )
    yield _activities(for_me, at)
    yield _messages(for_me, at)


def _activities(for_me: Q, at: datetime) -> TodayRows:
    rows = Activity.objects.filter(
        for_me, state=ActivityState.PLANNED, starts_at__lte=at + SOON
    ).order_by("starts_at", "pk")[:MOST]
    facts = {
        "dialogue": "dialogue__public_id",
        "dialogue_title": "dialogue__title",
        "activity": "public_id",
        "title": "title",
        "starts_at": "starts_at",
        "ends_at": "ends_at",
    }

    def item(row: Facts) -> TodayItem:
        starts_at, ends_at = (
            datetime.fromisoformat(row[name]) for name in ("starts_at", "ends_at")
        )
        is_overdue = ends_at < at
        text = (
            gettext("Was “%(activity)s” held? Write how it went.")
            if is_overdue
            else gettext("“%(activity)s” is soon.")
        )
        return TodayItem(
            text % {"activity": row["title"]},
            row["dialogue_title"],
            reverse("dialogues:activity", args=[row["dialogue"], row["activity"]]),
            due_at=ends_at if is_overdue else starts_at,
            is_overdue=is_overdue,
        )

    return TodayRows(rows, facts, item)


def _messages(for_me: Q, at: datetime) -> TodayRows:
    rows = PlannedMessage.objects.filter(
        for_me, done_on=None, due_on__lte=localdate(at + SOON)
    ).order_by("due_on", "pk")[:MOST]
    facts = {
        "dialogue": "dialogue__public_id",
        "dialogue_title": "dialogue__title",
        "message": "public_id",
        "to_whom": "to_whom",
        "text": "text",
        "due_on": "due_on",
    }

    def item(row: Facts) -> TodayItem:
        end = end_of_day(date.fromisoformat(row["due_on"]))
        return TodayItem(
            gettext("Tell %(whom)s: %(what)s") % {"whom": row["to_whom"], "what": row["text"][:80]},
            row["dialogue_title"],
            reverse("dialogues:planned_message", args=[row["dialogue"], row["message"]]),
            due_at=end - timedelta(seconds=1),
            is_overdue=end <= at,
        )

    return TodayRows(rows, facts, item)
