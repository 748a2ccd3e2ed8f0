import os
import tempfile
from pathlib import Path

import pytest


def new_passable_folder():
    """Make a folder of this test run that PostgreSQL's user may pass where root runs the tests.

    pytest's own tmp_path lies under a folder that each pytest on the machine closes again.
    """
    folder = Path(tempfile.mkdtemp(dir=os.environ["BRYGGA_DATA"]))
    folder.chmod(0o711)
    return folder


@pytest.fixture
def passable_folder():
    return new_passable_folder()
