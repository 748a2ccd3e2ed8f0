"""Keeping, reading and removing files."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from brygga.core.files import operations
from brygga.core.files.forms import check_upload
from brygga.core.files.models import StoredFile
from brygga.core.files.types import ALL_TYPES
from brygga.core.registry import registry
from tests.factories import files
from tests.factories.files import PictureFactory, StoredFileFactory, picture, upload

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KIND = "tests.open"


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def readers():
    """The keys of the files that anybody may read, for as long as the test lasts."""
    allowed = set()
    registry.offer_file_rights(KIND, lambda _reader, key, _at: key in allowed)
    yield allowed
    del registry._file_rights[KIND]


def keep(content=files.PDF, name="underlag.pdf", **more):
    checked = check_upload(upload(content, name), ALL_TYPES)
    return operations.keep_file(checked=checked, owner_kind=KIND, by=None, at=NOW, **more)


def undone(act, **given):
    """Do something in a transaction that breaks off afterwards."""
    with suppress(ZeroDivisionError), transaction.atomic():
        act(**given)
        raise ZeroDivisionError


def get(file, url="files:file"):
    return Client().get(reverse(url, args=[file.public_id]))


def stored(storage):
    return sorted(path for path in storage.rglob("*") if path.is_file())


def test_a_file_is_kept_under_a_random_name_and_read_by_those_who_may(readers):
    file = keep(name="Underlag <svg onload=alert(1)>.pdf")
    assert "underlag" not in file.stored_as.lower()
    readers.add(file.pk)
    answer = get(file)
    assert answer.content == files.PDF
    assert answer["Content-Type"] == "application/pdf"
    shown = 'attachment; filename="Underlag svg onload=alert(1).pdf"'
    assert answer["Content-Disposition"] == shown
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-cache"


def test_no_link_works_without_the_right(readers):
    file = keep(picture(), alternative="Torget")
    assert get(file).status_code == 404
    readers.add(file.pk)
    answer = get(file)
    assert answer.status_code == 200
    known = {"If-None-Match": answer["ETag"]}
    assert Client().get(file.get_absolute_url(), headers=known).status_code == 304
    readers.clear()
    for url in ("files:file", "files:thumbnail"):
        assert get(file, url).status_code == 404
    assert Client().get(file.get_absolute_url(), headers=known).status_code == 404


def test_nobody_may_read_a_file_that_no_app_answers_for():
    assert get(StoredFileFactory()).status_code == 404


def test_a_name_in_another_alphabet_is_sent_as_the_standard_says(readers):
    file = keep(name="протокол åäö.pdf")
    readers.add(file.pk)
    assert get(file)["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%BF")


def test_a_picture_is_shown_and_its_thumbnail_made_once_by_a_job(storage, readers):
    file = keep(picture(size=(900, 700)), alternative="Torget")
    readers.add(file.pk)
    assert get(file)["Content-Disposition"].startswith("inline")
    assert get(file, "files:thumbnail")["Content-Type"] == "image/png"
    job = ProcrastinateJob.objects.get(task_name=operations.MAKE_THUMBNAIL)
    assert job.args == {"file_pk": file.pk}
    operations.make_thumbnail(pk=file.pk)
    operations.make_thumbnail(pk=file.pk)
    assert get(file, "files:thumbnail")["Content-Type"] == "image/webp"
    assert len(stored(storage)) == 2


def test_a_document_has_no_thumbnail(readers):
    file = keep()
    readers.add(file.pk)
    operations.make_thumbnail(pk=-1)
    assert get(file, "files:thumbnail").status_code == 404


def test_removing_takes_the_bytes_once_it_is_settled(storage):
    file = keep(picture(), is_decorative=True)
    operations.make_thumbnail(pk=file.pk)
    file.refresh_from_db()
    operations.remove_file(file=file)
    job = ProcrastinateJob.objects.get(task_name=operations.REMOVE)
    assert len(stored(storage)) == 2
    operations.remove_bytes(**job.args)
    operations.remove_bytes(**job.args)
    assert stored(storage) == []


def test_a_removal_that_is_undone_removes_nothing(storage):
    file = keep()
    undone(operations.remove_file, file=file)
    assert StoredFile.objects.filter(stored_as=file.stored_as).exists()
    assert not ProcrastinateJob.objects.filter(task_name=operations.REMOVE).exists()
    assert len(stored(storage)) == 1


def test_a_crash_between_bytes_and_row_leaves_only_bytes_that_are_cleared(storage):
    undone(keep)
    assert not StoredFile.objects.exists()
    assert len(stored(storage)) == 1
    now = datetime.now(UTC)
    assert operations.clear_orphans(at=now) == 0
    assert operations.clear_orphans(at=now + timedelta(days=2)) == 1
    assert stored(storage) == []


def test_a_file_whose_owner_is_gone_is_cleared_with_its_bytes(storage):
    keep()
    assert operations.clear_orphans(at=NOW + timedelta(hours=1)) == 0
    assert operations.clear_orphans(at=NOW + timedelta(days=2)) == 1
    assert not StoredFile.objects.exists()
    operations.remove_bytes(**ProcrastinateJob.objects.get(task_name=operations.REMOVE).args)
    assert stored(storage) == []


def test_bytes_that_are_gone_are_not_found_and_no_error(readers):
    file = keep()
    readers.add(file.pk)
    default_storage.delete(file.stored_as)
    assert get(file).status_code == 404


@pytest.mark.parametrize(
    "broken", [{"alternative": "", "is_decorative": False}, {"width": None}], ids=str
)
def test_the_database_holds_what_a_picture_needs(broken):
    assert PictureFactory(alternative="", is_decorative=True).pk
    with pytest.raises(IntegrityError), transaction.atomic():
        PictureFactory(**broken)


def test_a_stored_name_belongs_to_one_file_only():
    name = default_storage.save("aa/x", ContentFile(b"x"))
    PictureFactory(stored_as=name, thumbnail_stored_as="aa/small")
    for taken in ({"stored_as": name}, {"thumbnail_stored_as": "aa/small"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PictureFactory(**taken)
