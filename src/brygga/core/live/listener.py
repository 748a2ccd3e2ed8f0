"""One LISTEN connection per process, however many pages are open."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo

CHANNEL = "brygga_live"
LOOK_UP = 5.0  # seconds after which the listener sees whether anybody is still there
TRY_AGAIN = 1.0  # seconds between attempts where the database does not answer


def announce(topic: str) -> None:
    """Wake the open pages of a topic once this transaction is committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, topic])


class Listener:
    """Hands each notification to those who wait for its topic; lives in one event loop."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._task: asyncio.Task[None] | None = None

    @contextmanager
    def hearing(self, topic: str) -> Iterator[asyncio.Event]:
        """Give an event that is set at every change; the first reader starts the listening."""
        heard = asyncio.Event()
        self._waiting[topic].add(heard)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._listen())
        try:
            yield heard
        finally:
            self._waiting[topic].discard(heard)
            if not self._waiting[topic]:
                del self._waiting[topic]

    async def _listen(self) -> None:
        while self._waiting:
            try:
                async for topic in self._topics():
                    self._wake(topic)
            except (psycopg.Error, OSError):
                await asyncio.sleep(TRY_AGAIN)

    async def _topics(self) -> AsyncIterator[str]:
        """Give the topics as they come; the empty one where anything may have been missed."""
        async with await psycopg.AsyncConnection.connect(
            database_address(), autocommit=True
        ) as listening:
            await listening.execute(f"LISTEN {CHANNEL}")
            yield ""
            while self._waiting:
                async for notification in listening.notifies(timeout=LOOK_UP):
                    yield notification.payload

    def _wake(self, topic: str) -> None:
        topics = [topic] if topic else list(self._waiting)
        for each in topics:
            for heard in self._waiting.get(each, ()):
                heard.set()


def database_address() -> str:
    """Say where the database is, for a connection beside the pool that requests share."""
    given = connection.settings_dict
    names = ("dbname", "user", "password", "host", "port")
    keys = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    return make_conninfo(
        **{name: str(given[key]) for name, key in zip(names, keys, strict=True) if given[key]}
    )


listener = Listener()
