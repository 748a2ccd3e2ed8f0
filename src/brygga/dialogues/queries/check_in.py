"""Who has come to an activity: the check-in of `core.attendance`, as the host sees it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property

from brygga.core.attendance.models import Gathering
from brygga.core.attendance.operations import host_secret
from brygga.core.attendance.queries import (
    Numbers,
    ages_of,
    gathering_of,
    is_open,
    is_over,
    numbers_of,
)
from brygga.dialogues.models import Activity

OWNER_KIND = "activity"
BEFORE, AFTER = timedelta(minutes=30), timedelta(minutes=30)  # people come early and talk on


@dataclass(frozen=True)
class Door:
    """An activity's check-in at a time."""

    gathering: Gathering
    numbers: Numbers
    is_open: bool
    is_over: bool
    address: str

    @cached_property
    def ages(self) -> list[tuple[str, int | None]]:
        return ages_of(self.gathering)


def gathering_at(activity: Activity) -> Gathering | None:
    return gathering_of(OWNER_KIND, activity.public_id)


def door_of(activity: Activity, *, at: datetime) -> Door | None:
    gathering = gathering_at(activity)
    if gathering is None:
        return None
    path = reverse("attendance:check_in", args=[host_secret(OWNER_KIND, activity.public_id)])
    return Door(
        gathering=gathering,
        numbers=numbers_of(gathering),
        is_open=is_open(gathering, at=at),
        is_over=is_over(gathering, at=at),
        address=f"{settings.BRYGGA_ADDRESS}{path}",
    )


def came_to(activity: Activity) -> int:
    """Count those who checked in or were counted; nought where nobody was."""
    gathering = gathering_at(activity)
    return numbers_of(gathering).came if gathering else 0
