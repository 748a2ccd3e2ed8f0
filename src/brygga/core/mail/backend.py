"""Django's own mail, such as sign-in codes, goes through the ledger too."""

from collections.abc import Sequence
from email.utils import getaddresses

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone, translation

from brygga.core.mail import operations
from brygga.core.mail.kinds import ACCOUNT


class AttachmentError(ValueError):
    """The ledger carries words only."""


class LedgerBackend(BaseEmailBackend):
    """Puts each mail in line as a secret: short-lived, and emptied as soon as it is sent.

    Each call is a letter of its own, so asking for a new code works whatever became of the first.
    """

    @transaction.atomic
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        at = timezone.now()
        for mail in email_messages:
            if mail.attachments:
                raise AttachmentError("Mail through the ledger has no attachments.")
            mail.message()  # raises BadHeaderError where a header would not be one line
            for recipient in mail.recipients():
                operations.queue_rendered_secret(
                    kind=ACCOUNT,
                    recipient=_plain_address(recipient),
                    language=translation.get_language() or "",
                    subject=str(mail.subject),
                    body_text=str(mail.body),
                    body_html=_html(mail),
                    at=at,
                )
        return len(email_messages)


def _plain_address(recipient: str) -> str:
    found = [address for _name, address in getaddresses([recipient])]
    if len(found) != 1 or "\r" in recipient or "\n" in recipient:
        raise operations.InvalidRecipientError("Each recipient must be one address.")
    return found[0]


def _html(mail: EmailMessage) -> str:
    alternatives = getattr(mail, "alternatives", [])
    return next((str(part[0]) for part in alternatives if part[1] == "text/html"), "")
