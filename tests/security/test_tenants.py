"""Two organisations in one installation: neither reads the other, not even by its own secrets."""

import pytest
from django.urls import reverse

from brygga.accounts.operations.calendar_links import renew_calendar_link
from brygga.dialogues.enums import StepKind
from brygga.dialogues.operations.participants import join
from tests.architecture.inventory.page import ANONYMOUS, NATIONAL, OTHER, READERS
from tests.architecture.inventory.world import NOW
from tests.factories.dialogues import dialogue_in
from tests.security.pages import HELD_BY_SECRET, READ, text_of

INSIDE = "Endast-för-oss-4711"
STRANGERS = (*OTHER, *NATIONAL)
# Whoever holds a secret reads by it, whoever is signed in; other secrets are tried on their own.
CLOSED = [page for page in READ if not page.public and page.name not in HELD_BY_SECRET]


@pytest.mark.parametrize("page", CLOSED, ids=str)
def test_no_page_shows_another_organisations_internal_dialogue(world, page):
    """Stand for CVE-2026-45330 and CVE-2026-5600: lists and files hold one organisation's things.

    The sweeps hold who gets in; here what those see who do get in, with their own role elsewhere.
    """
    world.put_in("internal")
    world.dialogue.title = INSIDE
    world.dialogue.save()
    address = world.address(page)
    for reader in ("other owner", "other process_leader", "national owner"):
        assert INSIDE not in text_of(world.client(reader).get(address)), reader


def test_a_secret_of_another_organisation_shows_nothing_of_ours(world):
    """Stand for CVE-2026-45330 where no session is asked for: feeds and files of one's own."""
    world.put_in("internal")
    world.dialogue.title = INSIDE
    world.dialogue.save()
    theirs = dialogue_in(StepKind.PERSPECTIVES, organisation=world.other, title="Deras egen")
    link = {"user": world.people["other process_leader"], "at": NOW}
    feed = renew_calendar_link(organisation=world.other, client_key="theirs", **link)
    taken = renew_calendar_link(organisation=world.own, client_key="ours", **link)
    part = join(dialogue=theirs, language="sv", at=NOW, once="their page").secret
    for name, secret in (("dialogues:personal_feed", feed), ("register:my_file", part)):
        for reader in (ANONYMOUS, "other owner", "own process_leader"):
            shown = text_of(world.client(reader).get(reverse(name, args=[secret])))
            assert theirs.title in shown, name
            assert INSIDE not in shown, name
    answer = world.client(ANONYMOUS).get(reverse("dialogues:personal_feed", args=[taken]))
    assert answer.status_code == 404


def test_what_signs_in_for_one_organisation_does_not_for_another(world):
    """Stand for CVE-2026-45414: a session keeps whose it is, whatever address it is used at."""
    world.put_in("internal")
    for reader in STRANGERS:
        answer = world.client(reader).get(f"/arbetsyta/dialoger/{world.dialogue.public_id}/")
        assert answer.status_code == 404, reader
        answer = world.client(reader).get(f"/arbetsyta/organisation/{world.own.slug}/")
        assert answer.status_code == 404, reader
    assert set(STRANGERS) < set(READERS)
