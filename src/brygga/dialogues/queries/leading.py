"""Who leads a dialogue, and where nobody does."""

from collections.abc import Iterator
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from brygga.accounts.enums import Role
from brygga.accounts.models import RoleAssignment, User
from brygga.core.registry.today import TodayItem, TodayRows
from brygga.dialogues.enums import HandoverState, TeamRole
from brygga.dialogues.models import Dialogue, Handover, TeamMember
from brygga.dialogues.queries.access import in_reach, role_assignments
from brygga.dialogues.rules import LEADERS, OPEN


def leaders_in_force(on: date) -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(role__in=LEADERS, starts_on__lte=on).filter(
        Q(last_day=None) | Q(last_day__gte=on)
    )


def without_leader(on: date) -> QuerySet[Dialogue]:
    """List the open dialogues that nobody in the team leads on a day."""
    leads = leaders_in_force(on).filter(dialogue=OuterRef("pk"))
    return Dialogue.objects.filter(~Exists(leads), state__in=OPEN)


def owners_of(dialogue: Dialogue, *, on: date) -> QuerySet[User]:
    """List who answers for the organisation, and the owners in the team."""
    held = RoleAssignment.objects.valid_on(on).filter(
        role=Role.OWNER,
        body=None,
        membership__left_at=None,
        membership__organisation=dialogue.organisation_id,
    )
    team = leaders_in_force(on).filter(dialogue=dialogue, role=TeamRole.OWNER)
    return User.objects.filter(
        Q(pk__in=held.values("membership__user")) | Q(pk__in=team.values("user")), is_active=True
    ).order_by("pk")


def today_items(user: AbstractBaseUser, at: datetime) -> Iterator[TodayRows]:
    today = localdate(at)
    held = role_assignments(user, today).filter(role=Role.OWNER, body=None)
    mine = without_leader(today).filter(organisation__in=held.values("membership__organisation"))
    yield TodayRows(
        mine.order_by("sort_key", "pk")[:20],
        {"dialogue": "public_id", "title": "title"},
        lambda row: TodayItem(
            title=row["title"],
            why=gettext("The dialogue has no process leader. Choose one."),
            url=reverse("dialogues:team", args=[row["dialogue"]]),
            due_at=None,
            is_overdue=True,
        ),
    )
    yield TodayRows(
        Handover.objects.filter(in_reach(user), successor_id=user.pk, state=HandoverState.WAITING),
        {
            "handover": "public_id",
            "title": "dialogue__title",
            "name": "leaver__name",
            "email": "leaver__email",
        },
        lambda row: TodayItem(
            title=row["title"],
            why=gettext("{leaver} asks you to take over as process leader.").format(
                leaver=row["name"] or row["email"]
            ),
            url=reverse("dialogues:handover_answer", args=[row["handover"]]),
            due_at=None,
        ),
    )
