"""What every area may offer to those above it, without being known by name.

An area adds its offer in `AppConfig.ready`; whoever shows or collects asks here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser


@dataclass(frozen=True)
class TodayItem:
    """Something that needs one person, with the day by which it is needed."""

    title: str
    why: str
    url: str
    due_at: datetime | None
    is_overdue: bool = False


TodaySource = Callable[[AbstractBaseUser, datetime], Iterable[TodayItem]]


class Registry:
    def __init__(self) -> None:
        self._today: dict[str, TodaySource] = {}

    def offer_today(self, area: str, source: TodaySource) -> None:
        self._today[area] = source

    def today_items(self, user: AbstractBaseUser, at: datetime) -> list[TodayItem]:
        """Give what needs this person: overdue first, then by day, then what has none."""
        items = [item for source in self._today.values() for item in source(user, at)]
        last = datetime.max.replace(tzinfo=at.tzinfo)
        return sorted(
            items, key=lambda item: (not item.is_overdue, item.due_at or last, item.title)
        )


registry = Registry()
