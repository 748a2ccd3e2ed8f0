"""Ending that a body owns a dialogue together with others: who may, and what follows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.http import Http404

from brygga.accounts.models import Body, Membership, User
from brygga.accounts.rules import memberships_of
from brygga.dialogues.models import Dialogue, TeamMember
from brygga.dialogues.queries.joint import answerers_of, bodies_answered_for, owners_of
from brygga.dialogues.queries.leading import leaders_in_force
from brygga.dialogues.queries.leading import owners_of as who_answers_for
from brygga.dialogues.registry import registry


@dataclass(frozen=True)
class Leaver:
    """Somebody whose place in the team ends, and what they answer for today."""

    user: User
    holds: tuple[str, ...]


@dataclass(frozen=True)
class Ending:
    """What follows when a body no longer owns the dialogue, told before it is done."""

    body: Body
    leavers: tuple[Leaver, ...]
    is_last: bool
    decides: bool  # the mandate says that this body decides
    stays_by_another: bool  # another body of the same organisation goes on owning it


def bodies_to_end(user: AbstractBaseUser, dialogue: Dialogue, *, on: date) -> QuerySet[Body]:
    """List the bodies of other organisations for which this person may end it.

    The organisation that opened the dialogue may, and those who answer for the body itself.
    """
    guests = owners_of(dialogue).exclude(organisation=dialogue.organisation_id)
    if memberships_of(user).filter(organisation=dialogue.organisation_id).exists():
        return guests
    return guests.filter(pk__in=bodies_answered_for(user, on=on).values("pk"))


def get_body_to_end_for(
    user: AbstractBaseUser, dialogue: Dialogue, public_id: str, *, on: date
) -> Body:
    body = bodies_to_end(user, dialogue, on=on).filter(public_id=public_id).first()
    if body is None:
        raise Http404
    return body


def what_ending_means(dialogue: Dialogue, body: Body, *, on: date) -> Ending:
    places = places_that_end(dialogue, body, on=on).select_related("user").order_by("user", "pk")
    leavers = {place.user_id: place.user for place in places}
    others = dialogue.bodies.exclude(pk=body.pk)
    return Ending(
        body=body,
        leavers=tuple(
            Leaver(user, tuple(registry.held_by(dialogue, user))) for user in leavers.values()
        ),
        is_last=not others.exists(),
        decides=dialogue.mandate.feeds_body_id == body.pk,
        stays_by_another=others.filter(organisation=body.organisation_id).exists(),
    )


def places_that_end(dialogue: Dialogue, body: Body, *, on: date) -> QuerySet[TeamMember]:
    """List the places in the team held by people of the body's organisation, and of no other owner.

    Where another body of that organisation goes on owning the dialogue, nobody leaves.
    """
    others = dialogue.bodies.exclude(pk=body.pk)
    members = Membership.objects.filter(left_at=None)
    staying = members.filter(
        Q(organisation=dialogue.organisation_id) | Q(organisation__in=others.values("organisation"))
    )
    return (
        TeamMember.objects.filter(dialogue=dialogue)
        .filter(Q(last_day=None) | Q(last_day__gte=on))
        .filter(user__in=members.filter(organisation=body.organisation_id).values("user"))
        .exclude(user__in=staying.values("user"))
    )


def who_is_told(dialogue: Dialogue, bodies: Collection[Body], *, on: date) -> list[User]:
    """Give who answers for each of the bodies and for the dialogue, and who leads it, once each."""
    told = {user.pk: user for body in bodies for user in answerers_of(body, on=on)}
    told |= {user.pk: user for user in who_answers_for(dialogue, on=on)}
    leading = leaders_in_force(on).filter(dialogue=dialogue, user__is_active=True)
    told |= {place.user_id: place.user for place in leading.select_related("user")}
    return [told[number] for number in sorted(told)]
