"""PostgreSQL refuses to run as root: choose who runs it, and let them reach its files."""

import os
import pwd
import stat
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

CANDIDATES = ("brygga", "postgres", "nobody")


class ProcessOptions(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class ServiceUser:
    """Who runs the server; `uid` is None where that is simply ourselves."""

    uid: int | None = None
    gid: int = 0

    @property
    def process_options(self) -> ProcessOptions:
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, folder: Path) -> None:
        if self.uid is not None:
            os.chown(folder, self.uid, self.gid)

    def reach(self, paths: Iterable[Path]) -> None:
        """Let the user pass through the folders above (o+x: pass, not list), and say so."""
        if self.uid is None:
            return
        for folder in dict.fromkeys(parent for path in paths for parent in path.parents):
            status = folder.stat()
            own = status.st_uid == self.uid and status.st_mode & stat.S_IXUSR
            if not own and not status.st_mode & stat.S_IXOTH:
                folder.chmod(stat.S_IMODE(status.st_mode) | stat.S_IXOTH)
                name = pwd.getpwuid(self.uid).pw_name
                print(  # noqa: T201  # the operator must know that a right was widened
                    f"PostgreSQL does not run as root; its user {name} may now pass {folder}.",
                    file=sys.stderr,
                )

    def read(self, folder: Path) -> None:
        """Let the user read and run what a strict umask installed for root alone."""
        if self.uid is None:
            return
        for path in (folder, *folder.rglob("*")):
            mode = stat.S_IMODE(path.stat().st_mode)
            wanted = mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
            if mode != wanted:
                path.chmod(wanted)


def service_user(cluster: Path) -> ServiceUser:
    """Return the owner of an existing cluster, else the first candidate that the system knows."""
    if os.geteuid() != 0:
        return ServiceUser()
    if cluster.exists() and (owner := cluster.stat()).st_uid != 0:
        return ServiceUser(owner.st_uid, owner.st_gid)
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServiceUser(entry.pw_uid, entry.pw_gid)
    raise RuntimeError(
        "PostgreSQL does not run as root, and there is no user brygga, postgres or nobody. "
        "Make one (useradd --system brygga), or run brygga as an ordinary user."
    )
