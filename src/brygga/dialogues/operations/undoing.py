"""What “Ångra” does here. Nothing is erased: each is an act of its own, with its audit row."""

from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.timezone import localdate

from brygga.accounts.models import User
from brygga.core.undo.offers import Facts, TooLateError
from brygga.dialogues.enums import TeamRole
from brygga.dialogues.models import Dialogue, TeamMember
from brygga.dialogues.operations.team import AlreadyInTeamError, add_member
from brygga.dialogues.operations.voices import link_contributions
from brygga.dialogues.operations.year_plan import IssueTakenError, put_planned_back
from brygga.dialogues.queries.access import get_access
from brygga.dialogues.queries.voices import (
    chosen_voices,
    get_perspective_in,
)
from brygga.dialogues.queries.year_plan import get_plan_for
from brygga.dialogues.rules import Permission

UNLINKED, ENDED, UNPLANNED = "voices.unlinked", "team.ended", "year_plan.removed"


def link_again(user: AbstractBaseUser, facts: Facts, at: datetime) -> None:
    """Put voices back into the perspective from which they were taken."""
    dialogue = _dialogue(user, facts, Permission.WRITE_INSIGHTS, at)
    voices = chosen_voices(dialogue, facts["voices"].split())
    if not voices:
        raise TooLateError
    perspective = get_perspective_in(dialogue, facts["perspective"])
    link_contributions(perspective=perspective, contributions=voices, by=_person(user), at=at)


def add_again(user: AbstractBaseUser, facts: Facts, at: datetime) -> None:
    """Give somebody the place in the team that was ended: a new row, from the day after."""
    dialogue = _dialogue(user, facts, Permission.MANAGE_TEAM, at)
    ended = TeamMember.objects.filter(dialogue=dialogue, pk=int(facts["member"])).first()
    if ended is None or ended.last_day is None:
        raise TooLateError
    try:
        add_member(
            dialogue=dialogue,
            user=ended.user,
            role=TeamRole(ended.role),
            starts_on=ended.last_day + timedelta(days=1),
            by=_person(user),
            at=at,
        )
    except AlreadyInTeamError:
        raise TooLateError from None


def plan_again(user: AbstractBaseUser, facts: Facts, at: datetime) -> None:
    """Put a dialogue back on the yearly plan from which it was taken."""
    plan = get_plan_for(_person(user), facts["organisation"], int(facts["year"]), localdate(at))
    planned = plan.planned.filter(public_id=facts["planned"], removed_at__isnull=False).first()
    if planned is None:
        raise TooLateError
    try:
        put_planned_back(planned=planned, by=_person(user), at=at)
    except IssueTakenError:
        raise TooLateError from None


def _dialogue(user: AbstractBaseUser, facts: Facts, right: Permission, at: datetime) -> Dialogue:
    return get_access(_person(user), facts["dialogue"], right, at=at).dialogue


def _person(user: AbstractBaseUser) -> User:
    assert isinstance(user, User), "the workspace lets nobody else in"
    return user
