"""The audit of packages finds what is planted, and is loud where it could not look."""

import importlib.util
import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOT_CHECKED = "NOT CHECKED for known faults"
FAULTY = {
    "dependencies": [
        {"name": "django", "version": "5.2.0", "vulns": [{"id": "PYSEC-0", "fix_versions": ["6"]}]}
    ]
}
LOCKED = "django==5.2.0 \\\n    --hash=sha256:00\n"


@pytest.fixture
def audit(tmp_path, monkeypatch):
    """Give the audit one locked package, no secrets, and tools that say what is planted."""
    where = importlib.util.spec_from_file_location("audit", ROOT / ".ci/audit.py")
    module = importlib.util.module_from_spec(where)
    where.loader.exec_module(module)
    lock = tmp_path / "dev.txt"
    lock.write_text(LOCKED)
    monkeypatch.setattr(module, "LOCKS", [lock])
    monkeypatch.setattr(module, "TOOLS", tmp_path)
    monkeypatch.setattr(module, "sys", type("Called", (), {"argv": ["audit"]}))
    plant(tmp_path / "detect-secrets", json.dumps({"results": {}}))
    plant(tmp_path / "pip-audit", json.dumps({"dependencies": []}))
    return module


def plant(tool, says, code=0):
    tool.write_text(f"#!/bin/sh\ncat <<'END'\n{says}\nEND\nexit {code}\n")
    tool.chmod(0o755)


def test_a_package_with_a_known_fault_is_an_error_and_named(audit, tmp_path, capsys):
    plant(tmp_path / "pip-audit", json.dumps(FAULTY), code=1)
    assert audit.main() == 1
    said = capsys.readouterr().out
    assert "django 5.2.0: PYSEC-0 (6)" in said
    assert NOT_CHECKED not in said


@pytest.mark.parametrize("words", ["", "Connection refused"])
def test_a_registry_that_does_not_answer_is_told_last_and_with_strict_an_error(
    audit, tmp_path, capsys, words
):
    plant(tmp_path / "pip-audit", words, code=1)
    assert audit.main() == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith(f"{NOT_CHECKED}: 1 of 1.")
    audit.sys.argv = ["audit", "--strict"]
    assert audit.main() == 1


def test_a_lock_without_a_hash_is_an_error(audit, tmp_path, capsys):
    plant(tmp_path / "pip-audit", json.dumps({"dependencies": [{"name": "django", "vulns": []}]}))
    assert audit.main() == 0
    (tmp_path / "dev.txt").write_text("django==5.2.0\n")
    assert audit.main() == 1
    assert "django==5.2.0 has no hash" in capsys.readouterr().out


def test_a_word_that_looks_like_a_key_is_an_error(audit, tmp_path, capsys):
    one = {"line_number": 3, "type": "AWS Access Key", "hashed_secret": "0" * 40}
    plant(tmp_path / "detect-secrets", json.dumps({"results": {"src/settings.py": [one]}}))
    assert audit.main() == 1
    assert "src/settings.py:3: AWS Access Key" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("audit_ends_with", "asked", "ends_with"),
    [(1, ["audit"], 1), (0, ["audit", "test"], 0)],
)
def test_ci_stops_at_a_finding_and_repeats_at_the_end_what_was_not_checked(
    tmp_path, audit_ends_with, asked, ends_with
):
    """A finding ends the run before a test is begun; what nobody could look at is said last."""
    calls = tmp_path / "calls"
    script = (
        f'#!/bin/sh\necho "$1" >> {calls}\n'
        f'[ "$1" = test ] && echo "20 minutes of tests" && exit 0\n'
        f'echo "{NOT_CHECKED}: 3 of 9."\nexit {audit_ends_with}\n'
    )
    for name, text in (("make", script), ("python3.11", "#!/bin/sh\n")):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    done = subprocess.run(
        ["/bin/sh", ROOT / ".ci/run"],
        env={**os.environ, "PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, calls.read_text().split()) == (ends_with, asked)
    assert done.stdout.splitlines()[-1] == f"{NOT_CHECKED}: 3 of 9."
