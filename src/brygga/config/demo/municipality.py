"""Exempelby: its bodies and people, each made once however often the demo is started."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from brygga.accounts.enums import BodyKind, OrganisationKind, Role
from brygga.accounts.models import ONE_OF_A_KIND, Body, Organisation, OwnLogin, RoleAssignment, User
from brygga.accounts.operations.organisations import (
    BodyFacts,
    create_body,
    create_organisation,
    update_body,
)
from brygga.accounts.operations.own_login import LoginFacts, save_own_login
from brygga.accounts.operations.people import RoleTerm, assign_role, join, register_person
from brygga.config.demo.pictures import add_logo
from brygga.config.demo.script import Calendar, Script, read
from brygga.dialogues.models import Theme


@dataclass(frozen=True)
class Town:
    """What the dialogues of the demo are made with."""

    organisation: Organisation
    bodies: Mapping[str, Body]
    people: Mapping[str, User]
    themes: Mapping[str, Theme]
    notice: str
    information_text: str


@transaction.atomic
def build_town(calendar: Calendar) -> Town:
    script = read("municipality")
    owner = _person(next(each for each in script["person"] if ["owner"] in each["roles"]), calendar)
    places = {
        place: _organisation(script[place], owner, calendar)
        for place in ("organisation", "office", "region")
    }
    organisation = places["organisation"]
    add_logo(organisation, calendar.at)
    bodies = {
        each["key"]: _body(places[each.get("at", "organisation")], each, owner, calendar)
        for each in script["body"]
    }
    people = {}
    for each in script["person"]:
        belongs_to = places[each.get("at", "organisation")]
        people[each["key"]] = _person(each, calendar)
        _give_roles(people[each["key"]], each["roles"], belongs_to, bodies, calendar)
    _connect_login(script["own_login"], organisation, owner, calendar)
    return Town(
        organisation=organisation,
        bodies=bodies,
        people=people,
        themes={code: _theme(code, names) for code, names in script["themes"].items()},
        notice=script["notice"],
        information_text=script["information_text"],
    )


def _organisation(facts: Script, owner: User, calendar: Calendar) -> Organisation:
    found = Organisation.objects.filter(name=facts["name"], is_fictional=True).first()
    return found or create_organisation(
        kind=OrganisationKind(facts["kind"]),
        name=facts["name"],
        is_fictional=True,
        by=owner,
        at=calendar.at,
    )


def _body(organisation: Organisation, each: Script, owner: User, calendar: Calendar) -> Body:
    facts = BodyFacts(
        kind=BodyKind(each["kind"]),
        name=each["name"],
        registrar_email=each["registrar_email"],
        dnr_series=each["dnr_series"],
    )
    same = organisation.bodies.filter(kind=facts.kind)
    if facts.kind not in ONE_OF_A_KIND:
        same = same.filter(name=facts.name)
    if found := same.first():
        return update_body(body=found, facts=facts, by=owner, at=calendar.at)
    return create_body(organisation=organisation, facts=facts, by=owner, at=calendar.at)


def _person(each: Script, calendar: Calendar) -> User:
    return register_person(
        email=each["email"], name=each["name"], language="sv", by=None, at=calendar.at
    )


def _give_roles(
    user: User,
    roles: list[list[str]],
    organisation: Organisation,
    bodies: Mapping[str, Body],
    calendar: Calendar,
) -> None:
    begins = read("municipality")["begins"]
    membership = join(user=user, organisation=organisation, by=None, at=calendar.moment(begins))
    held = RoleAssignment.objects.filter(membership=membership)
    for role, *where in roles:
        body = bodies[where[0]] if where else None
        if not held.filter(role=role, body=body).exists():
            term = RoleTerm(role=Role(role), starts_on=calendar.day(begins), body=body)
            assign_role(membership=membership, term=term, by=None, at=calendar.at)


def _connect_login(
    each: Script, organisation: Organisation, owner: User, calendar: Calendar
) -> None:
    if OwnLogin.objects.filter(organisation=organisation).exists():
        return
    facts = LoginFacts(
        issuer=each["issuer"],
        client_id=each["client_id"],
        secret="",
        domains=(each["domain"],),
        role_claim=each["claim"],
        roles=((each["group"], Role.OFFICIAL),),
    )
    save_own_login(organisation=organisation, facts=facts, by=owner, at=calendar.at)


def _theme(code: str, names: Script) -> Theme:
    theme, _ = Theme.objects.get_or_create(
        code=code, defaults={"name_sv": names["sv"], "name_en": names["en"]}
    )
    return theme
