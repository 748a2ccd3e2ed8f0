from django.utils import timezone
from procrastinate.contrib.django import app

from brygga.core.files import operations


@app.task(name=operations.REMOVE, queue=operations.QUEUE)
def remove(names: list[str]) -> None:
    operations.remove_bytes(names=names)


@app.task(name=operations.MAKE_THUMBNAIL, queue=operations.QUEUE)
def make_thumbnail(file_pk: int) -> None:
    operations.make_thumbnail(pk=file_pk)


@app.periodic(cron="40 2 * * *")
@app.task(name="files.clear_orphans", queue=operations.QUEUE, queueing_lock="files.clear_orphans")
def clear_orphans(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate gives periodic tasks their time
    operations.clear_orphans(at=timezone.now())
