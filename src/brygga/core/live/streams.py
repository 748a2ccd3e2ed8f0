"""Server-sent events: a part of a page, sent again whenever it changes.

A stream holds no database connection: it borrows one for each rendering. Their number is bounded;
a page that gets no stream asks now and then instead (`ui/live.js`).
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass

from asgiref.sync import sync_to_async
from django.db import connection
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.http.response import Http404
from django.utils.translation import get_language, override

from brygga.core.live.listener import listener

MOST_STREAMS = 200  # in one process
HEARTBEAT = 15.0  # seconds; also how long a right that has ended goes on being used
PAUSE = 0.4  # seconds between two parts, so that a fast job floods nobody
LONGEST = 20 * 60.0  # seconds; the browser then connects anew by itself
RECONNECT = b"retry: 2000\n\n"


@dataclass(frozen=True)
class Part:
    """What the page shows now; the last one ends the stream."""

    html: str
    is_last: bool = False


Render = Callable[[], Part]


class _Open:
    """How many streams this process serves."""

    count = 0


def event_stream(topic: str, render: Render) -> HttpResponseBase:
    """Answer with a stream; `render` raises Http404 when the reader may see no more."""
    if _Open.count >= MOST_STREAMS:
        return HttpResponse(status=503, headers={"Retry-After": "30"})
    return StreamingHttpResponse(
        _events(topic, render, str(get_language())),
        content_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _events(topic: str, render: Render, language: str) -> AsyncIterator[bytes]:
    ends_at = asyncio.get_running_loop().time() + LONGEST
    _Open.count += 1
    try:
        yield RECONNECT
        with listener.hearing(topic) as heard:
            shown = ""
            while asyncio.get_running_loop().time() < ends_at:
                heard.clear()
                try:
                    part = await sync_to_async(_rendered)(render, language)
                except Http404:
                    yield _event("end", "")
                    return
                yield _event("part", part.html) if part.html != shown else b": still here\n\n"
                shown = part.html
                if part.is_last:
                    yield _event("end", "")
                    return
                await asyncio.sleep(PAUSE)
                with suppress(TimeoutError):
                    await asyncio.wait_for(heard.wait(), HEARTBEAT)
    finally:
        _Open.count -= 1


def _rendered(render: Render, language: str) -> Part:
    try:
        with override(language):
            return render()
    finally:
        give_back_connection()


def give_back_connection() -> None:
    """Let go of this thread's connection, which an open stream would otherwise keep."""
    if not connection.in_atomic_block:
        connection.close()


def _event(name: str, text: str) -> bytes:
    lines = "".join(f"data: {line}\n" for line in text.splitlines() or [""])
    return f"event: {name}\n{lines}\n".encode()
