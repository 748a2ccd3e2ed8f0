"""Nobody makes the server work without end: lists end, searches are cut, and one home is one."""

import re
import secrets

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from brygga.core.http.human import shown_token
from brygga.core.jobs.models import Job
from brygga.dialogues.models import Participant
from brygga.tools.perspectives.views import visit
from tests.architecture.inventory.dialogues import pid
from tests.architecture.inventory.perspectives import with_statement
from tests.architecture.inventory.world import NOW
from tests.security.pages import READ, text_of

LISTS = [page for page in READ if page.fill and page.public and not page.gives_file]
SEARCHED = [page for page in READ if page.fill and not page.gives_file]
SIZES = ("per_page", "limit", "page_size", "first", "size", "antal")
LONGEST = 2_000  # of what is typed and asked of the database in one search


def links_in(answer):
    return len(re.findall(r"<a[^>]* href=", text_of(answer).partition("<main")[2]))


@pytest.mark.parametrize("page", LISTS, ids=str)
def test_a_list_gives_one_page_however_much_is_asked_for(world, page):
    """Stand for Consul #5706: whoever could name the size of an answer could name any size."""
    world.put_in(page.state)
    page.fill(world, 60)
    client, address = world.client(page.looked_at_by()), world.address(page).split("?")[0]
    plain = client.get(address)
    asked = client.get(address, dict.fromkeys(SIZES, 1_000_000))
    assert links_in(asked) == links_in(plain)


@pytest.mark.parametrize("page", SEARCHED, ids=str)
def test_a_search_for_a_book_is_cut_before_the_database_reads_it(world, page):
    """Stand for the regular expressions of Wagtail: the work of a search has an end."""
    world.put_in(page.state)
    longest = []

    def listen(execute, sql, params, many, context):
        longest.extend(len(each) for each in params or () if isinstance(each, str | list))
        return execute(sql, params, many, context)

    book = '"aaaa ' * 5_000
    client, address = world.client(page.looked_at_by()), world.address(page).split("?")[0]
    with connection.execute_wrapper(listen):
        answer = client.get(address, {"q": book, "sok": book, "vem": book})
        text_of(answer)
    assert answer.status_code < 500
    assert max(longest, default=0) <= LONGEST


def test_many_people_behind_one_address_are_at_last_too_many(world, monkeypatch):
    """Stand for Polis #976: one script that takes part again and again."""
    world.put_in("published")
    monkeypatch.setattr(visit, "NEW_PEOPLE_PER_ADDRESS", 3)
    found, statement = with_statement(world)
    address = reverse("perspectives:take_part", args=[found])
    before = Participant.objects.count()
    answers = [
        Client()
        .post(address, {"statement": statement, "value": 1, "shown": shown_token(NOW)})
        .status_code
        for _ in range(6)
    ]
    assert Participant.objects.count() == before + 3
    assert answers.count(429) == 3


def test_what_takes_long_waits_once_however_often_it_is_asked_for(world):
    """Stand for Consul #6329: the dear work behind a button."""
    world.put_in("published")
    client = world.client("own process_leader")
    found, _statement = with_statement(world)
    delivery = reverse("register:overview", args=pid(world))
    form = {"body": world.body.public_id, "scope": "all", "parts": ["mandate"]}
    type(world.body).objects.update(registrar_email="registrator@example.test")
    key = secrets.token_urlsafe(24)
    for _ in range(5):
        client.post(reverse("perspectives:ask_for_map", args=[found]))
        client.post(delivery, form | {"client_key": key})
    assert sorted(Job.objects.values_list("kind", flat=True)) == [
        "perspectives.map",
        "register.delivery",
    ]
