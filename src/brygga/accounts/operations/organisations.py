"""Organisations and the bodies in them that decide."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.text import slugify

from brygga.accounts.enums import BodyKind, OrganisationKind
from brygga.accounts.models import ONE_OF_A_KIND, Body, Organisation, User
from brygga.accounts.operations.errors import NameTakenError, OnlyOneError, PoorContrastError
from brygga.core.audit.operations import record
from brygga.core.files.operations import Checked, keep_file, remove_file
from brygga.core.text import sort_key
from brygga.core.ui.colour import find_accent_fault

MUNICIPAL_BODIES = {
    BodyKind.COUNCIL: "Kommunfullmäktige",
    BodyKind.EXECUTIVE_BOARD: "Kommunstyrelsen",
}
REGIONAL_BODIES = {
    BodyKind.COUNCIL: "Regionfullmäktige",
    BodyKind.EXECUTIVE_BOARD: "Regionstyrelsen",
}
NATURAL_BODIES = {
    OrganisationKind.MUNICIPALITY: MUNICIPAL_BODIES,
    OrganisationKind.REGION: REGIONAL_BODIES,
    OrganisationKind.MUNICIPALITY_AND_REGION: REGIONAL_BODIES,  # Gotland calls its council so
    OrganisationKind.NATIONAL_BODY: {
        BodyKind.COUNCIL: "Kongressen",
        BodyKind.EXECUTIVE_BOARD: "Styrelsen",
    },
    OrganisationKind.ASSOCIATION: {BodyKind.EXECUTIVE_BOARD: "Styrelsen"},
    OrganisationKind.COMPANY: {BodyKind.EXECUTIVE_BOARD: "Styrelsen"},
}

LOGO = "accounts.logo"


@dataclass(frozen=True)
class BodyFacts:
    """What an organisation tells about one of its bodies."""

    kind: BodyKind
    name: str
    registrar_email: str = ""
    dnr_series: str = ""
    last_day: date | None = None


@transaction.atomic
def create_organisation(
    *,
    kind: OrganisationKind,
    name: str,
    is_fictional: bool,
    by: User | None,
    at: datetime,
) -> Organisation:
    """Make an organisation with its natural bodies: council and board of its kind."""
    organisation = Organisation.objects.create(
        kind=kind,
        name=name,
        sort_key=sort_key(name),
        slug=_free_slug(name),
        is_fictional=is_fictional,
    )
    record(action="organisation.created", subject=organisation, by=by, at=at)
    for body_kind, body_name in NATURAL_BODIES[kind].items():
        facts = BodyFacts(kind=body_kind, name=body_name)
        create_body(organisation=organisation, facts=facts, by=by, at=at)
    return organisation


@transaction.atomic
def update_organisation(
    *, organisation: Organisation, accent: str, by: User, at: datetime
) -> Organisation:
    """Set the accent colour, written as #RRGGBB; an empty one gives Brygga's own."""
    accent = accent.upper()
    if accent and (fault := find_accent_fault(accent)):
        raise PoorContrastError(fault)
    if accent != organisation.accent:
        organisation.accent = accent
        organisation.save(update_fields=["accent"])
        record(action="organisation.updated", subject=organisation, by=by, at=at, fields=["accent"])
    return organisation


@transaction.atomic
def set_logo(
    *, organisation: Organisation, checked: Checked | None, by: User | None, at: datetime
) -> Organisation:
    """Put a logo in place of the one there is; None takes it away.

    It stands beside the organisation's name, so it says nothing of its own.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    before = organisation.logo
    if before is None and checked is None:
        return organisation
    organisation.logo = (
        keep_file(checked=checked, owner_kind=LOGO, is_decorative=True, by=by, at=at)
        if checked
        else None
    )
    organisation.save(update_fields=["logo"])
    if before:
        remove_file(file=before)
    record(action="organisation.updated", subject=organisation, by=by, at=at, fields=["logo"])
    return organisation


@transaction.atomic
def create_body(
    *, organisation: Organisation, facts: BodyFacts, by: User | None, at: datetime
) -> Body:
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    _refuse_doubles(organisation, facts, apart_from=None)
    body = Body(organisation=organisation)
    _write(body, facts)
    body.save()
    record(action="body.created", subject=body, by=by, at=at)
    return body


@transaction.atomic
def update_body(*, body: Body, facts: BodyFacts, by: User, at: datetime) -> Body:
    Organisation.objects.select_for_update().get(pk=body.organisation_id)
    _refuse_doubles(body.organisation, facts, apart_from=body)
    changed = [field for field in vars(facts) if getattr(body, field) != getattr(facts, field)]
    if changed:
        _write(body, facts)
        body.save()
        record(action="body.updated", subject=body, by=by, at=at, fields=changed)
    return body


def _refuse_doubles(
    organisation: Organisation, facts: BodyFacts, *, apart_from: Body | None
) -> None:
    others = Body.objects.filter(organisation=organisation)
    if apart_from:
        others = others.exclude(pk=apart_from.pk)
    if others.filter(name=facts.name).exists():
        raise NameTakenError
    if facts.kind in ONE_OF_A_KIND and others.filter(kind=facts.kind).exists():
        raise OnlyOneError


def _write(body: Body, facts: BodyFacts) -> None:
    for field, value in vars(facts).items():
        setattr(body, field, value)
    body.sort_key = sort_key(facts.name)


def _free_slug(name: str) -> str:
    base = slugify(name)[:70] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug
        for slug in (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
        if slug not in taken
    )
