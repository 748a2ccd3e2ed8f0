"""What the home page shows, read through the dialogues."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse

from brygga.accounts.models import Organisation
from brygga.dialogues.models import Dialogue
from brygga.dialogues.queries import Reader
from brygga.dialogues.queries.listing import Wanted, list_dialogues, organisations_with_dialogues

OPEN_SHOWN = 5
DECIDED_SHOWN = 3


@dataclass(frozen=True)
class Home:
    open_now: tuple[Dialogue, ...]
    decided: tuple[Dialogue, ...]
    organisations: tuple[Organisation, ...]


def get_home(reader: Reader) -> Home:
    open_now = tuple(list_dialogues(reader, Wanted(phase="take_part"))[:OPEN_SHOWN])
    decided = list_dialogues(reader, Wanted(phase="decided"))
    return Home(
        open_now=open_now,
        decided=tuple(decided.exclude(pk__in=[each.pk for each in open_now])[:DECIDED_SHOWN]),
        organisations=tuple(organisations_with_dialogues(reader)),
    )


@dataclass(frozen=True)
class Elsewhere:
    name: str
    url: str
    number: int


@dataclass(frozen=True)
class DialogueMap:
    counts: dict[str, int]
    urls: dict[str, str]
    others: tuple[Elsewhere, ...]


def get_map(reader: Reader) -> DialogueMap:
    """Count what goes on in each municipality; a joint dialogue counts in each of its owners."""
    going_on = list_dialogues(reader, Wanted(phase="going_on")).order_by().values("pk")
    pairs = set(Dialogue.objects.filter(pk__in=going_on).values_list("pk", "organisation")) | set(
        Dialogue.objects.filter(pk__in=going_on, bodies__isnull=False).values_list(
            "pk", "bodies__organisation"
        )
    )
    numbers = Counter(organisation for _, organisation in pairs)
    owners = list(Organisation.objects.filter(pk__in=numbers).order_by("sort_key", "pk"))
    on_map = [each for each in owners if each.municipality_code]
    return DialogueMap(
        counts={each.municipality_code or "": numbers[each.pk] for each in on_map},
        urls={each.municipality_code or "": _list_of(each) for each in on_map},
        others=tuple(
            Elsewhere(each.name, _list_of(each), numbers[each.pk])
            for each in owners
            if not each.municipality_code
        ),
    )


def _list_of(organisation: Organisation) -> str:
    return f"{reverse('dialogues:list')}?organisation={organisation.slug}"
