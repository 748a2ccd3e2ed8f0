"""What stands in an address never comes back as something that runs, or that leads away."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from tests.factories.dialogues import ContributionFactory
from tests.security.pages import READ, names_read_from_addresses, text_of

SCRIPT = "\"'></title></textarea><svg onload=alert(7)><script>alert(7)</script>"
ALIVE = re.compile(r"<svg onload=alert|<script>alert\(7|(?:href|src|action)=[\"']javascript:")
AWAY = ("//evil.example", "https://evil.example/", "\\\\evil.example", "javascript:alert(7)")
NAMES = [*names_read_from_addresses(), "per_page", "callback", "redirect", "return_to", "url"]


def ask(world, page, hostile):
    client = world.client(page.looked_at_by())
    return client.get(world.address(page).split("?")[0], dict.fromkeys(NAMES, hostile))


@pytest.mark.parametrize("page", READ, ids=str)
def test_no_parameter_of_an_address_runs_or_leads_away(world, page):
    """Stand for CVE-2023-32693, CVE-2023-34089, CVE-2024-32469, CVE-2024-41673, CVE-2024-45594.

    Every name that any view or form reads is sent to every page, besides names of others.
    """
    world.put_in(page.state)
    for hostile in (SCRIPT, AWAY[len(str(page)) % len(AWAY)], AWAY[0]):
        response = ask(world, page, hostile)
        assert response.status_code < 500, hostile
        assert not ALIVE.search(text_of(response)), hostile
        assert urlsplit(response.headers.get("Location", "")).netloc in {"", "testserver"}
        assert "evil" not in response.headers.get("Location", "").split("?")[0]


def test_the_names_are_those_that_the_sources_read():
    """Hold that the list above is not empty by mistake."""
    assert {"q", "sort", "page", "export", "lang", "next", "vem", "mall", "fran"} <= set(NAMES)


@pytest.mark.parametrize("away", AWAY)
def test_signing_in_never_leads_to_another_site(world, away):
    """Stand for the same in what comes after signing in: the own login's `next`."""
    client = world.client("own owner")
    for address in ("/konto/logga-in/", "/konto/logga-ut/", "/sprak/"):
        response = client.get(address, {"next": away})
        assert "evil" not in response.headers.get("Location", "")
        assert not ALIVE.search(text_of(response))


@pytest.mark.parametrize("asked", ["buss", "<svg", "onload=alert", "buss <script>"])
def test_what_a_search_marks_in_a_text_is_text(world, asked):
    """Stand for Consul #4805: the piece around what was found is marked, and nothing else."""
    world.put_in("published")
    hostile = "<svg onload=alert(7)> Vår buss <script>alert(7)</script> går för sällan."
    voice = ContributionFactory(dialogue=world.dialogue, text=hostile)
    world.dialogue.summary = hostile
    world.dialogue.save()
    inside = reverse("dialogues:contributions", args=[world.dialogue.public_id])
    for address in (inside, reverse("dialogues:list")):
        answer = text_of(world.client("own process_leader").get(address, {"q": asked}))
        assert not ALIVE.search(answer), address
    assert voice.text == hostile
    found = text_of(world.client("own process_leader").get(inside, {"q": "buss"}))
    assert "<mark>buss</mark>" in found
