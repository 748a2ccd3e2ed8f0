"""What is not published is told nowhere: lists, feeds, short links, pictures, results."""

import pytest

from brygga.dialogues.models import Document
from tests.architecture.inventory.page import ANONYMOUS
from tests.factories.dialogues import ContributionFactory, DocumentFactory, InsightFactory
from tests.security.pages import HELD_BY_SECRET, READ, text_of

SECRET = "Hemligt-utkast-4711"


@pytest.mark.parametrize("state", ["draft", "internal"])
def test_no_public_page_or_feed_tells_of_what_is_not_published(world, state):
    """Stand for CVE-2024-27090, with every address that somebody kept from when it was open."""
    world.put_in("published")
    addresses = [(page, world.address(page)) for page in READ if page.name != "dialogues:short"]
    world.put_in(state)
    world.dialogue.title = world.dialogue.summary = SECRET
    world.dialogue.save()
    for voice in (
        ContributionFactory(dialogue=world.dialogue, text=SECRET),
        InsightFactory(dialogue=world.dialogue, text=SECRET),
    ):
        voice.save()
    Document.objects.filter(dialogue=world.dialogue).update(title=SECRET)
    DocumentFactory(dialogue=world.dialogue, title=SECRET)
    told = [
        str(page)
        for page, address in addresses
        if page.name not in HELD_BY_SECRET
        and SECRET in text_of(world.client(ANONYMOUS).get(address))
    ]
    assert told == []
