"""One world per module and worker; each test has a copy, and its writes are taken back after it."""

from contextlib import contextmanager
from copy import deepcopy

import pytest
from django.db import transaction

from tests.architecture.inventory.world import World


@contextmanager
def taken_back():
    """Undo what is written within, also where it is within another such block."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), taken_back():
        world = World()
        world.sign_everybody_in()
        yield world


@pytest.fixture
def world(town, db):
    return deepcopy(town)
