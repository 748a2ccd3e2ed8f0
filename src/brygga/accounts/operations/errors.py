from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class RefusalError(Exception):
    """What was asked for cannot be done; `reason` says why, in words for whoever asked."""

    reason: str | Promise
    field: str | None = None  # of the form that asked

    def __str__(self) -> str:
        return str(self.reason)


class NameTakenError(RefusalError):
    reason = _("There is already a body with that name.")
    field = "name"


class OnlyOneError(RefusalError):
    reason = _("An organisation has one council and one executive board, and this one has its own.")
    field = "kind"


class PoorContrastError(RefusalError):
    field = "accent"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class EndsBeforeStartError(RefusalError):
    reason = _("The last day is before the first.")
    field = "last_day"


class ForeignBodyError(RefusalError):
    reason = _("That body belongs to another organisation.")
    field = "body"


class RoleHeldError(RefusalError):
    reason = _("The person already holds that role during that time.")
    field = "role"


class LastOwnerError(RefusalError):
    reason = _("An organisation needs an owner. Give the role to somebody else first.")


class NotAMemberError(RefusalError):
    reason = _("The person has left the organisation. Invite them again.")


class AlreadyInvitedError(RefusalError):
    reason = _("That address already has an invitation to that role. You can send it again.")
    field = "email"


class InvitationUnknownError(RefusalError):
    reason = _("There is no such invitation.")


class InvitationClosedError(RefusalError):
    reason = _("The invitation has been used or revoked, or has expired.")


class OtherPersonError(RefusalError):
    reason = _("The invitation was sent to another address than the one you are signed in with.")


class AccountClosedError(RefusalError):
    reason = _("The account with this address is closed.")


class LinkClosedError(RefusalError):
    reason = _("The sign-in link has been used or has expired.")
