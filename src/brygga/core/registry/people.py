"""What is held of one person, area by area: shown to them on asking, and erased."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Person:
    """Somebody by what they are known by: an address, an account, or a place as a participant.

    `organisation_id` says for whom it is asked: then nothing of other organisations is touched.
    """

    email: str = ""
    user_id: int | None = None
    participant_id: int | None = None
    organisation_id: int | None = None


@dataclass(frozen=True)
class PersonArea:
    """`erase` is told whether public records go too, and gives how many rows of each kind went."""

    export: Callable[[Person], Mapping[str, object]]
    erase: Callable[[Person, datetime, bool], Mapping[str, int]]
