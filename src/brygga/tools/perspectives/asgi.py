"""Votes of many people at once, in front of Django.

The ordinary page costs a transaction and a run through all of Django for each vote. Here the
votes that arrive together share both: who comes while one batch commits is in the next. Only what
is whole and usual is taken; everything else goes on to Django untouched, which says what is wrong.
"""

import asyncio
import io
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, DisallowedHost, RequestDataTooBig
from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone

from brygga.core.http.public_ids import PUBLIC_ID_PATTERN
from brygga.tools.perspectives.forms import VoteForm
from brygga.tools.perspectives.operations.ballots import Ballot, cast_together

Message = Mapping[str, Any]
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

ROUND = re.compile(f"/pastaenden/({PUBLIC_ID_PATTERN})/")
STATEMENT = re.compile(PUBLIC_ID_PATTERN)
LARGEST = 2_000  # bytes; the form of a vote has a few hundred
MOST_AT_ONCE = 500
IDLE = 0.5  # seconds without a vote, after which the connection is given back
FORM = b"application/x-www-form-urlencoded"

logger = logging.getLogger(__name__)


class BallotBox:
    """An ASGI application that casts votes itself and hands the rest to Django's."""

    def __init__(self, django: Application) -> None:
        self.django = django
        self.clerk = ThreadPoolExecutor(1, "ballots")
        self.waiting: list[tuple[Ballot, asyncio.Future[bool]]] = []
        self.counting: asyncio.Task[None] | None = None
        self.came = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not may_be_vote(scope):
            await self.django(scope, receive, send)
            return
        body = await read(receive)
        ballot = read_ballot(scope, body)
        if ballot is not None and await self.cast(ballot):
            await lead_on(scope, send)
        else:
            await self.django(scope, again(body, receive), send)

    async def cast(self, ballot: Ballot) -> bool:
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.waiting.append((ballot, answer))
        if self.counting is None or self.counting.done():
            self.came = asyncio.Event()
            self.counting = asyncio.create_task(self.count())
        self.came.set()
        return await answer

    async def count(self) -> None:
        """Cast what waits, batch by batch, until none come any more."""
        try:
            while self.waiting or await self.more_come():
                self.came.clear()
                batch, self.waiting = self.waiting[:MOST_AT_ONCE], self.waiting[MOST_AT_ONCE:]
                await self.count_batch(batch)
        finally:
            self.clerk.submit(close_old_connections)

    async def count_batch(self, batch: list[tuple[Ballot, asyncio.Future[bool]]]) -> None:
        """Cast votes together; a batch that fails goes to Django vote by vote."""
        loop = asyncio.get_running_loop()
        try:
            cast = await loop.run_in_executor(self.clerk, cast_now, [each for each, _ in batch])
        except Exception:
            logger.exception("%d votes are cast one by one", len(batch))
            cast = [False] * len(batch)
        for (_, answer), is_cast in zip(batch, cast, strict=True):
            if not answer.done():
                answer.set_result(is_cast)

    async def more_come(self) -> bool:
        """Keep the clerk's connection for a moment after the last vote: opening one takes time."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.came.wait(), IDLE)
        return bool(self.waiting)


def cast_now(ballots: list[Ballot]) -> list[bool]:
    try:
        return cast_together(ballots=ballots, at=timezone.now())
    except Exception:
        close_old_connections()  # such as one to a database that has been restarted
        raise


def may_be_vote(scope: Scope) -> bool:
    """Look at what costs nothing: somebody without a session posts a small form to a round."""
    if scope["type"] != "http" or scope["method"] != "POST" or not ROUND.fullmatch(scope["path"]):
        return False
    headers: dict[bytes, bytes] = dict(scope["headers"])
    length = headers.get(b"content-length", b"")
    is_small = length.isdigit() and int(length) <= LARGEST
    kind: bytes = headers.get(b"content-type", b"")
    return is_small and kind.startswith(FORM)


async def read(receive: Receive) -> bytes:
    body = b""
    while len(body) <= LARGEST:
        message = await receive()
        body += message.get("body", b"")
        if message["type"] != "http.request" or not message.get("more_body"):
            break
    return body


def again(body: bytes, receive: Receive) -> Receive:
    """Give a body that has been read to whoever reads next."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return messages.pop() if messages else await receive()

    return replay


def read_ballot(scope: Scope, body: bytes) -> Ballot | None:
    """Read a vote with Django's own eyes; None for whatever is not whole, usual and safe."""
    request = ASGIRequest(scope, io.BytesIO(body))
    try:
        is_safe = comes_from_our_page(request)
        answer = VoteForm.read(request.POST)
        statement = request.POST.get("statement", "")
    except (BadRequest, DisallowedHost, RequestDataTooBig, UnicodeError):
        return None
    found = ROUND.fullmatch(scope["path"])
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    is_usual = is_safe and not has_session and STATEMENT.fullmatch(statement)
    if found is None or answer is None or not is_usual:
        return None
    return Ballot(
        round_id=found[1],
        statement_id=statement,
        cookies=request.COOKIES,
        value=answer["value"],
        is_important=answer["is_important"],
    )


def comes_from_our_page(request: ASGIRequest) -> bool:
    request.get_host()  # raises DisallowedHost
    if settings.SECURE_SSL_REDIRECT and not request.is_secure():
        return False
    guard = CsrfViewMiddleware(lambda _: HttpResponse())
    guard.process_request(request)
    return guard.process_view(request, lambda _: HttpResponse(), (), {}) is None


async def lead_on(scope: Scope, send: Send) -> None:
    """Answer as the ordinary page does: on to the next statement."""
    headers = [
        (b"location", scope["path"].encode()),
        (b"content-length", b"0"),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
