"""Data of others that lies beside the repository: tests say what they did not run without it."""

import os
from pathlib import Path

import pytest

from brygga.config.environment import CURRENT


def real_data(part: str) -> Path:
    """Find a part of BRYGGA_REAL_DATA; without it the test is skipped, or fails where CI=true."""
    folder = CURRENT.folder("BRYGGA_REAL_DATA") / part
    if folder.is_dir():
        return folder
    missing = f"not run: BRYGGA_REAL_DATA holds no {part}/ ({folder})"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)
