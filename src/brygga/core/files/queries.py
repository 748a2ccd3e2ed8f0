"""Fetching a file is authorising; what nobody owns any more is found here too."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet
from django.http import Http404

from brygga.core.files.models import StoredFile
from brygga.core.files.pictures import Drawn, as_png
from brygga.core.files.rules import may_read


def get_file_for(
    reader: AbstractBaseUser | AnonymousUser, public_id: str, *, at: datetime
) -> StoredFile:
    """Give a file to somebody who may read what it belongs to; Http404 to everybody else."""
    file = StoredFile.objects.filter(public_id=public_id).first()
    if file is None or not may_read(reader, file, at):
        raise Http404
    return file


def png_of(file: StoredFile, longest: int) -> Drawn | None:
    """Give a kept picture as PNG for a paper; None where its bytes are lost or damaged."""
    try:
        with default_storage.open(file.stored_as) as content:
            return as_png(content, longest)
    except (OSError, ValueError):
        return None


def orphans(*, before: datetime) -> QuerySet[StoredFile]:
    """List the files added before a time that no owner's row points to."""
    owned = Q()
    for relation in StoredFile._meta.related_objects:
        owned |= Q(**{f"{relation.name}__isnull": False})
    files = StoredFile.objects.filter(added_at__lt=before)
    return files.exclude(owned) if owned else files


def stored_names() -> Iterator[str]:
    """Give the name of everything in the storage that a row knows of."""
    rows = StoredFile.objects.values_list("stored_as", "thumbnail_stored_as")
    for names in rows.iterator():
        yield from filter(None, names)
