"""The bodies and people that a dialogue can point at: those of its owners."""

from datetime import date

from django.db.models import F, Q, QuerySet

from brygga.accounts.models import Body, Membership, Organisation, RoleAssignment, User
from brygga.dialogues.models import Dialogue, TeamMember

MOST_NEAR = 200  # more than any list is read; the others are found by their address


def bodies_of(dialogue: Dialogue) -> QuerySet[Body]:
    """Give the bodies of every owner."""
    return Body.objects.filter(
        Q(organisation=dialogue.organisation_id)
        | Q(organisation__in=dialogue.bodies.values("organisation"))
    ).order_by("sort_key", "pk")


def bodies_in(organisations: list[int]) -> QuerySet[Body]:
    return Body.objects.filter(organisation__in=organisations).order_by("sort_key", "pk")


def organisations_among(keys: list[int]) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=keys).order_by("sort_key", "pk")


def people_of(dialogue: Dialogue) -> QuerySet[User]:
    """Give those who can be asked to do something here: members of the owners, and the team."""
    owners = (
        Organisation.objects.filter(
            Q(pk=dialogue.organisation_id) | Q(pk__in=dialogue.bodies.values("organisation"))
        )
        .order_by()
        .values("pk")
    )
    return User.objects.filter(
        Q(
            pk__in=User.objects.filter(
                memberships__organisation__in=owners, memberships__left_at=None
            ).values("pk")
        )
        | Q(pk__in=TeamMember.objects.filter(dialogue=dialogue).values("user"))
    ).order_by("name", "email", "pk")


def people_near(dialogue: Dialogue) -> QuerySet[User]:
    """Give those whom one usually asks: the team, and who holds a role in an owning body."""
    in_bodies = RoleAssignment.objects.filter(
        body__in=dialogue.bodies.values("pk"), membership__left_at=None
    )
    in_team = TeamMember.objects.filter(dialogue=dialogue, last_day=None)
    return User.objects.filter(
        Q(pk__in=in_team.values("user")) | Q(pk__in=in_bodies.values("membership__user")),
        is_active=True,
    ).order_by("sort_key", "pk")[:MOST_NEAR]


def members_to_choose(dialogue: Dialogue, words: str = "") -> QuerySet[Membership]:
    """Give the members of the owners, one row a membership, by name; with words only who fits."""
    members = Membership.objects.filter(left_at=None, user__is_active=True).filter(
        Q(organisation=dialogue.organisation_id)
        | Q(organisation__in=dialogue.bodies.values("organisation"))
    )
    if words:
        members = members.filter(Q(user__name__icontains=words) | Q(user__email__icontains=words))
    return members.select_related("user", "organisation").order_by("user__sort_key", "pk")


def team_of(dialogue: Dialogue, *, on: date) -> QuerySet[TeamMember]:
    """Give the team as it is on a day or will be, by role and name."""
    return (
        TeamMember.objects.filter(dialogue=dialogue)
        .filter(Q(last_day=None) | Q(last_day__gte=on))
        .select_related("user")
        .order_by("role", "user__name", "pk")
    )


def former_team_of(dialogue: Dialogue, *, on: date) -> QuerySet[TeamMember]:
    return (
        TeamMember.objects.filter(dialogue=dialogue, last_day__lt=on)
        .select_related("user")
        .order_by(F("last_day").desc(), "pk")
    )
