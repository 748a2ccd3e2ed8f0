"""Promises: whose they are, and who is told when they are late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypedDict

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Q, QuerySet
from django.http import Http404

from brygga.accounts.enums import Role
from brygga.accounts.models import RoleAssignment, User
from brygga.accounts.rules import memberships_of
from brygga.core.calendar import swedish_date
from brygga.dialogues.enums import DialogueState, TeamRole
from brygga.dialogues.models import Dialogue, TeamMember
from brygga.dialogues.queries import Access, access_to
from brygga.dialogues.queries.access import in_reach
from brygga.dialogues.rules import Permission
from brygga.tools.outcomes import rules
from brygga.tools.outcomes.enums import PromiseState, Standing
from brygga.tools.outcomes.models import FeedbackPromise

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class Moved(TypedDict):
    times_moved: int


@dataclass(frozen=True)
class PromiseAccess:
    """A promise, and what this person may do with it."""

    promise: FeedbackPromise
    access: Access
    standing: Standing
    may_move: bool
    may_keep: bool


def get_promise_for(
    user: AbstractBaseUser, dialogue_id: str, public_id: str, *, at: datetime
) -> PromiseAccess:
    """Give a promise to its owner and to those who record outcomes; Http404 to everybody else."""
    promise = (
        FeedbackPromise.objects.filter(public_id=public_id, dialogue__public_id=dialogue_id)
        .select_related("dialogue__organisation", "body", "owner")
        .first()
    )
    if promise is None:
        raise Http404
    access = access_to(promise.dialogue, user, at=at)
    is_owner = promise.owner_id == user.pk
    may_record = access.may(Permission.RECORD_OUTCOMES)
    if not (is_owner or access.may(Permission.SEE_WORKSPACE)):
        raise Http404
    today = swedish_date(at)
    stands = rules.standing(promise, on=today)
    return PromiseAccess(
        promise=promise,
        access=access,
        standing=rules.seen_standing(promise, user_id=user.pk, roles=access.roles, on=today),
        may_move=rules.may_move(promise, user_id=user.pk, roles=access.roles, on=today),
        may_keep=(is_owner or may_record) and stands not in {Standing.KEPT, Standing.ENDED},
    )


def open_promises(*, due_before: date) -> QuerySet[FeedbackPromise]:
    """List what is still promised and due before a day, but not where a dialogue was broken off."""
    return (
        FeedbackPromise.objects.filter(state=PromiseState.OPEN, due_on__lt=due_before)
        .exclude(dialogue__state=DialogueState.CANCELLED)
        .select_related("dialogue", "owner")
        .order_by("due_on", "pk")
    )


def open_promises_of(dialogue: Dialogue, owner: AbstractBaseUser) -> QuerySet[FeedbackPromise]:
    """List what somebody has promised in a dialogue and not yet kept."""
    return FeedbackPromise.objects.filter(
        dialogue=dialogue, owner_id=owner.pk, state=PromiseState.OPEN
    ).order_by("due_on", "pk")


def promises_to_see_to(user: AbstractBaseUser, *, on: date) -> list[FeedbackPromise]:
    """List this person's open promises, and the late ones where they are secretary."""
    mine = Q(owner_id=user.pk, due_on__lte=on + timedelta(days=max(rules.REMINDERS)))
    late = Q(due_on__lt=on, dialogue__in=secretary_dialogues(user, on=on).values("pk"))
    far = on + timedelta(days=max(rules.REMINDERS) + 1)
    return list(open_promises(due_before=far).filter(in_reach(user), mine | late))


def promises_of(
    dialogues: Sequence[Dialogue],
) -> "QuerySet[WithAnnotations[FeedbackPromise, Moved]]":
    """List what the dialogues promise, and how often each promise was moved."""
    return (
        FeedbackPromise.objects.filter(dialogue__in=dialogues)
        .select_related("dialogue")
        .annotate(times_moved=Count("changes"))
        .order_by("due_on", "pk")
    )


def secretary_dialogues(user: AbstractBaseUser, *, on: date) -> QuerySet[Dialogue]:
    """List where this person is secretary on a day: in the team, the body or the organisation."""
    held = _secretaries(on).filter(membership__in=memberships_of(user))
    bodies = held.exclude(body=None).values("body")
    organisations = held.filter(body=None).values("membership__organisation")
    teams = _in_team(on).filter(in_reach(user), user_id=user.pk).values("dialogue")
    owned = Dialogue.objects.filter(
        Q(bodies__in=bodies) | Q(bodies__organisation__in=organisations)
    )
    return Dialogue.objects.filter(
        Q(pk__in=teams) | Q(organisation__in=organisations) | Q(pk__in=owned.values("pk"))
    )


def secretaries_of(dialogue: Dialogue, *, on: date) -> QuerySet[User]:
    """List who is secretary here on a day: in the team, an owning body or organisation."""
    held = _secretaries(on).filter(
        Q(body__in=dialogue.bodies.values("pk"))
        | Q(body=None, membership__organisation=dialogue.organisation_id)
        | Q(body=None, membership__organisation__in=dialogue.bodies.values("organisation"))
    )
    return User.objects.filter(
        Q(pk__in=_in_team(on).filter(dialogue=dialogue).values("user"))
        | Q(pk__in=held.values("membership__user")),
        is_active=True,
    ).order_by("pk")


def _secretaries(on: date) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.valid_on(on).filter(role=Role.SECRETARY, membership__left_at=None)


def _in_team(on: date) -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(role=TeamRole.SECRETARY, starts_on__lte=on).filter(
        Q(last_day=None) | Q(last_day__gte=on)
    )
