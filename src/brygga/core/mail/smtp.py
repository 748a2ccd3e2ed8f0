"""One letter, one conversation with the mail server, and exactly what is known afterwards."""

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Protocol

from django.core.mail.utils import DNS_NAME

from brygga.core.mail.letters import Letter, stuff_dots

READY_FOR_CONTENT = 354


class Server(Protocol):
    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def user(self) -> str: ...
    @property
    def password(self) -> str: ...
    @property
    def tls(self) -> bool: ...
    @property
    def starttls(self) -> bool: ...


@dataclass(frozen=True)
class Patience:
    """Seconds to wait for each answer, and for the last one, which a slow scanner may hold back."""

    answer: float
    verdict: float


class UnreachedError(Exception):
    """The server could not be talked to. It holds no letter."""


class UnansweredError(Exception):
    """The whole letter was handed over and no answer came: the server may hold it or not."""


class RefusedError(Exception):
    """The server said no. It holds no letter."""

    def __init__(self, code: int, text: bytes, *, of_sender: bool = False) -> None:
        super().__init__(f"{code} {text.decode(errors='replace')}")
        self.is_permanent = code >= 500
        self.of_sender = of_sender


def hand_over(
    server: Server, letter: Letter, *, patience: Patience, before_last_line: Callable[[], None]
) -> None:
    """Return when the server has taken the letter; else raise one of the three errors above.

    `before_last_line` is called when all but the closing dot has been sent. Up to then a broken
    connection means that the server holds nothing (RFC 5321, section 4.1.1.4).
    """
    with _connection(server, patience) as smtp:
        try:
            _offer(smtp, letter)
        except (OSError, smtplib.SMTPException) as error:
            raise UnreachedError(_say(error)) from error
        before_last_line()
        code, text = _close_letter(smtp, patience)
    if code >= 400:
        raise RefusedError(code, text)


@contextmanager
def _connection(server: Server, patience: Patience) -> Iterator[smtplib.SMTP]:
    try:
        smtp = _connect(server, patience)
    except (OSError, smtplib.SMTPException) as error:
        raise UnreachedError(_say(error)) from error
    try:
        yield smtp
        with suppress(OSError, smtplib.SMTPException):
            smtp.quit()
    finally:
        smtp.close()  # without QUIT, which inside an unfinished letter would be read as text


def _connect(server: Server, patience: Patience) -> smtplib.SMTP:
    if not f"{server.user}{server.password}".isascii():
        raise UnreachedError("The mail server's user and password must be ASCII.")
    own_name = DNS_NAME.get_fqdn()  # looked up once per process, not once per letter
    if server.tls:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host,
            server.port,
            local_hostname=own_name,
            timeout=patience.answer,
            context=ssl.create_default_context(),
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, own_name, patience.answer)
    if smtp.sock:  # else the closing dot, sent apart, waits for the network's delayed answer
        smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        if server.starttls:
            smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _offer(smtp: smtplib.SMTP, letter: Letter) -> None:
    options = ["BODY=8BITMIME"] if smtp.has_extn("8bitmime") else []
    code, text = smtp.mail(letter.sender, options)
    if code >= 400:
        raise RefusedError(code, text, of_sender=True)
    code, text = smtp.rcpt(letter.recipient)
    if code >= 400:
        raise RefusedError(code, text)
    code, text = smtp.docmd("DATA")
    if code != READY_FOR_CONTENT:
        raise RefusedError(code, text)
    smtp.send(stuff_dots(letter.content))


def _close_letter(smtp: smtplib.SMTP, patience: Patience) -> tuple[int, bytes]:
    try:
        if smtp.sock:
            smtp.sock.settimeout(patience.verdict)
        smtp.send(b".\r\n")
        code, text = smtp.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise UnansweredError(_say(error)) from error
    if not 200 <= code < 600 or 300 <= code < 400:
        raise UnansweredError(f"{code} {text.decode(errors='replace')}")
    return code, text


def _say(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
