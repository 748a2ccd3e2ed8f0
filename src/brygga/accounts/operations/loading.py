"""The organisations that exist in Sweden: 290 municipalities, 21 regions, the national body."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from brygga.accounts.enums import BodyKind, OrganisationKind
from brygga.accounts.models import Body, Organisation
from brygga.accounts.operations.organisations import NATURAL_BODIES
from brygga.core.audit.operations import record
from brygga.core.geo import GOTLAND_MUNICIPALITY, GOTLAND_REGION, municipalities, regions
from brygga.core.text import sort_key

NATIONAL_BODY = "Sveriges Kommuner och Regioner"


@dataclass(frozen=True)
class Fact:
    kind: OrganisationKind
    name: str
    slug: str
    municipality_code: str | None = None
    region_code: str | None = None


@transaction.atomic
def load_organisations(*, at: datetime) -> int:
    """Make those that are missing, with their natural bodies, and correct names; tell how many.

    Gotland is one organisation that counts as both, so there are 310 of them and the national body.
    """
    known = {_identity(each): each for each in Organisation.objects.filter(is_fictional=False)}
    changed = 0
    for fact in _facts():
        organisation = known.get(_identity(fact))
        if organisation is None:
            organisation = Organisation.objects.create(**asdict(fact), sort_key=sort_key(fact.name))
            record(action="organisation.loaded", subject=organisation, by=None, at=at)
            changed += 1
        elif organisation.name != fact.name:
            organisation.name, organisation.sort_key = fact.name, sort_key(fact.name)
            organisation.save(update_fields=["name", "sort_key"])
            record(
                action="organisation.corrected",
                subject=organisation,
                by=None,
                at=at,
                fields=["name"],
            )
            changed += 1
        known[_identity(fact)] = organisation
    _add_missing_bodies([known[_identity(fact)] for fact in _facts()])
    return changed


def _facts() -> Iterator[Fact]:
    names = [each.full_name for each in municipalities()]
    shared = {slug for slug, count in Counter(map(slugify, names)).items() if count > 1}
    for region in regions():
        is_both = region.code == GOTLAND_REGION
        yield Fact(
            kind=OrganisationKind.MUNICIPALITY_AND_REGION if is_both else OrganisationKind.REGION,
            name=region.name,
            slug=slugify(region.name),
            municipality_code=GOTLAND_MUNICIPALITY if is_both else None,
            region_code=region.code,
        )
    for municipality in municipalities():
        if municipality.code != GOTLAND_MUNICIPALITY:
            slug = slugify(municipality.full_name)
            yield Fact(
                kind=OrganisationKind.MUNICIPALITY,
                name=municipality.full_name,
                slug=f"{slug}-{municipality.code}" if slug in shared else slug,  # Habo and Håbo
                municipality_code=municipality.code,
            )
    yield Fact(OrganisationKind.NATIONAL_BODY, NATIONAL_BODY, "skr")


def _identity(thing: Organisation | Fact) -> tuple[str, str | None, str | None]:
    if thing.municipality_code or thing.region_code:
        return ("", thing.municipality_code, thing.region_code)
    return (thing.slug, None, None)


def _add_missing_bodies(organisations: list[Organisation]) -> None:
    """Bodies are told by kind, so that one which has been renamed is not made again."""
    existing = set(
        Body.objects.filter(organisation__in=organisations).values_list("organisation", "kind")
    )
    Body.objects.bulk_create(
        Body(organisation=organisation, kind=kind, name=name, sort_key=sort_key(name))
        for organisation in organisations
        for kind, name in NATURAL_BODIES[OrganisationKind(organisation.kind)].items()
        if (organisation.pk, BodyKind(kind).value) not in existing
    )
