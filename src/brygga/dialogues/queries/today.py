"""What needs one person today, in the dialogues where that person is in the team."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext, ngettext

from brygga.core.registry import TodayItem
from brygga.dialogues.enums import (
    DialogueState,
    InsightState,
    StepState,
)
from brygga.dialogues.models import Dialogue, Step
from brygga.dialogues.queries.start_check import start_check
from brygga.dialogues.rules import LEADERS, OPEN

SOON = timedelta(days=7)


@dataclass(frozen=True)
class _Mine:
    """One of the person's dialogues, with the roles held in its team."""

    dialogue: Dialogue
    roles: frozenset[str]
    step: Step | None
    drafts: int

    def address(self, name: str, *more: object) -> str:
        return reverse(f"dialogues:{name}", args=[self.dialogue.public_id, *more])


def today_items(user: AbstractBaseUser, at: datetime) -> Iterator[TodayItem]:
    """Give what each of the person's dialogues asks of its leaders."""
    today = localdate(at)
    for mine in _dialogues_of(user, today):
        if mine.roles & LEADERS:
            yield from _to_publish(mine, today)
            yield from _step_ends(mine, today)
            yield from _drafts(mine)


def _dialogues_of(user: AbstractBaseUser, today: date) -> list[_Mine]:
    in_force = Q(team__last_day=None) | Q(team__last_day__gte=today)
    rows = (
        Dialogue.objects.filter(in_force, team__user_id=user.pk, team__starts_on__lte=today)
        .filter(state__in=OPEN)
        .values_list("pk", "team__role")
    )
    roles: dict[int, set[str]] = {}
    for key, role in rows:
        roles.setdefault(key, set()).add(role)
    drafts = Count("insights", filter=Q(insights__state=InsightState.DRAFT), distinct=True)
    current = Prefetch(
        "steps", queryset=Step.objects.filter(state=StepState.CURRENT), to_attr="steps_now"
    )
    dialogues = (
        Dialogue.objects.filter(pk__in=roles)
        .select_related("mandate__feeds_body", "mandate__start_body", "mandate__feedback_owner")
        .prefetch_related(current)
        .annotate(draft_count=drafts)
        .order_by("sort_key", "pk")
    )
    return [
        _Mine(
            dialogue,
            frozenset(roles[dialogue.pk]),
            next(iter(getattr(dialogue, "steps_now", [])), None),
            dialogue.draft_count,
        )
        for dialogue in dialogues
    ]


def _to_publish(mine: _Mine, today: date) -> Iterator[TodayItem]:
    if mine.dialogue.state != DialogueState.DRAFT:
        return
    failing = start_check(mine.dialogue, mine.dialogue.mandate, on=today).failing
    if failing:
        why = ngettext(
            "The start check lacks %(count)s point.",
            "The start check lacks %(count)s points.",
            len(failing),
        ) % {"count": len(failing)}
        yield TodayItem(why, mine.dialogue.title, mine.address("start_check"), due_at=None)
    else:
        why = gettext("The start check holds: it can be published.")
        yield TodayItem(why, mine.dialogue.title, mine.address("publish"), due_at=None)


def _step_ends(mine: _Mine, today: date) -> Iterator[TodayItem]:
    step = mine.step
    if step is None or step.last_day is None or step.last_day > today + SOON:
        return
    is_overdue = step.last_day < today
    text = (
        gettext("The step “%(step)s” was to end. Move on, or set a new last day.")
        if is_overdue
        else gettext("The step “%(step)s” ends soon.")
    )
    yield TodayItem(
        text % {"step": step.get_kind_display()},
        mine.dialogue.title,
        mine.address("step", step.position),
        due_at=datetime.combine(step.last_day, time.max, get_current_timezone()),
        is_overdue=is_overdue,
    )


def _drafts(mine: _Mine) -> Iterator[TodayItem]:
    if not mine.drafts:
        return
    why = ngettext(
        "%(count)s insight is still a draft.", "%(count)s insights are still drafts.", mine.drafts
    ) % {"count": mine.drafts}
    yield TodayItem(why, mine.dialogue.title, mine.address("insights"), due_at=None)
