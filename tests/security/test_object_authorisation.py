"""An address that holds two things opens only where the one belongs to the other."""

import pytest
from django.urls import reverse

from brygga.dialogues.enums import StepKind
from tests.architecture.inventory import PAGES
from tests.factories.dialogues import dialogue_in


def is_id(part):
    return isinstance(part, str) and len(part) == 10 and part.isalnum()


def nested(world, page):
    """Give the arguments where the last names something inside what the first ones name."""
    arguments = page.arguments(world)
    of_dialogue = world.dialogue.public_id in arguments[:-1]
    of_organisation = arguments[:1] == (world.own.slug,)
    if len(arguments) > 1 and is_id(arguments[-1]) and (of_dialogue or of_organisation):
        return None if arguments[-1] == world.dialogue.public_id else arguments
    return None


def moved(arguments, old, new):
    return tuple(new if part == old else part for part in arguments)


def answers(world, reader, page, arguments):
    client = world.client(reader)
    address = reverse(page.name, args=arguments)
    return {client.get(address).status_code, client.post(address, {}).status_code}


@pytest.mark.parametrize("page", [page for page in PAGES if not page.query], ids=str)
def test_a_thing_is_not_found_under_another_dialogue_or_organisation(world, page):
    """Stand for CVE-2023-36465, CVE-2026-40869, CVE-2026-40870, CVE-2026-45086, CVE-2026-45415.

    The leader's own second dialogue, and another organisation's dialogue with its own leader, each
    with the first dialogue's thing at the end of the address: read and written.
    """
    world.put_in(page.state)
    arguments = nested(world, page)
    if arguments is None:
        return
    second = dialogue_in(StepKind.PERSPECTIVES, organisation=world.own)
    foreign = dialogue_in(StepKind.PERSPECTIVES, organisation=world.other)
    for reader, dialogue, organisation in (
        ("own owner", second, world.other),
        ("other owner", foreign, world.other),
        ("own process_leader", second, world.other),
        ("other process_leader", foreign, world.other),
    ):
        wrong = moved(arguments, world.dialogue.public_id, dialogue.public_id)
        wrong = moved(wrong, world.own.slug, organisation.slug)
        assert answers(world, reader, page, wrong) <= {404, 405}, (reader, wrong)


def test_addresses_that_hold_two_things_are_found(world):
    """Hold that the test above has something to do."""
    world.put_in("published")
    assert sum(nested(world, page) is not None for page in PAGES) >= 30


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.posts_only or not page.gives_file], ids=str
)
def test_whoever_may_not_read_may_not_write(world, page):
    """Stand for CVE-2019-16377 and CVE-2026-40869: the right is asked for on each method.

    The sweep asks pages by GET; here those who may not open them send their form.
    """
    world.put_in(page.state)
    address = world.address(page)
    for reader in ("anonymous", "outsider", "own host", "other owner", "other process_leader"):
        if reader in page.read_by(page.state) or reader in page.refused:
            continue
        answer = world.client(reader).post(address, {"title": "x", "text": "x", "name": "x"})
        to_sign_in = answer.status_code == 302 and "/logga-in/" in answer.url
        assert to_sign_in or answer.status_code in {403, 404, 405}, reader
