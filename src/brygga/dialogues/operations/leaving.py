"""When somebody leaves an organisation: their places in its teams end, and owners are told."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from brygga.accounts.models import Membership, User
from brygga.core.audit.operations import record
from brygga.core.mail.operations import queue_message
from brygga.dialogues.models import Dialogue, TeamMember
from brygga.dialogues.operations.handovers import KIND
from brygga.dialogues.queries.leading import leaders_in_force, owners_of
from brygga.dialogues.rules import LEADERS, OPEN


@transaction.atomic
def leave_teams(
    user: AbstractBaseUser, organisation: int, by: AbstractBaseUser, at: datetime
) -> None:
    """End the places held through an organisation, but not where another owner still is one's own.

    Yesterday is the last day: who has left does not come in today. A place that has not been held
    yet is taken back.
    """
    today = localdate(at)
    remaining = Membership.objects.filter(user_id=user.pk, left_at=None).values("organisation")
    of_organisation = Dialogue.objects.filter(
        Q(organisation=organisation) | Q(bodies__organisation=organisation)
    )
    still_mine = Dialogue.objects.filter(
        Q(organisation__in=remaining) | Q(bodies__organisation__in=remaining)
    )
    places = (
        TeamMember.objects.filter(user_id=user.pk, dialogue__in=of_organisation.values("pk"))
        .filter(Q(last_day=None) | Q(last_day__gte=today))
        .exclude(dialogue__in=still_mine.values("pk"))
    )
    assert isinstance(by, User)
    end_places(places, by=by, at=at)


def end_places(places: QuerySet[TeamMember], *, by: User, at: datetime) -> None:
    """End these places at once, and tell the owners where nobody leads any more."""
    today = localdate(at)
    locked = places.select_for_update(of=("self",)).select_related("dialogue")
    for place in locked.order_by("pk"):
        record(action="team.end", subject=place, by=by, at=at, fields=["last_day"])
        if place.starts_on >= today:
            place.delete()
        else:
            place.last_day = today - timedelta(days=1)
            place.save(update_fields=["last_day"])
        if place.role in LEADERS:
            _tell_if_nobody_leads(place, at)


def _tell_if_nobody_leads(place: TeamMember, at: datetime) -> None:
    dialogue, today = place.dialogue, localdate(at)
    others = leaders_in_force(today).filter(dialogue=dialogue).exclude(user=place.user_id)
    if dialogue.state not in OPEN or others.exists():
        return
    page = reverse("dialogues:team", args=[dialogue.public_id])
    for owner in owners_of(dialogue, on=today).exclude(pk=place.user_id):
        queue_message(
            key=f"leaderless:{dialogue.public_id}:{today}:{owner.pk}",
            kind=KIND,
            recipient=owner.email,
            language=owner.language,
            template="dialogues/mail/leaderless",
            context={"dialogue": dialogue.title, "url": f"{settings.BRYGGA_ADDRESS}{page}"},
            due_at=at,
            at=at,
        )
