"""People, the organisations they belong to, and the roles they hold there."""

from brygga.accounts.models.accessibility import (
    AccessibilityReport,
    AccessibilityShortcoming,
    AccessibilityStatement,
)
from brygga.accounts.models.broker import EidBroker
from brygga.accounts.models.calendar_link import CalendarLink
from brygga.accounts.models.membership import (
    Invitation,
    Membership,
    RoleAssignment,
    RoleAssignmentQuerySet,
)
from brygga.accounts.models.organisation import ONE_OF_A_KIND, Body, Organisation
from brygga.accounts.models.own_login import LoginDomain, LoginRole, OwnLogin, SamlFacts
from brygga.accounts.models.public_page import DialogueFunction, OrganisationPage, Principles
from brygga.accounts.models.session import UserSession
from brygga.accounts.models.user import SignInLink, User

__all__ = [
    "ONE_OF_A_KIND",
    "AccessibilityReport",
    "AccessibilityShortcoming",
    "AccessibilityStatement",
    "Body",
    "CalendarLink",
    "DialogueFunction",
    "EidBroker",
    "Invitation",
    "LoginDomain",
    "LoginRole",
    "Membership",
    "Organisation",
    "OrganisationPage",
    "OwnLogin",
    "Principles",
    "RoleAssignment",
    "RoleAssignmentQuerySet",
    "SamlFacts",
    "SignInLink",
    "User",
    "UserSession",
]
