"""People, the organisations they belong to, and the roles they hold there."""

from brygga.accounts.models.membership import Invitation, Membership, RoleAssignment
from brygga.accounts.models.organisation import Body, Organisation
from brygga.accounts.models.user import SignInLink, User

__all__ = [
    "Body",
    "Invitation",
    "Membership",
    "Organisation",
    "RoleAssignment",
    "SignInLink",
    "User",
]
