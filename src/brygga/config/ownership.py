"""A lock on a data folder that lives and dies with its owner, and tells who holds it."""

import fcntl
import json
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path


class InUseError(RuntimeError):
    """Somebody else runs on this folder."""

    def __init__(self, path: Path, holder: dict[str, str]) -> None:
        self.holder = holder
        who = f"process {holder['pid']} ({holder['command']})" if holder else "another process"
        super().__init__(f"{path.parent} is in use by {who}. Stop it, or use another data folder.")


@dataclass
class Ownership:
    """An flock: the kernel lets go of it when the owner dies, however it dies."""

    path: Path
    _file: int | None = field(default=None, init=False)

    def take(self) -> None:
        """Take the lock, or raise InUseError at once."""
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise InUseError(self.path, self.notes()) from None
        self._file = descriptor
        self.note()

    @property
    def held(self) -> bool:
        return self._file is not None

    def note(self, **more: str) -> None:
        """Write down who we are and what those who join need to know."""
        assert self._file is not None
        notes = {"pid": str(os.getpid()), "command": " ".join(sys.argv), **more}
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, json.dumps(notes).encode(), 0)

    def notes(self) -> dict[str, str]:
        """Return what the owner wrote; the last owner's words if nobody holds the lock."""
        try:
            return dict(json.loads(self.path.read_text()))
        except (OSError, ValueError):
            return {}

    def held_by_other(self) -> bool:
        """Say whether a living process other than this object holds the lock."""
        if self._file is not None or not self.path.exists():
            return False
        with self.path.open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def give_back(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None
