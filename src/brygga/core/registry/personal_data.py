"""What every area keeps of people: why, for how long, and what takes it away.

Declared by each app in its `personal_data.py`, as `PERSONAL_DATA`. The reference page, the
organisations' public privacy text and the test that walks all models read the same declarations.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brygga.core.registry.cookies import Cookie

# A model's label, or a place outside the models, and the fields in it.
Where = Mapping[str, Collection[str]]


class Whose(TextChoices):
    PARTICIPANT = "participant", _("You who take part")
    FOLLOWER = "follower", _("You who follow a dialogue by e-mail")
    READER = "reader", _("You who read, write to us or visit our pages")
    STAFF = "staff", _("You who work with dialogues and have an account")
    NAMED = "named", _("You whom we name in our work")


class Hook(TextChoices):
    """What takes personal data away; the name of a periodic task may stand in its place."""

    ERASURE = "erasure", _("erasure when you ask for it")
    DISPOSAL = "disposal", _("disposal by the dialogue's decided rule")
    BY_HAND = "by hand", _("whoever keeps it takes it away")
    BY_ITSELF = "by itself", _("goes with what it belongs to, or when it expires")


# Places that are no model and still keep something.
PLACES = frozenset({"cache", "server log", "backups", "cookies", "file store", "mail folder"})


@dataclass(frozen=True)
class PersonalData:
    """One kind of personal data, in the words of the public privacy text.

    `kept` says how long; where `emptied_by` is empty it says why the data stay.
    """

    whose: Whose
    what: str | Promise
    why: str | Promise
    kept: str | Promise
    where: Where
    emptied_by: Collection[str] = ()


@dataclass(frozen=True)
class Excused:
    """Fields that could hold personal data by their type, and why they do not."""

    reason: str
    where: Where


@dataclass(frozen=True)
class Declaration:
    holds: tuple[PersonalData, ...] = ()
    excused: tuple[Excused, ...] = ()
    cookies: tuple[Cookie, ...] = ()


@cache
def declarations() -> Mapping[str, Declaration]:
    """Give what each app declares, by its label."""
    return {
        config.label: import_module(f"{config.name}.personal_data").PERSONAL_DATA
        for config in apps.get_app_configs()
        if find_spec(config.name) and find_spec(f"{config.name}.personal_data")
    }
