"""Every page as every reader, in every state and every step of a dialogue. `make sweep` runs it.

One test asks one page everywhere. An answer for which nothing was read of the step is the same in
every step, and one for which nothing was read of the dialogues is the same in every state: the
program has seen no difference. Such answers are counted, not asked again. Of the strangers with a
role who may read a page, one asks for all of them in the steps after the first.
"""

from collections import Counter
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.db import connection
from django.test import RequestFactory

from brygga.dialogues.enums import StepKind, StepState
from tests.architecture.conftest import taken_back
from tests.architecture.inventory import PAGES
from tests.architecture.inventory.page import ANONYMOUS, NATIONAL, OTHER, READERS, STATES
from tests.architecture.test_pages import to_sign_in
from tests.factories.dialogues import COMPLEX_STEPS

STEPS = '"dialogues_step"'
DIALOGUES = '"dialogues_'
ALIKE = {*OTHER[1:], *NATIONAL}  # strangers for whom another stranger asks
STEPS_IN_ALL = len(COMPLEX_STEPS)
HANDLER = BaseHandler()


class Watched:
    """What the database was asked within a block."""

    def __init__(self):
        self.read_steps = self.read_dialogues = False

    def __call__(self, execute, sql, params, many, context):
        text = str(sql)
        self.read_dialogues = self.read_dialogues or DIALOGUES in text
        self.read_steps = self.read_steps or STEPS in text
        return execute(sql, params, many, context)


@contextmanager
def watched():
    seen = Watched()
    with connection.execute_wrapper(seen):
        yield seen


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


def kind_of(response):
    if to_sign_in(response):
        return "to sign in"
    return {2: "opened", 3: "sent on"}.get(response.status_code // 100, str(response.status_code))


class Sweep:
    """One page, asked by all readers wherever the answer can differ."""

    def __init__(self, world, page):
        self.world, self.page = world, page
        self.counts = Counter()
        self.wrong = {}
        self.same_in_all_states = set()

    def in_all_states(self):
        for state in STATES:
            same_in_all_steps = set()
            for kind in COMPLEX_STEPS:
                with taken_back():
                    self.in_one_place(state, kind, same_in_all_steps)

    def in_one_place(self, state, kind, same_in_all_steps):
        known = self.same_in_all_states | same_in_all_steps
        self.counts["cases"] += len(READERS)
        self.counts["known from another place"] += len(known)
        readers = [reader for reader in READERS if reader not in known]
        if not readers:
            return
        stand_in(self.world.dialogue, kind)
        self.world.put_in(state)
        address = self.world.address(self.page)
        for reader in readers:
            with taken_back(), watched() as seen:
                response = self.ask(reader, address)
            self.counts[kind_of(response)] += 1
            may_read = reader in self.page.read_by(state)
            if fault_in(response, reader, may_read=may_read):
                self.wrong[f"{reader}, {state}, {kind}"] = response.status_code
            if not seen.read_steps or (may_read and reader in ALIKE):
                same_in_all_steps.add(reader)
            if not seen.read_dialogues and not callable(self.page.readers):
                self.same_in_all_states.add(reader)

    def ask(self, reader, address):
        """Ask without what a test client keeps of each template: it would take half of the time."""
        if HANDLER._middleware_chain is None:
            HANDLER.load_middleware()
        browser = RequestFactory()
        if reader in self.world.sessions:
            browser.cookies[settings.SESSION_COOKIE_NAME] = self.world.sessions[reader]
        request = browser.post(address) if self.page.posts_only else browser.get(address)
        request._dont_enforce_csrf_checks = True
        return HANDLER.get_response(request)


@pytest.mark.sweep
@pytest.mark.parametrize("page", PAGES, ids=str)
def test_nobody_gets_in_who_may_not(world, page, record_property):
    sweep = Sweep(world, page)
    sweep.in_all_states()
    sweep.counts["faults"] = len(sweep.wrong)
    record_property("sweep", dict(sweep.counts))
    record_property("size", f"{len(READERS)} readers, {len(STATES)} states, {STEPS_IN_ALL} steps")
    assert sweep.wrong == {}


def test_the_sweep_stands_in_every_step(world):
    for kind in COMPLEX_STEPS:
        stand_in(world.dialogue, kind)
        assert StepKind(world.dialogue.steps.get(state=StepState.CURRENT).kind) == kind


@pytest.mark.parametrize(
    ("name", "reads_steps", "reads_dialogues"),
    [
        ("account_inactive", False, False),
        ("dialogues:list", True, True),
        ("dialogues:detail", True, True),
        ("accounts:bodies", False, False),
    ],
)
def test_the_sweep_sees_what_an_answer_rests_on(world, name, reads_steps, reads_dialogues):
    page = next(page for page in PAGES if page.name == name)
    world.put_in(page.state)
    address = world.address(page)
    with watched() as seen:
        world.client(page.looked_at_by()).get(address)
    assert (seen.read_steps, seen.read_dialogues) == (reads_steps, reads_dialogues)
