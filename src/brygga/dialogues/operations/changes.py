"""When two people change the same thing: what each changed is kept, and a clash is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class Clash:
    """One field that somebody else has changed since the form was opened."""

    field: str
    theirs: Any


class EditConflictError(Exception):
    """Two people changed the same field. Nothing was saved; `clashes` holds the other's values."""

    def __init__(self, clashes: list[Clash]) -> None:
        super().__init__(", ".join(clash.field for clash in clashes))
        self.clashes = clashes


def apply_changes(
    subject: Model, *, before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[str]:
    """Set on `subject` what one person changed from `before` to `after`, and name these fields.

    What somebody else has changed meanwhile stays, unless both changed the same field to different
    values: then EditConflictError is raised. The caller holds the row's lock, and saves.
    """
    mine = {name: value for name, value in after.items() if value != before[name]}
    clashes = [
        Clash(name, theirs)
        for name, value in mine.items()
        if (theirs := getattr(subject, name)) not in (before[name], value)
    ]
    if clashes:
        raise EditConflictError(clashes)
    changed = [name for name, value in mine.items() if getattr(subject, name) != value]
    for name in changed:
        setattr(subject, name, mine[name])
    return changed
