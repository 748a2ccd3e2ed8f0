"""A ledger row as the bytes that travel: the same bytes however often they are made."""

import re
from dataclasses import dataclass
from email.encoders import encode_base64
from email.generator import BytesGenerator
from email.message import Message as MimeMessage
from email.mime.base import MIMEBase
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.utils.encoding import punycode

from brygga.core.mail.models import Attachment, Message
from brygga.core.text import clean

SUBJECT_LIMIT = 500
LINE_LIMIT = 998  # RFC 5322, section 2.1.1; shorter ones would tear addresses apart


class InvalidRecipientError(ValueError):
    """Not one plain address of the form name@domain."""


@dataclass(frozen=True)
class Letter:
    sender: str
    recipient: str
    content: bytes


def clean_recipient(address: str) -> str:
    """Give one plain address with its domain in ASCII, or raise InvalidRecipientError."""
    name, at_sign, domain = address.strip(" ").rpartition("@")
    try:
        plain = f"{name}{at_sign}{punycode(domain)}"
        validate_email(plain)
    except (ValidationError, UnicodeError) as error:
        raise InvalidRecipientError("This is not an address that mail can be sent to.") from error
    return plain


def clean_subject(text: str) -> str:
    """Make rendered text one line without characters that break or reorder a header."""
    one_line = " ".join(text.split())
    return clean(one_line, limit=len(one_line) + 1)[:SUBJECT_LIMIT]


def build_letter(message: Message) -> Letter:
    """Raise ValueError where a header would not be one line or the text is not Unicode."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body_text,
        to=[message.recipient],
        headers=_headers(message),
    )
    if message.body_html:
        mail.attach_alternative(message.body_html, "text/html")
    for attachment in message.attachments.order_by("pk"):
        mail.attach(_part(attachment))
    mime = mail.message()
    _fix_boundary(mime, message)
    return Letter(
        sender=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        recipient=message.recipient,
        content=_flat(mime),
    )


def _part(attachment: Attachment) -> MIMEBase:
    """Make a part whose bytes arrive as they are, whatever their kind."""
    main, _, sub = attachment.media_type.partition(";")[0].partition("/")
    part = MIMEBase(main, sub)
    part.set_payload(bytes(attachment.content))
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=attachment.name)
    return part


def _flat(mime: MimeMessage) -> bytes:
    content = BytesIO()
    BytesGenerator(content, mangle_from_=False, maxheaderlen=LINE_LIMIT).flatten(mime)
    return content.getvalue()


def _headers(message: Message) -> dict[str, str]:
    written_at = message.rendered_at or message.created_at
    headers = {
        "Message-ID": message.message_id,
        "Date": format_datetime(written_at),
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
    }
    if message.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{message.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _fix_boundary(mime: MimeMessage, message: Message) -> None:
    """Write the same line between parts each time; parts within parts have one of their own."""
    parts = [part for part in mime.walk() if part.is_multipart()]
    for number, part in enumerate(parts):
        name = message.message_id + (f" {number}" if number else "")
        part.set_boundary(f"=-{sha256(name.encode()).hexdigest()[:40]}")


def stuff_dots(content: bytes) -> bytes:
    """Write content as SMTP's DATA wants it: CRLF lines, leading dots doubled, CRLF last."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    doubled = re.sub(rb"(?m)^\.", b"..", lines)
    return doubled if doubled.endswith(b"\r\n") else doubled + b"\r\n"
