"""A real mail server that behaves as badly as it is told to."""

import asyncio
import socket
from collections import Counter, defaultdict, deque
from email import message_from_bytes, policy
from threading import Event

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

DROP = "drop the connection"
SILENCE = "never answer"


class Office:
    """Accepts every letter, unless `replies` holds another answer for the next time of a step.

    An Event is an answer that waits for it. The steps are MAIL, RCPT, DATA, TEXT (in the middle
    of the letter) and END (after its last line).
    """

    def __init__(self):
        self.received = []
        self.replies = defaultdict(deque)
        self.reached = defaultdict(Event)

    def answer(self, step, *replies):
        self.replies[step].extend(replies)

    async def reply_to(self, step, server, otherwise):
        self.reached[step].set()
        reply = self.replies[step].popleft() if self.replies[step] else otherwise
        if reply == SILENCE:
            await asyncio.Event().wait()
        if isinstance(reply, Event):
            await asyncio.to_thread(reply.wait)
            reply = otherwise
        if reply == DROP:
            server.transport.abort()
        return reply

    @property
    def letters(self):
        return [message_from_bytes(each.content, policy=policy.default) for each in self.received]

    @property
    def times_received(self):
        return Counter(letter["Message-ID"] for letter in self.letters)


class Desk:
    """What aiosmtpd calls. It looks at every attribute at each connection, so there are few."""

    def __init__(self, office):
        self.office = office

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        envelope.mail_from = address
        return await self.office.reply_to("MAIL", server, "250 OK")

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        reply = await self.office.reply_to("RCPT", server, "250 OK")
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        reply = await self.office.reply_to("END", server, "250 Taken")
        if reply.startswith("250"):
            self.office.received.append(envelope)
        return reply


class Clerk(SMTP):
    async def smtp_DATA(self, arg):  # noqa: N802 - aiosmtpd's name
        if self.event_handler.office.replies["DATA"]:
            await self.push(await self.event_handler.office.reply_to("DATA", self, ""))
            return
        if not self.event_handler.office.replies["TEXT"]:
            await super().smtp_DATA(arg)
            return
        await self.push("354 Go on")
        await self._reader.read(1_000)
        await self.event_handler.office.reply_to("TEXT", self, "")


class House(Controller):
    def factory(self):
        return Clerk(self.handler, hostname="office.test", **self.SMTP_kwargs)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def open_house(office, **manners):
    house = House(Desk(office), hostname="127.0.0.1", port=free_port(), **manners)
    house.start()
    return house
