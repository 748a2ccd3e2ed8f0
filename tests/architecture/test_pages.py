"""What must hold for every page in the inventory."""

import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from brygga.core.text import lix
from tests.architecture.conftest import taken_back
from tests.architecture.inventory import PAGES
from tests.architecture.inventory.page import ANONYMOUS, READERS, STATES

MAX_PUBLIC_QUERIES = 12
MOST_LIX = 40
MARK = "⟦undefined %s⟧"
READ = [page for page in PAGES if not page.posts_only]
TO_READ = [page for page in READ if not page.gives_file]
LISTS = [page for page in READ if page.fill]


def url_names(resolver, namespace=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from url_names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"


def test_every_address_is_in_the_inventory_and_nothing_else():
    assert set(url_names(get_resolver())) == {page.name for page in PAGES}


# Every page with every reader; pages that depend on it also in every state of a dialogue.
PAIRS = [
    pytest.param(page, state, id=f"{page} {state}")
    for page in PAGES
    for state in (STATES if page.depends_on_state else (page.state,))
]


@pytest.mark.parametrize(("page", "state"), PAIRS)
def test_a_page_opens_for_its_readers_and_for_nobody_else(world, page, state):
    world.put_in(state)
    address = world.address(page)
    wrong = {}
    for reader in READERS:
        client = world.client(reader)
        with taken_back():
            response = client.post(address) if page.posts_only else client.get(address)
        if not as_expected(response, page, reader, may_read=reader in page.read_by(state)):
            wrong[reader] = response.status_code
    assert wrong == {}


def as_expected(response, page, reader, *, may_read):
    if reader in page.sent_on:
        return response.status_code == 302 and not to_sign_in(response)
    if may_read:
        allowed = {200, 302, 303, 400, 409, 422} if page.posts_only else {page.answers}
        return response.status_code in allowed and not to_sign_in(response)
    if reader == ANONYMOUS and to_sign_in(response):
        return True
    if reader in page.refused:
        return response.status_code == 403
    return response.status_code == 404


def to_sign_in(response):
    return response.status_code == 302 and response.url.startswith(reverse(settings.LOGIN_URL))


def look(world, page):
    return world.client(page.looked_at_by()).get(world.address(page))


def queries_of(world, page):
    client = world.client(page.looked_at_by())
    address = world.address(page)
    client.get(address)  # fills what is kept per process
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(address)
    assert response.status_code == page.answers
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("page", READ, ids=str)
def test_a_page_asks_the_database_few_questions(world, page):
    world.put_in(page.state)
    limit = MAX_PUBLIC_QUERIES if page.public else page.max_queries
    assert len(queries_of(world, page)) <= limit


@pytest.mark.parametrize("page", LISTS, ids=str)
def test_a_page_asks_no_more_questions_about_thirty_things_than_about_one(world, page):
    world.put_in(page.state)
    page.fill(world, 1)
    one = queries_of(world, page)
    page.fill(world, 29)
    thirty = queries_of(world, page)
    assert len(thirty) == len(one), "\n".join(thirty)


@pytest.fixture
def marked_templates():
    [templates] = settings.TEMPLATES
    marked = templates | {"OPTIONS": templates["OPTIONS"] | {"string_if_invalid": MARK}}
    with override_settings(TEMPLATES=[marked]):
        yield


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("page", TO_READ, ids=str)
def test_a_page_names_nothing_that_is_undefined(world, marked_templates, page, language):
    world.put_in(page.state)
    client = world.client(page.looked_at_by())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    text = client.get(world.address(page)).content.decode()
    assert re.findall(r"⟦undefined [^⟧]*⟧", text) == []


@pytest.mark.parametrize("page", [page for page in TO_READ if page.public], ids=str)
def test_a_public_page_says_its_language_and_points_at_the_others(world, page):
    world.put_in(page.state)
    response = look(world, page)
    text = response.content.decode()
    assert '<html lang="sv"' in text
    assert 'hreflang="en"' in text


@pytest.mark.parametrize("page", TO_READ, ids=str)
def test_a_page_lets_nothing_run_but_our_own_files(world, page):
    world.put_in(page.state)
    policy = look(world, page).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy.replace("https://www.w3.org", "")


def test_what_residents_read_is_plain_swedish(world):
    """LIX under 40 over all public pages together: single pages hold too few sentences."""
    read = []
    for page in [page for page in TO_READ if page.public and page.name != "ui:gallery"]:
        world.put_in(page.state)
        soup = BeautifulSoup(look(world, page).content.decode(), "html.parser")
        read += [block.get_text(" ", strip=True) for block in soup.select("main p, main li")]
    assert len(read) > 100
    assert lix("\n\n".join(dict.fromkeys(read))) < MOST_LIX
