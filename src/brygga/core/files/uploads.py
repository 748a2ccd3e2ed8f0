"""Receiving: what is too large is counted to its end and not kept."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Writes no more of a file than may be kept, so that nobody fills the disk.

    The size stays true: the form refuses the file by it, and keeps what else was written.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> Any:
        if start + len(raw_data) <= settings.BRYGGA_FILE_BYTES:
            super().receive_data_chunk(raw_data, start)
