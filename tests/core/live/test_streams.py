"""Streams of server-sent events from the real web server, over real connections."""

import asyncio

import pytest
from django.db import connection
from django.http import Http404
from django.urls import reverse

from brygga.core.jobs.operations import Outcome, carry_out
from brygga.core.live import Part, event_stream, streams
from tests.core.jobs.conftest import committed, lars, start, wait_for  # noqa: F401 - fixtures
from tests.core.jobs.office import NOW
from tests.core.live.server import NAME, Server, Stream, cookie_of
from tests.factories.accounts import UserFactory


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        made = Server()
    yield made
    made.stop()


@pytest.fixture
def path(committed, start):  # noqa: F811 - a fixture by its name
    job = start()
    return job, reverse("jobs:stream", args=[job.public_id])


def connections():
    """What the server's process does in the database right now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT query FROM pg_stat_activity WHERE application_name = %s", [NAME])
        return [query for (query,) in cursor.fetchall()]


def test_a_stream_shows_each_change_as_it_happens_and_closes_when_the_job_is_done(
    server,
    path,
    lars,  # noqa: F811 - a fixture by its name
):
    job, address = path
    stream = Stream(server, address, cookie_of(lars))
    assert stream.response.headers["Content-Type"] == "text/event-stream"
    assert "Väntar på sin tur" in stream.until("Väntar")

    def work(progress):
        for done in (1, 2):
            progress.report(done, 3, f"<i>Steg {done}</i>")
            assert f'value="{done}"' in stream.until(f"&lt;i&gt;Steg {done}")
        return Outcome("Tre av tre")

    carry_out(pk=job.pk, work=work, clock=lambda: NOW)
    stream.until("Tre av tre")
    assert stream.next_event() == ("end", "")
    assert stream.next_event() == ("closed", "")
    stream.close()


def test_many_streams_hold_one_connection_together_and_hear_again_when_it_breaks(
    server,
    path,
    lars,  # noqa: F811 - a fixture by its name
):
    job, address = path
    cookie = cookie_of(lars)
    opened = [Stream(server, address, cookie) for _ in range(20)]
    for stream in opened:
        stream.until("Väntar")
    wait_for(lambda: connections() == ["LISTEN brygga_live"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s",
            [NAME],
        )
    carry_out(pk=job.pk, work=lambda _: Outcome("Nu är det klart"), clock=lambda: NOW)
    for stream in opened:
        stream.until("Nu är det klart")
        stream.close()
    wait_for(lambda: connections() == [])


def test_nobody_else_gets_a_stream(server, path):
    _, address = path
    stranger = cookie_of(UserFactory())
    assert server.get(address, stranger) == 404
    assert server.get(address) == 302


def test_a_full_process_says_so_and_the_page_asks_now_and_then_instead(monkeypatch):
    monkeypatch.setattr(streams._Open, "count", streams.MOST_STREAMS)
    refused = event_stream("a topic", lambda: Part("x"))
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")


def read(render, at_most=10):
    async def gather():
        events = streams._events("a topic", render, "sv")
        return [event async for _, event in zip_async(range(at_most), events)]

    async def zip_async(numbers, events):
        for number in numbers:
            try:
                yield number, await anext(events)
            except StopAsyncIteration:
                return
        await events.aclose()

    return asyncio.run(gather())


@pytest.fixture
def at_once(monkeypatch, transactional_db):
    monkeypatch.setattr(streams, "HEARTBEAT", 0.05)
    monkeypatch.setattr(streams, "PAUSE", 0.0)


def test_a_silent_stream_shows_that_it_lives(at_once):
    events = read(lambda: Part("<p>\nhere</p>"), at_most=4)
    assert events[1] == b"event: part\ndata: <p>\ndata: here</p>\n\n"
    assert set(events[2:]) == {b": still here\n\n"}
    assert streams._Open.count == 0


def test_a_stream_ends_when_its_reader_may_see_no_more(at_once):
    shown = iter([Part("<p>here</p>")])

    def render():
        for part in shown:
            return part
        raise Http404

    assert read(render)[-1] == b"event: end\ndata: \n\n"


def test_a_stream_is_renewed_after_its_longest_time(at_once, monkeypatch):
    monkeypatch.setattr(streams, "LONGEST", -1)
    assert read(lambda: Part("x")) == [streams.RECONNECT]
