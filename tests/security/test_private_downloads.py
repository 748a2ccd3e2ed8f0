"""A file's address is no key: the right is asked for each time it is read."""

import pytest
from django.test import Client
from django.urls import reverse

from brygga.dialogues.operations.participants import join
from brygga.tools.perspectives.models import PackageGrant
from tests.architecture.inventory.page import ANONYMOUS, EVERYBODY
from tests.architecture.inventory.perspectives import package_by_link
from tests.architecture.inventory.world import NOW
from tests.factories.dialogues import ContributionFactory, DocumentFactory
from tests.security.pages import HELD_BY_SECRET, READ, text_of

PRIVATE = [page for page in READ if page.gives_file and page.read_by(page.state) != EVERYBODY]


@pytest.mark.parametrize("page", PRIVATE, ids=str)
def test_a_private_file_is_kept_by_nobody_and_needs_the_session_each_time(world, page):
    """Stand for CVE-2026-45377, CVE-2026-45378 and CVE-2026-9712."""
    world.put_in(page.state)
    address = world.address(page)
    client = world.client(page.looked_at_by())
    given = client.get(address)
    text_of(given)
    assert given.status_code == 200
    kept = given.headers.get("Cache-Control", "")
    assert "public" not in kept
    assert "no-store" in kept or "private" in kept or "no-cache" in kept
    client.logout()
    strangers = {"other owner", "outsider"} - page.read_by(page.state)
    for stranger in (client, Client(), *map(world.client, sorted(strangers))):
        answer = stranger.get(address)
        assert answer.status_code in {302, 404}
        assert "/logga-in/" in answer.headers.get("Location", "/logga-in/")


def test_a_file_is_read_no_longer_when_it_is_private_or_its_dialogue_is(world):
    """Stand for CVE-2025-65017: an address that opened yesterday opens by today's rights."""
    world.put_in("published")
    document = DocumentFactory(dialogue=world.dialogue)
    address = reverse("files:file", args=[document.file.public_id])
    assert world.client(ANONYMOUS).get(address).status_code == 200
    document.is_public = False
    document.save()
    assert world.client(ANONYMOUS).get(address).status_code == 404
    document.is_public = True
    document.save()
    for state in ("draft", "internal"):
        world.put_in(state)
        assert world.client(ANONYMOUS).get(address).status_code == 404, state


@pytest.mark.parametrize("guess", ["0", "0000000000", "00000000-0000-0000-0000-000000000000", "1"])
def test_a_guessed_number_is_no_address(world, guess):
    """Stand for CVE-2025-65017: zero, one and the empty number name nothing."""
    for name in ("files:file", "files:thumbnail", "perspectives:package"):
        address = reverse(name, args=["2" * 10]).replace("2" * 10, guess)
        assert world.client("own owner").get(address).status_code == 404


def test_a_link_to_a_package_ends_when_it_is_withdrawn(world):
    """Stand for CVE-2026-45378: the link is a row, and goes with it."""
    world.put_in("published")
    public_id, secret = package_by_link(world)
    address = reverse("perspectives:package_by_link", args=[public_id, secret])
    opened = world.client(ANONYMOUS).get(address)
    text_of(opened)
    assert opened.status_code == 200
    assert world.client(ANONYMOUS).get(address[:-2] + "x/").status_code == 404
    PackageGrant.objects.filter(public_id=public_id).update(revoked_at=NOW)
    assert world.client(ANONYMOUS).get(address).status_code in {404, 410}


def test_what_one_person_holds_is_on_nobody_elses_page(world):
    """Stand for LimeSurvey 2091: a hidden mark told which answer was whose.

    The number, key and secret of who took part stand on their own pages, and on no other page or
    file of the public.
    """
    world.put_in("published")
    joined = join(dialogue=world.dialogue, language="sv", at=NOW, once="somebody's page")
    voice = ContributionFactory(dialogue=world.dialogue, participant=joined.participant)
    marks = (joined.secret, joined.participant.secret_hash, joined.participant.public_id)
    shown = {
        f"{page} {mark}"
        for page in READ
        if page.public and page.name not in HELD_BY_SECRET
        for text in [text_of(world.client(ANONYMOUS).get(world.address(page)))]
        for mark in marks
        if mark in text
    }
    assert shown == set()
    receipt = world.client(ANONYMOUS).get(reverse("dialogues:receipt", args=[joined.secret]))
    assert voice.text in text_of(receipt)
