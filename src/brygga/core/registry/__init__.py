"""What every area may offer to those above it, without being known by name.

An area adds its offer in `AppConfig.ready`; whoever shows or collects asks here.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from brygga.core.registry.people import Person, PersonArea
from brygga.core.registry.today import TodayItem, TodaySource, items_of

# Called inside the transaction that ends a membership: person, organisation's key, by whom, when.
AfterLeaving = Callable[[AbstractBaseUser, int, AbstractBaseUser, datetime], None]
MayReadFile = Callable[[AbstractBaseUser | AnonymousUser, int, datetime], bool]


class Registry:
    def __init__(self) -> None:
        self._today: dict[str, TodaySource] = {}
        self._people: dict[str, PersonArea] = {}
        self._after_leaving: dict[str, AfterLeaving] = {}
        self._file_rights: dict[str, MayReadFile] = {}

    def offer_today(self, area: str, source: TodaySource) -> None:
        self._today[area] = source

    def hear_of_leaving(self, area: str, told: AfterLeaving) -> None:
        self._after_leaving[area] = told

    def left(
        self, user: AbstractBaseUser, organisation: int, by: AbstractBaseUser, at: datetime
    ) -> None:
        """Let each area end what somebody held through an organisation that they have left."""
        for told in self._after_leaving.values():
            told(user, organisation, by, at)

    def today_items(self, user: AbstractBaseUser, at: datetime) -> list[TodayItem]:
        """Give what needs this person: overdue first, then by day, then what has none."""
        items = items_of(each for source in self._today.values() for each in source(user, at))
        last = datetime.max.replace(tzinfo=at.tzinfo)
        return sorted(
            items, key=lambda item: (not item.is_overdue, item.due_at or last, item.title)
        )

    def offer_person(self, area: str, *, offer: PersonArea) -> None:
        self._people[area] = offer

    def offer_file_rights(self, owner_kind: str, may_read: MayReadFile) -> None:
        """Answer for files of a kind: whether somebody may read the one with this key, now."""
        self._file_rights[owner_kind] = may_read

    def may_read_file(
        self, owner_kind: str, reader: AbstractBaseUser | AnonymousUser, key: int, at: datetime
    ) -> bool:
        """No, where nobody answers for the kind."""
        may_read = self._file_rights.get(owner_kind)
        return may_read is not None and may_read(reader, key, at)

    @property
    def areas_of_people(self) -> frozenset[str]:
        return frozenset(self._people)

    def export_person(self, person: Person) -> dict[str, Mapping[str, object]]:
        """Give all that is held of one person; an area that holds nothing is left out."""
        found = {area: offer.export(person) for area, offer in self._people.items()}
        return {area: held for area, held in found.items() if held}

    @transaction.atomic
    def erase_person(
        self, person: Person, at: datetime, *, with_records: bool
    ) -> dict[str, Mapping[str, int]]:
        """Erase one person in every area or in none; an area without anything is left out."""
        gone = {area: offer.erase(person, at, with_records) for area, offer in self._people.items()}
        return {area: counts for area, counts in gone.items() if any(counts.values())}


__all__ = ["Person", "PersonArea", "Registry", "TodayItem", "registry"]
registry = Registry()
