"""Whatever is typed into any form of any page: a clear answer, and nothing that runs."""

import re

import pytest
from bs4 import BeautifulSoup

from tests.architecture.inventory import PAGES
from tests.architecture.inventory.page import ANONYMOUS

HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><svg onload=alert(1)>",
    "{{ 7|add:7 }} {% now 'Y' %}",
    "'; DROP TABLE accounts_user; --",
    "nul\x00byte",
    "\u202egnp.exe",
    '=HYPERLINK("http://example.test")',
    "x" * 30_000,
    "-1",
    "99999999999999999999",
    "0000-00-00",
)
ALIVE = re.compile(r"<script>alert|<svg onload|\x00")
READ = [page for page in PAGES if not (page.posts_only or page.gives_file)]


def forms_of(text):
    """Find each form's address, method and fields, as a browser would send them."""
    for form in BeautifulSoup(text, "html.parser").find_all("form"):
        fields = {
            field["name"]: field.get("value", "")
            for field in form.find_all(["input", "textarea", "select", "button"])
            if field.get("name")
        }
        typed = [
            field["name"]
            for field in form.find_all(["input", "textarea", "select"])
            if field.get("name") and field.get("type") not in {"submit", "hidden"}
        ]
        yield form.get("action") or "", form.get("method", "get").lower(), fields, typed


def send(client, address, method, fields):
    if method == "post":
        return client.post(address, fields)
    return client.get(address, fields)


@pytest.mark.parametrize("page", READ, ids=str)
def test_hostile_strings_in_any_field_break_nothing(world, page):
    world.put_in(page.state)
    client = world.client(page.looked_at_by())
    own_address = world.address(page)
    for address, method, fields, typed in forms_of(
        client.get(own_address).content.decode(errors="replace")
    ):
        target = address or own_address
        if "logga-ut" in target or "logout" in target:
            continue
        for hostile in HOSTILE:
            sent = fields | dict.fromkeys(typed, hostile)
            response = send(client, target, method, sent)
            shown = getattr(response, "content", b"").decode(errors="replace")
            assert response.status_code < 500, (target, hostile)
            assert not ALIVE.search(shown), (target, hostile)


@pytest.mark.parametrize("page", READ, ids=str)
@pytest.mark.parametrize("hostile", [HOSTILE[0], HOSTILE[3], HOSTILE[4], HOSTILE[8], HOSTILE[9]])
def test_hostile_parameters_in_the_address_break_nothing(world, page, hostile):
    world.put_in(page.state)
    client = world.client(page.looked_at_by())
    names = {
        name
        for _, method, _, typed in forms_of(
            client.get(world.address(page)).content.decode(errors="replace")
        )
        if method == "get"
        for name in typed
    }
    names |= {"sida", "page", "sort", "q", "lang", "next"}
    response = client.get(world.address(page).split("?")[0], dict.fromkeys(names, hostile))
    assert response.status_code < 500
    assert not ALIVE.search(getattr(response, "content", b"").decode())


def test_forms_are_found_where_there_are_any(world):
    assert any(
        list(
            forms_of(
                world.client(ANONYMOUS).get(world.address(page)).content.decode(errors="replace")
            )
        )
        for page in READ
        if ANONYMOUS in page.read_by(page.state)
    )
