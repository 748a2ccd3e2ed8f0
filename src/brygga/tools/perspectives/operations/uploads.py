"""An export on its way in: the files are kept only until the worker has read them."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.utils.translation import gettext

from brygga.accounts.models import User
from brygga.core.http.public_ids import new_public_id
from brygga.core.jobs.models import Job
from brygga.core.jobs.operations import Work, start_job
from brygga.tools.perspectives.models import StatementRound
from brygga.tools.perspectives.operations.jobs import IMPORT_JOB, QUEUE, READ_IN

if TYPE_CHECKING:
    from django.core.files import File

FOLDER = "imports"
NAMES = ("votes.csv", "comments.csv")
KEPT_FOR = timedelta(days=1)


def ask_for_import(
    *,
    statement_round: StatementRound,
    votes: "File[bytes]",
    statements: "File[bytes]",
    back_url: str,
    by: User,
    at: datetime,
) -> Job:
    """Keep the files, and ask the worker to read them in."""
    folder = f"{FOLDER}/{new_public_id()}"
    for name, file in zip(NAMES, (votes, statements), strict=True):
        default_storage.save(f"{folder}/{name}", file)
    return start_job(
        kind=IMPORT_JOB,
        subject=statement_round.public_id,
        title=gettext("The export is being read in"),
        work=Work(
            READ_IN,
            QUEUE,
            {"round_pk": statement_round.pk, "folder": folder, "by_pk": by.pk},
        ),
        back_url=back_url,
        by=by,
        at=at,
    )


@contextmanager
def uploaded(folder: str) -> Iterator[tuple[Path, Path]]:
    """Give the two files as local paths; they are deleted when the reading has ended."""
    with tempfile.TemporaryDirectory() as local:
        paths = [Path(local) / name for name in NAMES]
        for name, path in zip(NAMES, paths, strict=True):
            with default_storage.open(f"{folder}/{name}") as kept, path.open("wb") as copy:
                shutil.copyfileobj(kept, copy)
        yield paths[0], paths[1]


def who_asked(pk: int) -> User | None:
    return User.objects.filter(pk=pk).first()


def forget(folder: str) -> None:
    for name in NAMES:
        default_storage.delete(f"{folder}/{name}")
    default_storage.delete(folder)


def forget_old_uploads(*, at: datetime) -> int:
    """Delete what no job came to read, for instance since it was stopped while it waited."""
    if not default_storage.exists(FOLDER):
        return 0
    old = [
        folder
        for folder in default_storage.listdir(FOLDER)[0]
        if default_storage.get_modified_time(f"{FOLDER}/{folder}") < at - KEPT_FOR
    ]
    for folder in old:
        forget(f"{FOLDER}/{folder}")
    return len(old)
