"""What the register offers a dialogue: its number in public, and what waits for whom."""

from collections.abc import Iterator
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brygga.core.calendar import end_of_day
from brygga.core.registry import TodayItem
from brygga.dialogues.models import Dialogue
from brygga.dialogues.registry import Fact, Tool
from brygga.tools.register.queries.deliveries import numbers_of, without_number
from brygga.tools.register.queries.requests import waiting_for


def facts(dialogue: Dialogue, _on: date) -> Iterator[Fact]:
    for dnr, body in numbers_of(dialogue):
        yield Fact(gettext("The matter has register number"), f"{dnr} ({body})", is_printed=True)


def today_items(user: AbstractBaseUser, at: datetime) -> Iterator[TodayItem]:
    today = localdate(at)
    for delivery, by in without_number(user, on=today):
        place = [delivery.dialogue.public_id, delivery.public_id]
        yield TodayItem(
            title=gettext("Enter the register number of delivery %(number)s")
            % {"number": delivery.number},
            why=f"{delivery.dialogue.title}, {delivery.body.name}",
            url=reverse("register:delivery", args=place),
            due_at=end_of_day(by),
            is_overdue=by < today,
        )
    for request in waiting_for(user, on=today):
        yield TodayItem(
            title=gettext("Answer somebody who asks about their personal data"),
            why=request.organisation.name,
            url=reverse("register:request", args=[request.organisation.slug, request.public_id]),
            due_at=end_of_day(request.due_on),
            is_overdue=request.due_on < today,
        )


TOOL = Tool(name="register", label=_("Register and archive"), facts=facts, today_items=today_items)
