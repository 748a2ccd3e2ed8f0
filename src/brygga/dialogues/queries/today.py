"""What needs one person today, in the dialogues where that person is in the team."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext, ngettext

from brygga.core.registry import TodayItem
from brygga.dialogues.enums import DialogueState, InsightState
from brygga.dialogues.models import Dialogue, Insight, Step
from brygga.dialogues.queries.access import MANDATE, step_now, team_memberships, with_step_now
from brygga.dialogues.queries.start_check import start_check
from brygga.dialogues.rules import LEADERS, OPEN

SOON = timedelta(days=7)


@dataclass(frozen=True)
class _Mine:
    """One of the dialogues that the person leads."""

    dialogue: Dialogue
    step: Step | None
    drafts: int

    def address(self, name: str, *more: object) -> str:
        return reverse(f"dialogues:{name}", args=[self.dialogue.public_id, *more])


def today_items(user: AbstractBaseUser, at: datetime) -> Iterator[TodayItem]:
    """Give what each of the person's dialogues asks of its leaders."""
    today = localdate(at)
    for mine in _led_by(user, today):
        yield from _to_publish(mine, today)
        yield from _step_ends(mine, today)
        yield from _drafts(mine)


def _led_by(user: AbstractBaseUser, today: date) -> list[_Mine]:
    leads = team_memberships(user, today).filter(role__in=LEADERS)
    drafts = (
        Insight.objects.filter(dialogue=OuterRef("pk"), state=InsightState.DRAFT)
        .order_by()
        .values("dialogue")
        .annotate(number=Count("pk"))
    )
    dialogues = (
        with_step_now(Dialogue.objects.filter(pk__in=leads.values("dialogue"), state__in=OPEN))
        .select_related(*MANDATE)
        .annotate(draft_count=Coalesce(Subquery(drafts.values("number")), 0))
        .filter(
            Q(state=DialogueState.DRAFT)
            | Q(now_in__last_day__lte=today + SOON)
            | Q(draft_count__gt=0)
        )
        .order_by("sort_key", "pk")
    )
    return [_Mine(dialogue, step_now(dialogue), dialogue.draft_count) for dialogue in dialogues]


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
