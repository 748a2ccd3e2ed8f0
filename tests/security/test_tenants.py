"""Two organisations in one installation: neither reads the other, not even by its own secrets."""

import pytest

from tests.architecture.inventory.page import NATIONAL, OTHER, READERS
from tests.security.pages import READ, text_of

INSIDE = "Endast-för-oss-4711"
STRANGERS = (*OTHER, *NATIONAL)
CLOSED = [page for page in READ if not page.public]


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


def test_what_signs_in_for_one_organisation_does_not_for_another(world):
    """Stand for CVE-2026-45414: a session keeps whose it is, whatever address it is used at."""
    world.put_in("internal")
    for reader in STRANGERS:
        answer = world.client(reader).get(f"/arbetsyta/dialoger/{world.dialogue.public_id}/")
        assert answer.status_code == 404, reader
        answer = world.client(reader).get(f"/arbetsyta/organisation/{world.own.slug}/")
        assert answer.status_code == 404, reader
    assert set(STRANGERS) < set(READERS)
