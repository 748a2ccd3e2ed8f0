"""What the moderation asks of one person today."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext, ngettext

from brygga.accounts.enums import Role
from brygga.core.calendar import working_days_after
from brygga.core.registry import TodayItem
from brygga.dialogues.enums import CaseCause
from brygga.dialogues.models import Dialogue, ModerationCase, TeamMember
from brygga.dialogues.queries.access import role_assignments, team_memberships
from brygga.dialogues.rules import MODERATOR_ROLES


def today_items(user: AbstractBaseUser, at: datetime) -> Iterator[TodayItem]:
    """Give what waits in the dialogues that one moderates, and the new assessments to make."""
    today = localdate(at)
    teams = team_memberships(user, today).filter(role__in=MODERATOR_ROLES)
    mine = Dialogue.objects.filter(pk__in=teams.values("dialogue"))
    yield from _to_read(user, mine, today)
    yield from _to_assess(user, mine, today)


def _to_read(user: AbstractBaseUser, mine: QuerySet[Dialogue], today: date) -> Iterator[TodayItem]:
    to_read = ModerationCase.objects.filter(closed_at=None).exclude(cause=CaseCause.NEW_ASSESSMENT)
    rows = (
        mine.filter(pk__in=to_read.values("dialogue"))
        .annotate(
            waiting=Count(
                "cases",
                filter=Q(cases__closed_at=None) & ~Q(cases__cause=CaseCause.NEW_ASSESSMENT),
            ),
            own=Count("cases", filter=Q(cases__closed_at=None, cases__assigned_to=user.pk)),
            oldest=Min(
                "cases__opened_at",
                filter=Q(cases__closed_at=None) & ~Q(cases__cause=CaseCause.NEW_ASSESSMENT),
            ),
        )
        .order_by("sort_key", "pk")
    )
    for dialogue in rows:
        title = ngettext(
            "%(count)s contribution waits to be read.",
            "%(count)s contributions wait to be read.",
            dialogue.waiting,
        )
        own = ngettext("%(count)s is given to you.", "%(count)s are given to you.", dialogue.own)
        last = working_days_after(localdate(dialogue.oldest), settings.BRYGGA_READING_DAYS)
        yield TodayItem(
            title % {"count": dialogue.waiting},
            f"{dialogue.title}. {own % {'count': dialogue.own}}"
            if dialogue.own
            else dialogue.title,
            reverse("dialogues:moderation", args=[dialogue.public_id]),
            due_at=_end(last),
            is_overdue=last < today,
        )


def _to_assess(
    user: AbstractBaseUser, mine: QuerySet[Dialogue], today: date
) -> Iterator[TodayItem]:
    """Remind the second person: the team but the one who decided first, else an owner."""
    cases = (
        ModerationCase.objects.filter(closed_at=None, cause=CaseCause.NEW_ASSESSMENT)
        .exclude(first_decided_by_id=user.pk)
        .filter(Q(assigned_to=None) | Q(assigned_to_id=user.pk))
        .filter(Q(dialogue__in=mine) | _alone(user, today))
        .select_related("dialogue", "contribution")
        .order_by("due_on", "pk")
    )
    for case in cases:
        assert case.due_on is not None
        yield TodayItem(
            gettext("Somebody asks for a new assessment, and you can make it."),
            case.dialogue.title,
            reverse("dialogues:case", args=[case.dialogue.public_id, case.contribution.public_id]),
            due_at=_end(case.due_on),
            is_overdue=case.due_on < today,
        )


def _alone(user: AbstractBaseUser, today: date) -> Q:
    """Tell of the cases in an owner's organisations that nobody else of the team may decide."""
    held = role_assignments(user, today).filter(role=Role.OWNER, body=None)
    owned = held.values("membership__organisation")
    others = TeamMember.objects.filter(
        _in_force(today), role__in=MODERATOR_ROLES, dialogue=OuterRef("dialogue")
    ).exclude(user=Coalesce(OuterRef("first_decided_by"), 0))
    return Q(~Exists(others), dialogue__organisation__in=owned)


def _in_force(today: date) -> Q:
    return Q(starts_on__lte=today) & (Q(last_day=None) | Q(last_day__gte=today))


def _end(day: date) -> datetime:
    return datetime.combine(day, time.max, get_current_timezone())
