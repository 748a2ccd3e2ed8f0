import pytest

from tests.architecture.inventory.world import World


@pytest.fixture
def world(db):
    return World()
