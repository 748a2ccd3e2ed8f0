"""Keeping and removing files. Bytes are written before their row and removed after it.

So a row always has its bytes. What a crash leaves is bytes without a row, or a row without an
owner; neither can be read by anybody, and `clear_orphans` takes them away.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from brygga.core.files import queries
from brygga.core.files.models import StoredFile
from brygga.core.files.pictures import draw_small
from brygga.core.files.types import MediaType

REMOVE, MAKE_THUMBNAIL, QUEUE = "files.remove", "files.make_thumbnail", "files"
ORPHANS_LIVE_FOR = timedelta(days=1)  # longer than any request or transaction


@dataclass(frozen=True)
class Checked:
    """A file as a form has found it to be, ready to be kept."""

    content: IO[bytes]
    kind: MediaType
    name: str
    size: int
    width: int | None = None
    height: int | None = None


@transaction.atomic
def keep_file(
    *,
    checked: Checked,
    owner_kind: str,
    alternative: str = "",
    is_decorative: bool = False,
    by: AbstractBaseUser | None,
    at: datetime,
) -> StoredFile:
    """Store the bytes under a random name, then the row, in the transaction of its owner."""
    checked.content.seek(0)
    file = StoredFile.objects.create(
        owner_kind=owner_kind,
        kind=checked.kind.kind,
        media_type=checked.kind.name,
        name=checked.name,
        size=checked.size,
        width=checked.width,
        height=checked.height,
        alternative=alternative,
        is_decorative=is_decorative,
        stored_as=default_storage.save(_random_name(), File(checked.content)),
        added_by_id=by.pk if by else None,
        added_at=at,
    )
    if file.is_picture:
        app.configure_task(MAKE_THUMBNAIL, queue=QUEUE).defer(file_pk=file.pk)
    return file


@transaction.atomic
def describe_file(*, file: StoredFile, alternative: str, is_decorative: bool) -> None:
    """Change what is said in place of a picture."""
    StoredFile.objects.filter(pk=file.pk).update(
        alternative=alternative, is_decorative=is_decorative
    )


@transaction.atomic
def remove_file(*, file: StoredFile) -> None:
    """Delete the row; once that is settled, a job removes the bytes."""
    names = [name for name in (file.stored_as, file.thumbnail_stored_as) if name]
    file.delete()
    app.configure_task(REMOVE, queue=QUEUE).defer(names=list[JSONValue](names))


def remove_bytes(*, names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)


def make_thumbnail(*, pk: int) -> None:
    """Draw the picture small. Doing it again changes nothing."""
    file = StoredFile.objects.filter(pk=pk, thumbnail_stored_as=None).first()
    if file is None:
        return
    with default_storage.open(file.stored_as) as content:
        small = draw_small(content)
    name = default_storage.save(_random_name(), ContentFile(small))
    taken = StoredFile.objects.filter(pk=pk, thumbnail_stored_as=None)
    if not taken.update(thumbnail_stored_as=name):
        default_storage.delete(name)


def clear_orphans(*, at: datetime) -> int:
    """Remove rows without an owner, and bytes without a row, that are old enough."""
    before = at - ORPHANS_LIVE_FOR
    cleared = 0
    for file in queries.orphans(before=before):
        remove_file(file=file)
        cleared += 1
    known = set(queries.stored_names())
    for folder in default_storage.listdir("")[0] if default_storage.exists("") else ():
        for name in default_storage.listdir(folder)[1]:
            path = f"{folder}/{name}"
            if path not in known and default_storage.get_modified_time(path) < before:
                default_storage.delete(path)
                cleared += 1
    return cleared


def _random_name() -> str:
    """Give a name that tells nothing; the folders keep each of them small."""
    name = secrets.token_hex(20)
    return f"{name[:2]}/{name}"
