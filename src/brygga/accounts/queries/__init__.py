"""Reading people and organisations. Fetching is authorising: who may not know gets "not found"."""

from collections.abc import Iterator
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext

from brygga.accounts.enums import Permission
from brygga.accounts.models import (
    Body,
    Invitation,
    Membership,
    Organisation,
    OwnLogin,
    RoleAssignment,
    RoleAssignmentQuerySet,
    SamlFacts,
    User,
    UserSession,
)
from brygga.accounts.models.secrets import hash_of
from brygga.accounts.rules import may, memberships_of, organisations_where
from brygga.core.registry import TodayItem
from brygga.core.ui.sorting import Sorting

Reader = User | AnonymousUser

# The columns by which the list of people can be sorted.
PEOPLE_ORDERS = {"name": "user__sort_key", "joined": "joined_at"}


def signed_in(request: HttpRequest) -> User:
    """Give who is signed in, for pages that the middleware keeps from everybody else."""
    assert request.user.is_authenticated
    return request.user


def get_organisation_for(
    user: Reader, slug: str, permission: Permission, day: date
) -> Organisation:
    organisation = organisation_with_slug(slug)
    if organisation is None or not may(user, permission, organisation, day):
        raise Http404
    return organisation


def organisation_with_slug(slug: str) -> Organisation | None:
    return Organisation.objects.filter(slug=slug).first()


def is_logo(file_key: int) -> bool:
    """A logo is for everybody, as long as an organisation shows it."""
    return Organisation.objects.filter(logo=file_key).exists()


def get_body_for(
    user: Reader, slug: str, public_id: str, permission: Permission, day: date
) -> Body:
    body = (
        Body.objects.select_related("organisation")
        .filter(organisation__slug=slug, public_id=public_id)
        .first()
    )
    if body is None or not may(user, permission, body, day):
        raise Http404
    return body


def get_membership_for(
    user: Reader, slug: str, public_id: str, permission: Permission, day: date
) -> Membership:
    membership = (
        Membership.objects.select_related("organisation", "user")
        .filter(organisation__slug=slug, public_id=public_id, left_at=None)
        .first()
    )
    if membership is None or not may(user, permission, membership.organisation, day):
        raise Http404
    return membership


def get_role_for(
    user: Reader, slug: str, public_id: str, permission: Permission, day: date
) -> RoleAssignment:
    assignment = (
        RoleAssignment.objects.select_related("membership__organisation", "membership__user")
        .select_related("body")
        .filter(membership__organisation__slug=slug, membership__left_at=None, public_id=public_id)
        .first()
    )
    if assignment is None or not may(user, permission, assignment.membership.organisation, day):
        raise Http404
    return assignment


def get_invitation_for(
    user: Reader, slug: str, public_id: str, permission: Permission, day: date
) -> Invitation:
    invitation = (
        Invitation.objects.select_related("organisation")
        .filter(organisation__slug=slug, public_id=public_id)
        .first()
    )
    if invitation is None or not may(user, permission, invitation.organisation, day):
        raise Http404
    return invitation


def get_invitation_by_secret(secret: str) -> Invitation:
    """Find the invitation that a link belongs to; the link itself is the right to see it."""
    invitation = (
        Invitation.objects.select_related("organisation", "body", "invited_by")
        .filter(secret_hash=hash_of(secret))
        .first()
    )
    if invitation is None:
        raise Http404
    return invitation


def person_with_address(email: str) -> User | None:
    return User.objects.filter(email=email).first()


def has_second_factor(user: Reader) -> bool:
    types = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=types).exists())


def sessions_of(user: User, *, at: datetime) -> QuerySet[UserSession]:
    """List where a person is signed in, the latest first; after an organisation's login its own."""
    sessions = UserSession.objects.filter(user=user, expire_date__gt=at).exclude(public_id="")
    if user.bound_to:
        sessions = sessions.filter(through=user.bound_to)
    return sessions.select_related("through").order_by("-seen_at", "public_id")


def get_session_for(user: User, public_id: str, *, at: datetime) -> UserSession:
    session = sessions_of(user, at=at).filter(public_id=public_id).first()
    if session is None:
        raise Http404
    return session


def own_login_of(organisation: Organisation) -> OwnLogin | None:
    logins = OwnLogin.objects.select_related("saml").prefetch_related("domains", "roles")
    return logins.filter(organisation=organisation).first()


def own_login_with(public_id: str) -> OwnLogin | None:
    logins = OwnLogin.objects.select_related("organisation", "saml")
    return logins.filter(public_id=public_id).first()


def saml_with(public_id: str) -> SamlFacts | None:
    found = SamlFacts.objects.select_related("login__organisation")
    return found.filter(login__public_id=public_id).first()


def saml_to_renew() -> QuerySet[SamlFacts]:
    return SamlFacts.objects.select_related("login").exclude(metadata_url="").order_by("pk")


def own_logins(search: str) -> QuerySet[OwnLogin]:
    """List those that are turned on, for everybody; it says nothing of who has an account."""
    found = OwnLogin.objects.filter(is_on=True, organisation__name__icontains=search)
    return found.select_related("organisation").order_by("organisation__sort_key", "pk")


def get_own_login_to_use(slug: str) -> OwnLogin:
    login = own_logins("").filter(organisation__slug=slug).first()
    if login is None:
        raise Http404
    return login


def own_login_for_address(email: str) -> OwnLogin | None:
    """Find the login by the domain alone, so that nobody learns whether an account is there."""
    domain = email.strip().lower().rpartition("@")[2]
    return own_logins("").filter(domains__domain=domain).first() if domain else None


def callback_of(login: OwnLogin, site: str) -> str:
    return site.rstrip("/") + reverse("own_login_callback", args=[login.public_id])


def organisations_of(user: Reader) -> QuerySet[Organisation]:
    return Organisation.objects.filter(memberships__in=memberships_of(user)).order_by(
        "sort_key", "pk"
    )


def people_by_municipality(user: Reader) -> dict[str, int]:
    """Count the members of a person's municipalities, by code; fictional ones have none."""
    placed = organisations_of(user).filter(municipality_code__isnull=False).order_by()
    members = Count("memberships", filter=Q(memberships__left_at=None))
    counted = Organisation.objects.filter(pk__in=placed.values("pk")).annotate(number=members)
    return {each.municipality_code or "": each.number for each in counted}


def bodies_of(organisation: Organisation) -> QuerySet[Body]:
    return organisation.bodies.order_by("sort_key", "pk")


def bodies_in_force(organisation: Organisation, day: date) -> QuerySet[Body]:
    return bodies_of(organisation).filter(Q(last_day__isnull=True) | Q(last_day__gte=day))


def people_of(
    organisation: Organisation, *, day: date, search: str, role: str, sorting: Sorting
) -> QuerySet[Membership]:
    """List the members with their present and coming roles in `mandates`."""
    people = Membership.objects.filter(organisation=organisation, left_at=None)
    if search:
        people = people.filter(Q(user__name__icontains=search) | Q(user__email__icontains=search))
    if role:
        holding = RoleAssignment.objects.valid_on(day).filter(role=role)
        people = people.filter(roles__in=holding).distinct()
    return (
        people.select_related("user")
        .prefetch_related(Prefetch("roles", mandates(day), to_attr="mandates"))
        .order_by(*_order(sorting))
    )


def _order(sorting: Sorting) -> tuple[str, str]:
    sign = "-" if sorting.is_descending else ""
    return f"{sign}{PEOPLE_ORDERS[sorting.key]}", f"{sign}pk"


def number_of_people(organisation: Organisation) -> int:
    return Membership.objects.filter(organisation=organisation, left_at=None).count()


def all_roles(membership: Membership) -> QuerySet[RoleAssignment]:
    """List the roles that a person holds, has held and will hold, the latest first."""
    return membership.roles.select_related("body").order_by("-starts_on", "-pk")


def mandates(day: date) -> RoleAssignmentQuerySet:
    """List roles that hold on the day or will."""
    return (
        RoleAssignment.objects.filter(Q(last_day__isnull=True) | Q(last_day__gte=day))
        .select_related("body")
        .order_by("starts_on", "pk")
    )


def roles_of(user: User, organisation: Organisation, day: date) -> list[RoleAssignment]:
    """List the roles that a person holds in an organisation on a day."""
    return list(
        mandates(day)
        .filter(
            membership__user=user,
            membership__organisation=organisation,
            membership__left_at=None,
            starts_on__lte=day,
        )
        .order_by("role", "pk")
    )


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """List those that nobody has accepted or revoked, expired ones too, the latest first."""
    return (
        organisation.invitations.filter(accepted_at=None, revoked_at=None)
        .select_related("body")
        .order_by("-invited_at", "-pk")
    )


def today_items(user: AbstractBaseUser, at: datetime) -> Iterator[TodayItem]:
    """Tell those who may invite that nobody has answered in time."""
    assert isinstance(user, User)
    where = organisations_where(user, Permission.INVITE, localdate(at))
    expired = Invitation.objects.filter(
        organisation__in=where, accepted_at=None, revoked_at=None, expires_at__lte=at
    )
    rows = expired.values_list("organisation__slug", "organisation__name")
    for slug, name, number in rows.annotate(number=Count("pk")).order_by("organisation__sort_key"):
        title = ngettext(
            "%(number)s invitation has expired", "%(number)s invitations have expired", number
        )
        yield TodayItem(
            title=title % {"number": number},
            why=gettext("Send again or revoke, so that %(name)s gets its people.") % {"name": name},
            url=reverse("accounts:invitations", args=[slug]),
            due_at=None,
        )
