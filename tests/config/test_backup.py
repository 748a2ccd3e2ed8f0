"""A backup of an installation, and a new one made from it."""

import hashlib
import json
import os
import stat
import subprocess
import sys
import tarfile
from pathlib import Path

import psycopg
import pytest

from tests.config.conftest import new_passable_folder
from tests.core.mail.office import Office, open_house
from tests.load.crash.town import Town

BRYGGA = Path(sys.executable).with_name("brygga")
PICTURE = b"\x89PNG not really, but bytes are bytes"
NOT_THE_SAME = {  # what a start or a restore itself writes
    "procrastinate_workers",
    "procrastinate_jobs",
    "procrastinate_events",
    "procrastinate_periodic_defers",
    "mail_message",
}


def brygga(folder, *words, url=""):
    given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    given |= {"BRYGGA_DATA": str(folder), "BRYGGA_MODE": "local"}
    return subprocess.run(
        [BRYGGA, *words],
        env=given | ({"DATABASE_URL": url} if url else {}),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def content_of(url):
    """A fingerprint of each table."""
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        ).fetchall()
        return {
            name: connection.execute(
                f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {name} t"
            ).fetchone()
            for (name,) in tables
            if name not in NOT_THE_SAME
        }


@pytest.fixture(scope="module")
def made():
    """An installation with rows, a file and a letter on its way, and the archive of it."""
    folder = new_passable_folder()
    office = Office()
    house = open_house(office)
    with Town(folder, house.port) as town:
        scene = json.loads(town.run("tests.load.crash.scene"))
        (folder / "files" / "ab").mkdir(parents=True)
        (folder / "files" / "ab" / "picture").write_bytes(PICTURE)
        (folder / "secret-key").write_text("as where no key is given in the environment " * 2)
        archive = folder / "kept.tar"
        done = brygga(folder, "backup", str(archive))
        assert done.returncode == 0, done.stderr
        before = content_of(town.database)
    house.stop()
    return archive, before, scene


def test_a_backup_goes_into_a_fresh_folder_whole_and_runs_there(made):
    archive, before, scene = made
    fresh = new_passable_folder()
    done = brygga(fresh, "restore", str(archive))
    assert done.returncode == 0, done.stderr
    assert "erase it once more" in done.stderr
    assert (fresh / "files" / "ab" / "picture").read_bytes() == PICTURE
    office = Office()
    house = open_house(office)
    with Town(fresh, house.port) as town:
        assert content_of(town.database) == before
        assert town.get(scene["follow"]).status == 200
    house.stop()
    assert office.received == []


def test_a_backup_is_for_its_owner_only_and_never_overwrites(made):
    archive, _, _ = made
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    again = brygga(archive.parent, "backup", str(archive))
    assert again.returncode == 1
    assert "exists already" in again.stderr


def test_a_restore_into_a_folder_with_files_changes_nothing(made):
    archive, _, _ = made
    folder = new_passable_folder()
    (folder / "files").mkdir()
    done = brygga(folder, "restore", str(archive))
    assert done.returncode == 1
    assert "is not empty (files)" in done.stderr
    assert [each.name for each in folder.iterdir()] == ["files"]


def test_a_restore_into_a_database_with_rows_changes_nothing(made, make_database):
    archive, _, _ = made
    url = make_database()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE voice AS SELECT 'heard' AS word")
    folder = new_passable_folder()
    done = brygga(folder, "restore", str(archive), url=url)
    assert done.returncode == 1
    assert "The database is not empty" in done.stderr
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT word FROM voice").fetchone() == ("heard",)


def damaged(archive, folder):
    """The same archive with one byte of the database changed."""
    copy = folder / "damaged.tar"
    content = bytearray(archive.read_bytes())
    content[2_000] ^= 1
    copy.write_bytes(content)
    return copy


def without_the_end(archive, folder):
    copy = folder / "cut.tar"
    copy.write_bytes(archive.read_bytes()[:5_000])
    return copy


def escaping(archive, folder):
    """An archive that names a file outside the folder that it is unpacked into."""
    copy = folder / "escaping.tar"
    (folder / "x").write_text("x")
    with tarfile.open(copy, "w") as tar:
        tar.add(folder / "x", "../../outside")
    return copy


@pytest.mark.parametrize("spoil", [damaged, without_the_end, escaping])
def test_an_archive_that_is_not_whole_is_refused(made, spoil):
    archive, _, _ = made
    folder = new_passable_folder()
    spoilt = spoil(archive, folder)
    (folder / "data").mkdir()
    (folder / "data").chmod(0o711)
    done = brygga(folder / "data", "restore", str(spoilt))
    assert done.returncode == 1
    assert "not a whole backup" in done.stderr or "is damaged" in done.stderr
    assert list((folder / "data").iterdir()) == []
    assert not (folder / "outside").exists()


def test_the_manifest_holds_the_sums_of_all_parts(made):
    archive, _, _ = made
    with tarfile.open(archive) as tar:
        sums = json.load(tar.extractfile("manifest.json"))["sha256"]
        assert set(sums) == {"database.dump", "files/ab/picture", "secret-key"}
        for name, wanted in sums.items():
            assert hashlib.file_digest(tar.extractfile(name), "sha256").hexdigest() == wanted
