"""What the plan asks of one person today: what is overdue, and what comes within a week."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from brygga.core.calendar import end_of_day
from brygga.core.registry import TodayItem
from brygga.dialogues.enums import ActivityState
from brygga.dialogues.models import Activity, Dialogue, PlannedMessage
from brygga.dialogues.queries.plan import is_late, is_untold
from brygga.dialogues.rules import LEADERS, OPEN

SOON = timedelta(days=7)
MOST = 20


def plan_items(user: AbstractBaseUser, at: datetime) -> Iterator[TodayItem]:
    """Give what is in the person's own hands; a leader gets what nobody has taken on too."""
    today = localdate(at)
    in_force = Q(team__starts_on__lte=today) & (
        Q(team__last_day=None) | Q(team__last_day__gte=today)
    )
    mine = Dialogue.objects.filter(in_force, state__in=OPEN, team__user_id=user.pk)
    led = mine.filter(in_force, team__user_id=user.pk, team__role__in=LEADERS)
    for_me = Q(responsible=user.pk, dialogue__in=mine.order_by().values("pk")) | Q(
        responsible=None, dialogue__in=led.order_by().values("pk")
    )
    yield from _activities(for_me, at)
    yield from _messages(for_me, at)


def _activities(for_me: Q, at: datetime) -> Iterator[TodayItem]:
    activities = (
        Activity.objects.filter(for_me, state=ActivityState.PLANNED, starts_at__lte=at + SOON)
        .select_related("dialogue")
        .order_by("starts_at", "pk")[:MOST]
    )
    for activity in activities:
        is_overdue = is_late(activity, at)
        text = (
            gettext("Was “%(activity)s” held? Write how it went.")
            if is_overdue
            else gettext("“%(activity)s” is soon.")
        )
        yield TodayItem(
            text % {"activity": activity.title},
            activity.dialogue.title,
            reverse("dialogues:activity", args=[activity.dialogue.public_id, activity.public_id]),
            due_at=activity.ends_at if is_overdue else activity.starts_at,
            is_overdue=is_overdue,
        )


def _messages(for_me: Q, at: datetime) -> Iterator[TodayItem]:
    messages = (
        PlannedMessage.objects.filter(for_me, done_on=None, due_on__lte=localdate(at + SOON))
        .select_related("dialogue")
        .order_by("due_on", "pk")[:MOST]
    )
    for message in messages:
        yield TodayItem(
            gettext("Tell %(whom)s: %(what)s")
            % {"whom": message.to_whom, "what": message.text[:80]},
            message.dialogue.title,
            reverse(
                "dialogues:planned_message", args=[message.dialogue.public_id, message.public_id]
            ),
            due_at=end_of_day(message.due_on) - timedelta(seconds=1),
            is_overdue=is_untold(message, at),
        )
