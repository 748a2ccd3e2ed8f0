"""What is held of an account, gathered for the person whose it is."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import QuerySet

from brygga.accounts.models import AccessibilityReport, Invitation, Membership, User, UserSession
from brygga.accounts.queries import all_roles
from brygga.core.editing.queries import drafts_of
from brygga.core.registry import Person


def export_person(person: Person) -> dict[str, object]:
    """Give what is held of an account and of invitations to an address."""
    users = User.objects.filter(pk=person.user_id) if person.user_id else _with_address(person)
    memberships = Membership.objects.filter(user__in=users).select_related("organisation")
    invitations = Invitation.objects.filter(email=person.email.strip().lower())
    if person.organisation_id is not None:
        memberships = memberships.filter(organisation=person.organisation_id)
        invitations = invitations.filter(organisation=person.organisation_id)
        users = users.filter(memberships__in=memberships)
    held: dict[str, list[dict[str, object]]] = {
        "account": [
            {
                "address": user.email,
                "name": user.name,
                "language": user.language,
                "joined": user.joined_at.isoformat(),
            }
            for user in users
        ],
        "memberships": [
            {
                "organisation": membership.organisation.name,
                "roles": [str(role.get_role_display()) for role in all_roles(membership)],
                "joined": membership.joined_at.isoformat(),
            }
            for membership in memberships.order_by("pk")
        ],
        "invitations": [
            _invitation(invitation) for invitation in invitations.order_by("pk") if person.email
        ],
        "obstacles": _obstacles(person),
    }
    if person.organisation_id is None:  # else those who own what the drafts are about give them
        held |= {"drafts": drafts_of(users), "sessions": _sessions(users), "logins": _logins(users)}
    return {name: rows for name, rows in held.items() if rows}


def _invitation(invitation: Invitation) -> dict[str, object]:
    return {
        "address": invitation.email,
        "language": invitation.language,
        "invited": invitation.invited_at.isoformat(),
    }


def _sessions(users: QuerySet[User]) -> list[dict[str, object]]:
    rows = UserSession.objects.filter(user__in=users).order_by("signed_in_at", "pk")
    return [
        {"device": row.device, "signed_in": row.signed_in_at and row.signed_in_at.isoformat()}
        for row in rows
    ]


def _logins(users: QuerySet[User]) -> list[dict[str, object]]:
    """Tell by what somebody signs in, without what would let others do so."""
    keys = Authenticator.objects.filter(user__in=users).order_by("pk")
    own = SocialAccount.objects.filter(user__in=users).order_by("pk")
    return [
        *({"kind": str(key.get_type_display())} for key in keys),
        *({"kind": each.provider, "known_as": each.uid, "told": _said(each)} for each in own),
    ]


def _said(login: SocialAccount) -> list[str]:
    return [f"{name}: {value}" for name, value in sorted(login.extra_data.items())]


def _with_address(person: Person) -> QuerySet[User]:
    if not person.email:
        return User.objects.none()
    return User.objects.filter(email=person.email.strip().lower())


def _obstacles(person: Person) -> list[dict[str, object]]:
    """Give what somebody reported that they could not use, while their address is kept."""
    if not person.email:
        return []
    reports = AccessibilityReport.objects.filter(email__iexact=person.email.strip())
    if person.organisation_id is not None:
        reports = reports.filter(organisation=person.organisation_id)
    return [
        {
            "address": report.email,
            "language": report.language,
            "text": report.text,
            "page": report.page,
            "answer": report.answer,
            "received": report.received_at.isoformat(),
        }
        for report in reports.order_by("pk")
    ]
