"""Forgetting what was written to one person."""

from datetime import datetime

from brygga.core.mail.operations.upkeep import forget_letters
from brygga.core.registry import Person


def erase_person(person: Person, at: datetime, _with_records: bool) -> dict[str, int]:  # noqa: FBT001 - the hook's signature
    """Empty the letters to an address; for one organisation, those that have come to an end.

    What waits may be another organisation's promise, which nobody else may stop.
    """
    if not person.email:
        return {}
    is_all = person.organisation_id is None
    return {"letters": forget_letters(address=person.email, with_waiting=is_all, at=at)}
