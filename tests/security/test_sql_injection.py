"""What is typed into searches and sorts reaches the database as a value, never as its language."""

import re

import pytest
from django.db import connection

from tests.security.pages import READ, SOURCES, names_read_from_addresses, text_of

SLEEP = "1'||(SELECT pg_sleep(60))--"
RELATIONS = (
    "organisation__memberships__user__password",
    "participant__secret_hash",
    "-team__user__email",
    "pk__in",
)
NAMES = names_read_from_addresses()


@pytest.mark.parametrize("page", READ, ids=str)
def test_a_search_or_a_sort_is_never_part_of_a_question_to_the_database(world, page):
    """Stand for CVE-2026-45376 and CVE-2024-43415: a payload that would sleep is only a value."""
    world.put_in(page.state)
    address = world.address(page).split("?")[0]
    client = world.client(page.looked_at_by())
    asked = []

    def listen(execute, sql, params, many, context):
        asked.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        response = client.get(address, dict.fromkeys(NAMES, SLEEP))
        text_of(response)
    assert response.status_code < 500
    assert [sql for sql in asked if "pg_sleep" in sql] == []


@pytest.mark.parametrize("page", [page for page in READ if page.fill and page.public], ids=str)
def test_filters_and_sorts_follow_no_relation_that_the_page_does_not_offer(world, page):
    """Stand for CVE-2023-34090: the names of fields come from a list, not from the address."""
    world.put_in(page.state)
    client = world.client(page.looked_at_by())
    address = world.address(page).split("?")[0]
    plain = rows_in(client.get(address))
    for relation in RELATIONS:
        assert rows_in(client.get(address, {"sort": relation})) == plain
        assert rows_in(client.get(address, {f"{relation}__startswith": "a"})) == plain


def rows_in(response):
    """Give the links of the page's main part: neither order nor selection may change."""
    main = text_of(response).partition("<main")[2].partition("</main")[0]
    return [link.partition("?")[0] for link in re.findall(r'<a[^>]* href="([^"#]+)', main)]


def test_sources_that_speak_the_databases_language_put_no_values_into_it():
    """Stand for CVE-2024-43415: raw questions are few, and none is put together from text."""
    raw = re.compile(r"\.raw\(|RawSQL\(|\.extra\(")
    put_together = re.compile(r"\.execute\(\s*(?:f[\"']|[^)]*[\"']\s*(?:%|\+)\s|[^)]*\.format\()")
    # Two write a name of ours where the language takes no value: a database's and a channel's.
    own = {SOURCES / "config/postgres.py", SOURCES / "core/live/listener.py"}
    for path in SOURCES.rglob("*.py"):
        if "migrations" not in path.parts and path not in own:
            source = path.read_text()
            assert not raw.search(source), path
            assert not put_together.search(source), path
