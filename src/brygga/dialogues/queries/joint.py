"""Who owns a dialogue, who has been asked to, and who answers for the one that is asked."""

from collections.abc import Iterator
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from brygga.accounts.models import Body, RoleAssignment, User
from brygga.accounts.rules import memberships_of
from brygga.core.registry.today import TodayItem, TodayRows
from brygga.dialogues.enums import JointState
from brygga.dialogues.models import Dialogue, JointInvitation
from brygga.dialogues.rules import MAY_OPEN_DIALOGUES


def owners_of(dialogue: Dialogue) -> QuerySet[Body]:
    return (
        dialogue.bodies.select_related("organisation")
        .annotate(is_guest=~Q(organisation=dialogue.organisation_id))
        .order_by("is_guest", "organisation__sort_key", "sort_key", "pk")
    )


def invitations_of(dialogue: Dialogue) -> QuerySet[JointInvitation]:
    return (
        JointInvitation.objects.filter(dialogue=dialogue)
        .select_related("body__organisation", "answered_by")
        .order_by("-asked_at", "-pk")
    )


def bodies_to_invite(dialogue: Dialogue, *, on: date, words: str = "") -> QuerySet[Body]:
    """Give the bodies of other organisations that sit and do not own the dialogue, by name."""
    bodies = (
        Body.objects.filter(Q(last_day=None) | Q(last_day__gte=on))
        .exclude(organisation=dialogue.organisation_id)
        .exclude(pk__in=dialogue.bodies.values("pk"))
    )
    for word in words.split():
        bodies = bodies.filter(Q(name__icontains=word) | Q(organisation__name__icontains=word))
    return bodies.select_related("organisation").order_by(
        "organisation__sort_key", "organisation", "sort_key", "pk"
    )


def answerers_of(body: Body, *, on: date) -> QuerySet[User]:
    """List who can say yes for a body: those who may open dialogues in its name."""
    held = RoleAssignment.objects.valid_on(on).filter(
        Q(body=None) | Q(body=body),
        role__in=MAY_OPEN_DIALOGUES,
        membership__left_at=None,
        membership__organisation=body.organisation_id,
    )
    return User.objects.filter(pk__in=held.values("membership__user"), is_active=True).order_by(
        "pk"
    )


def invitations_to_answer(user: AbstractBaseUser, *, on: date) -> QuerySet[JointInvitation]:
    """List those asked of the bodies for which this person can answer in this session."""
    return JointInvitation.objects.filter(
        body__in=bodies_answered_for(user, on=on).values("pk")
    ).select_related("dialogue__organisation", "dialogue__mandate", "body__organisation")


def bodies_answered_for(user: AbstractBaseUser, *, on: date) -> QuerySet[Body]:
    """List the bodies in whose name this person may open dialogues, in this session."""
    held = RoleAssignment.objects.valid_on(on).filter(
        membership__in=memberships_of(user), role__in=MAY_OPEN_DIALOGUES
    )
    everywhere = held.filter(body=None).values("membership__organisation")
    return Body.objects.filter(
        Q(organisation__in=everywhere) | Q(pk__in=held.exclude(body=None).values("body"))
    )


def get_invitation_for(user: User, public_id: str, *, on: date) -> JointInvitation:
    """Give an invitation to somebody who can answer it; Http404 to everybody else."""
    found = invitations_to_answer(user, on=on).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def today_items(user: AbstractBaseUser, at: datetime) -> Iterator[TodayRows]:
    waiting = invitations_to_answer(user, on=localdate(at)).filter(
        state=JointState.WAITING, expires_at__gt=at
    )
    yield TodayRows(
        waiting.select_related(None).order_by("expires_at", "pk")[:20],
        {
            "invitation": "public_id",
            "title": "dialogue__title",
            "organisation": "dialogue__organisation__name",
            "body": "body__name",
            "expires_at": "expires_at",
        },
        lambda row: TodayItem(
            title=row["title"],
            why=gettext("{organisation} asks {body} to own the dialogue together.").format(
                organisation=row["organisation"], body=row["body"]
            ),
            url=reverse("dialogues:joint_answer", args=[row["invitation"]]),
            due_at=datetime.fromisoformat(row["expires_at"]),
        ),
    )
