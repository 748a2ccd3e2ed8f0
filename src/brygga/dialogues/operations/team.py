"""Who works with the dialogue, in which role and for how long."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.dialogues.enums import TeamRole
from brygga.dialogues.models import Dialogue, TeamMember
from brygga.dialogues.rules import LEADERS


class AlreadyInTeamError(Exception):
    """The person already holds that role."""


class LastLeaderError(Exception):
    """A dialogue always has somebody who leads it."""


@transaction.atomic
def add_member(
    *,
    dialogue: Dialogue,
    user: User,
    role: TeamRole,
    starts_on: date,
    last_day: date | None = None,
    by: User | None,
    at: datetime,
) -> TeamMember:
    Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    held = TeamMember.objects.filter(dialogue=dialogue, user=user, role=role)
    if held.filter(Q(last_day=None) | Q(last_day__gte=starts_on)).exists():
        raise AlreadyInTeamError
    member = TeamMember.objects.create(
        dialogue=dialogue, user=user, role=role, starts_on=starts_on, last_day=last_day
    )
    record(action="team.add", subject=member, by=by, at=at, fields=["user", "role"])
    return member


@transaction.atomic
def end_member(*, member: TeamMember, last_day: date, by: User, at: datetime) -> TeamMember:
    """Let somebody's place in the team end after a day, unless nobody would lead any more."""
    Dialogue.objects.select_for_update().get(pk=member.dialogue_id)
    member = TeamMember.objects.select_for_update().get(pk=member.pk)
    if member.role in LEADERS and not _other_leaders(member, max(last_day, localdate(at))):
        raise LastLeaderError
    member.last_day = max(last_day, member.starts_on)
    member.save(update_fields=["last_day"])
    record(action="team.end", subject=member, by=by, at=at, fields=["last_day"])
    return member


def _other_leaders(member: TeamMember, last_day: date) -> bool:
    return (
        TeamMember.objects.filter(dialogue=member.dialogue_id, role__in=LEADERS)
        .exclude(pk=member.pk)
        .filter(Q(last_day=None) | Q(last_day__gt=last_day))
        .exists()
    )
