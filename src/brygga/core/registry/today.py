"""What needs one person today: items of many areas, asked of the database together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model, QuerySet, Value
from django.db.models.functions import JSONObject


@dataclass(frozen=True)
class TodayItem:
    """Something that needs one person, with the day by which it is needed."""

    title: str
    why: str
    url: str
    due_at: datetime | None
    is_overdue: bool = False


Facts = Mapping[str, Any]


@dataclass(frozen=True)
class TodayRows:
    """Rows of which each is an item, and the facts of a row that its item tells.

    All areas' rows are asked for in one question, so that the page costs no more for each area
    that comes to it. Days and times arrive as ISO texts.
    """

    rows: QuerySet[Any]
    facts: Mapping[str, str]
    item: Callable[[Facts], TodayItem]


Offered = TodayItem | TodayRows
TodaySource = Callable[[AbstractBaseUser, datetime], Iterable[Offered]]


def items_of(offered: Iterable[Offered]) -> list[TodayItem]:
    """Give the items, with those that wait in the database."""
    items: list[TodayItem] = []
    waiting: list[TodayRows] = []
    for each in offered:
        if isinstance(each, TodayRows):
            waiting.append(each)
        else:
            items.append(each)
    return items + [waiting[number].item(facts) for number, facts in _together(waiting)]


def _together(waiting: Sequence[TodayRows]) -> Iterable[tuple[int, Facts]]:
    parts: list[QuerySet[Model, tuple[int, Facts]]] = [
        each.rows.annotate(
            today_number=Value(number), today_facts=JSONObject(**each.facts)
        ).values_list("today_number", "today_facts")
        for number, each in enumerate(waiting)
    ]
    return parts[0].union(*parts[1:], all=True) if parts else []
