"""Every page as every reader, in every state and every step of a dialogue. `make sweep` runs it."""

import pytest

from brygga.dialogues.enums import StepKind, StepState
from tests.architecture.inventory import PAGES
from tests.architecture.inventory.page import ANONYMOUS, READERS, STATES
from tests.architecture.test_pages import to_sign_in
from tests.factories.dialogues import COMPLEX_STEPS

PLACES = [
    pytest.param(page, state, kind, id=f"{page} {state} {kind}")
    for page in PAGES
    for state in STATES
    for kind in COMPLEX_STEPS
]


def stand_in(dialogue, kind):
    here = COMPLEX_STEPS.index(kind) + 1
    dialogue.steps.update(state=StepState.COMING)
    dialogue.steps.filter(position__lt=here).update(state=StepState.DONE)
    dialogue.steps.filter(position=here).update(state=StepState.CURRENT)


def fault_in(response, reader, *, may_read):
    if response.status_code >= 500:
        return True
    if may_read:
        return False  # a step may close it to them too; the inventory's own test says when it opens
    if reader == ANONYMOUS and to_sign_in(response):
        return False
    return response.status_code not in {403, 404, 405}


@pytest.mark.sweep
@pytest.mark.parametrize(("page", "state", "kind"), PLACES)
def test_nobody_gets_in_who_may_not(world, page, state, kind):
    stand_in(world.dialogue, kind)
    world.put_in(state)
    address = world.address(page)
    wrong = {}
    for reader in READERS:
        client = world.client(reader)
        response = client.post(address) if page.posts_only else client.get(address)
        if fault_in(response, reader, may_read=reader in page.read_by(state)):
            wrong[reader] = response.status_code
    assert wrong == {}


def test_the_sweep_stands_in_every_step(world):
    for kind in COMPLEX_STEPS:
        stand_in(world.dialogue, kind)
        assert StepKind(world.dialogue.steps.get(state=StepState.CURRENT).kind) == kind
