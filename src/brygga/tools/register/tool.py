"""What the register offers a dialogue: its number in public, and what waits for whom."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brygga.core.calendar import end_of_day
from brygga.core.registry.today import Facts, TodayItem, TodayRows
from brygga.dialogues.models import Dialogue
from brygga.dialogues.registry import Fact, Tool
from brygga.tools.register.queries.deliveries import numbers_of, without_number
from brygga.tools.register.queries.requests import waiting_for
from brygga.tools.register.rules import register_by

MOST = 50  # deliveries among what needs one person today


def facts(dialogue: Dialogue, _on: date) -> Iterator[Fact]:
    for dnr, body in numbers_of(dialogue):
        yield Fact(gettext("The matter has register number"), f"{dnr} ({body})", is_printed=True)


def today_items(user: AbstractBaseUser, at: datetime) -> Iterator[TodayRows]:
    today = localdate(at)
    deliveries = {
        "dialogue": "dialogue__public_id",
        "title": "dialogue__title",
        "delivery": "public_id",
        "number": "number",
        "body": "body__name",
        "asked_at": "asked_at",
    }
    requests = {
        "organisation": "organisation__slug",
        "name": "organisation__name",
        "request": "public_id",
        "due_on": "due_on",
    }
    sent = without_number(user, on=today)[:MOST]
    yield TodayRows(sent, deliveries, lambda row: _to_register(row, today))
    asked = waiting_for(user, on=today)
    yield TodayRows(asked.select_related(None), requests, lambda row: _to_answer(row, today))


def _to_register(row: Facts, today: date) -> TodayItem:
    by = register_by(datetime.fromisoformat(row["asked_at"]).astimezone(UTC).date())
    return TodayItem(
        title=gettext("Enter the register number of delivery %(number)s")
        % {"number": row["number"]},
        why=f"{row['title']}, {row['body']}",
        url=reverse("register:delivery", args=[row["dialogue"], row["delivery"]]),
        due_at=end_of_day(by),
        is_overdue=by < today,
    )


def _to_answer(row: Facts, today: date) -> TodayItem:
    due_on = date.fromisoformat(row["due_on"])
    return TodayItem(
        title=gettext("Answer somebody who asks about their personal data"),
        why=row["name"],
        url=reverse("register:request", args=[row["organisation"], row["request"]]),
        due_at=end_of_day(due_on),
        is_overdue=due_on < today,
    )


TOOL = Tool(name="register", label=_("Register and archive"), facts=facts, today_items=today_items)
