"""Production refuses to start unsafe, and says what to do."""

import os
import subprocess
import sys

import pytest

SAFE = {
    "BRYGGA_MODE": "production",
    "BRYGGA_SECRET_KEY": "s" * 60,
    "BRYGGA_ADDRESS": "https://dialog.example.test",
    "DATABASE_URL": "postgresql://brygga:secret@db.example.test/brygga",
    "BRYGGA_DATABASE_POOL": "4",
    "BRYGGA_MAIL_URL": "smtps://mail.example.test",
    "BRYGGA_MAIL_FROM": "Brygga <dialog@example.test>",
}


def start(tmp_path, **changes):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BRYGGA_")}
    return subprocess.run(
        [sys.executable, "-c", "import brygga.config.settings"],
        env=kept | SAFE | {"BRYGGA_DATA": str(tmp_path)} | changes,
        capture_output=True,
        text=True,
        check=False,
    )


def test_safe_settings_start(tmp_path):
    started = start(tmp_path)
    assert started.returncode == 0, started.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BRYGGA_SECRET_KEY", ""),
        ("BRYGGA_SECRET_KEY", "short"),
        ("BRYGGA_ADDRESS", "http://dialog.example.test"),
        ("DATABASE_URL", "sqlite:///brygga.db"),
        ("BRYGGA_DATABASE_POOL", "0"),
        ("BRYGGA_MAIL_URL", ""),
        ("BRYGGA_MAIL_FROM", "Brygga <brygga@localhost>"),
        ("BRYGGA_EXTRA_HOSTS", "*"),
        ("BRYGGA_SECOND_FACTOR", "off"),
        ("BRYGGA_OUTGOING_NETWORKS", "10.0.0.0/8, 127.0.0.0/8"),
    ],
)
def test_one_unsafe_setting_is_enough_to_refuse(tmp_path, name, value):
    refused = start(tmp_path, **{name: value})
    assert refused.returncode != 0
    assert "Unsafe for production" in refused.stderr
    assert name in refused.stderr
