"""People, the organisations they belong to, and the roles they hold there."""

from brygga.accounts.models.calendar_link import CalendarLink
from brygga.accounts.models.membership import (
    Invitation,
    Membership,
    RoleAssignment,
    RoleAssignmentQuerySet,
)
from brygga.accounts.models.organisation import ONE_OF_A_KIND, Body, Organisation
from brygga.accounts.models.own_login import LoginDomain, LoginRole, OwnLogin, SamlFacts
from brygga.accounts.models.session import UserSession
from brygga.accounts.models.user import SignInLink, User

__all__ = [
    "ONE_OF_A_KIND",
    "Body",
    "CalendarLink",
    "Invitation",
    "LoginDomain",
    "LoginRole",
    "Membership",
    "Organisation",
    "OwnLogin",
    "RoleAssignment",
    "RoleAssignmentQuerySet",
    "SamlFacts",
    "SignInLink",
    "User",
    "UserSession",
]
