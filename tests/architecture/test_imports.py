"""The contracts of import-linter hold, and each of them can fail."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.floors import ROOT, SOURCE

BREACHES = {
    "Storeys": ("dialogues/queries/__init__.py", "import brygga.portal.urls"),
    "Engines are plain Python": ("engines/opinion/__init__.py", "import django"),
    "Engines do not know each other": (
        "engines/opinion/__init__.py",
        "import brygga.engines.draw",
    ),
    "Tools do not know each other": (
        "tools/outcomes/models/decision.py",
        "import brygga.tools.perspectives.enums",
    ),
    "Knowledge areas do not know each other": (
        "knowledge/guide/__init__.py",
        "import brygga.knowledge.learning",
    ),
    "Inside an app": ("dialogues/models/voice.py", "import brygga.dialogues.registry"),
    "Views are reached by URL": (
        "portal/apps.py",
        "import brygga.portal.views.public",
    ),
    "No cycles anywhere": ("accounts/enums.py", "import brygga.accounts.models.user"),
}


def lint(folder):
    command = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [command, "--config", folder / ".importlinter", "--no-cache"],
        cwd=folder / "src",
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy_of_the_house(tmp_path):
    shutil.copytree(SOURCE, tmp_path / "src" / "brygga")
    shutil.copy(ROOT / ".importlinter", tmp_path)
    for name in ("engines/draw", "knowledge/guide", "knowledge/learning"):
        folder = tmp_path / "src" / "brygga" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "__init__.py").touch()
    return tmp_path


def test_the_house_keeps_its_contracts(copy_of_the_house):
    report = lint(copy_of_the_house)
    assert report.returncode == 0, report.stdout


@pytest.mark.parametrize("contract", BREACHES)
def test_breaking_a_contract_is_caught(copy_of_the_house, contract):
    name, line = BREACHES[contract]
    file = copy_of_the_house / "src" / "brygga" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{line}\n{file.read_text() if file.exists() else ''}")
    report = lint(copy_of_the_house)
    assert report.returncode == 1
    assert any(
        row.startswith(contract) and row.rstrip().endswith("BROKEN")
        for row in report.stdout.splitlines()
    ), report.stdout


def test_a_stray_module_in_an_app_is_caught(copy_of_the_house):
    (copy_of_the_house / "src" / "brygga" / "accounts" / "utils.py").touch()
    assert lint(copy_of_the_house).returncode == 1
