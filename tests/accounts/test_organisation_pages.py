from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from brygga.accounts.enums import BodyKind, Role
from brygga.accounts.models import Body
from brygga.core.audit.queries import trail
from tests.factories.accounts import (
    BodyFactory,
    MembershipFactory,
    OrganisationFactory,
    RoleAssignmentFactory,
    UserFactory,
    person_with,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Exempelby kommun", slug="exempelby-kommun")


@pytest.fixture
def owner(client, organisation):
    owner = person_with(Role.OWNER, organisation)
    owner.name, owner.sort_key = "Owner", "owner"
    owner.save()
    client.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    return owner


def address(name, *args):
    return reverse(f"accounts:{name}", args=args)


def names(response):
    rows = BeautifulSoup(response.content, "html.parser").select("tbody th")
    return [row.get_text(strip=True) for row in rows]


def add(organisation, name, **changes):
    return MembershipFactory(organisation=organisation, user=UserFactory(name=name, **changes))


def test_people_are_listed_in_swedish_order_and_the_other_way_when_asked(
    client, owner, organisation
):
    for name in ("Örjan", "Åsa", "Zahra", "Ärla"):
        add(organisation, name)
    people = address("people", organisation.slug)

    assert names(client.get(people))[1:] == ["Zahra", "Åsa", "Ärla", "Örjan"]
    assert names(client.get(people, {"sort": "-name"}))[:-1] == ["Örjan", "Ärla", "Åsa", "Zahra"]


def test_people_are_found_by_part_of_name_or_address_and_by_role(client, owner, organisation):
    add(organisation, "Amina Ek", email="amina@example.test")
    host = add(organisation, "Bo Ask", email="bo@annan.example.test")
    RoleAssignmentFactory(membership=host, role=Role.HOST)
    former = add(organisation, "Cia Al")
    RoleAssignmentFactory(membership=former, role=Role.HOST, last_day=date(2026, 1, 2))
    people = address("people", organisation.slug)

    assert names(client.get(people, {"q": "min"})) == ["Amina Ek"]
    assert names(client.get(people, {"q": "annan.EX"})) == ["Bo Ask"]
    assert names(client.get(people, {"role": Role.HOST})) == ["Bo Ask"]
    assert names(client.get(people, {"q": "%"})) == []


def test_people_are_paged_and_the_search_is_kept(client, owner, organisation):
    for number in range(30):
        add(organisation, f"Granne {number:02}")
    people = address("people", organisation.slug)

    first = client.get(people, {"q": "Granne", "sort": "-name"})
    second = client.get(people, {"q": "Granne", "sort": "-name", "page": "2"})

    assert names(first)[0] == "Granne 29"
    assert names(second) == [f"Granne {number:02}" for number in reversed(range(5))]
    assert "q=Granne" in first.content.decode()


def test_a_role_is_given_and_ended_from_the_persons_page(client, owner, organisation):
    membership = add(organisation, "Amina Ek")
    data = {"role": Role.HOST, "starts_on": "2026-01-01"}
    person = address("person", organisation.slug, membership.public_id)

    response = client.post(address("give_role", organisation.slug, membership.public_id), data)
    assert response.url == person
    assignment = membership.roles.get()
    assert [(row.action, row.by) for row in trail(assignment)] == [("role.assigned", owner)]

    response = client.post(
        address("end_role", organisation.slug, assignment.public_id), {"last_day": "2026-02-01"}
    )
    assert response.url == person
    assert "avslutad" in client.get(person).content.decode()


def test_the_last_owner_is_told_why_the_role_stays(client, owner, organisation):
    membership = owner.memberships.get()
    assignment = membership.roles.get()

    ending = client.post(
        address("end_role", organisation.slug, assignment.public_id), {"last_day": "2026-02-01"}
    )
    leaving = client.post(address("end_membership", organisation.slug, membership.public_id))

    for response in (ending, leaving):
        assert response.status_code == 200
        assert "behöver en ägare" in response.content.decode()
    assignment.refresh_from_db()
    assert assignment.last_day is None


def test_who_is_let_go_no_longer_finds_the_organisation(client, owner, organisation):
    membership = add(organisation, "Amina Ek")
    person = membership.user
    client.post(address("end_membership", organisation.slug, membership.public_id))

    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(address("organisation", organisation.slug)).status_code == 404
    assert names(client.get(address("organisations"))) == []


def test_a_body_is_added_and_changed(client, owner, organisation):
    data = {"name": "  Skol\u202enämnden ", "kind": BodyKind.COMMITTEE, "dnr_series": "SKN"}
    client.post(address("new_body", organisation.slug), data)
    body = Body.objects.get(organisation=organisation)
    assert (body.name, body.dnr_series) == ("Skolnämnden", "SKN")

    page = client.get(address("edit_body", organisation.slug, body.public_id))
    assert 'value="SKN"' in page.content.decode()
    data |= {"name": "Barnnämnden", "registrar_email": "bn@example.test"}
    client.post(address("edit_body", organisation.slug, body.public_id), data)

    body.refresh_from_db()
    assert (body.name, body.registrar_email) == ("Barnnämnden", "bn@example.test")
    assert [row.action for row in trail(body)] == ["body.updated", "body.created"]
    assert trail(body)[0].fields == ["name", "registrar_email"]


@pytest.mark.parametrize(
    ("name", "kind", "field"),
    [
        ("Skolnämnden", BodyKind.COMMITTEE, "name"),
        ("Fullmäktige två", BodyKind.COUNCIL, "kind"),
        ("Kulturnämnden", BodyKind.COMMITTEE, None),
    ],
)
def test_two_bodies_share_neither_name_nor_seat(client, owner, organisation, name, kind, field):
    BodyFactory(organisation=organisation, name="Skolnämnden")
    BodyFactory(organisation=organisation, name="Fullmäktige", kind=BodyKind.COUNCIL)

    response = client.post(address("new_body", organisation.slug), {"name": name, "kind": kind})

    assert Body.objects.count() == (3 if field is None else 2)
    if field:
        assert list(response.context["form"].errors) == [field]


def test_a_registrar_of_one_body_changes_that_body_only(client, organisation):
    own, other = BodyFactory.create_batch(2, organisation=organisation)
    client.force_login(
        person_with(Role.REGISTRAR, organisation, own),
        backend="django.contrib.auth.backends.ModelBackend",
    )

    assert client.get(address("edit_body", organisation.slug, own.public_id)).status_code == 200
    assert client.get(address("edit_body", organisation.slug, other.public_id)).status_code == 404
    assert client.get(address("new_body", organisation.slug)).status_code == 404


@pytest.mark.parametrize(
    ("accent", "kept"), [("#0b4f6c", "#0B4F6C"), ("", ""), ("#F2C14E", None), ("red", None)]
)
def test_an_accent_is_kept_only_if_it_can_be_read(client, owner, organisation, accent, kept):
    response = client.post(address("edit_organisation", organisation.slug), {"accent": accent})

    organisation.refresh_from_db()
    assert organisation.accent == (kept or "")
    assert (response.status_code == 302) == (kept is not None)


def test_a_profile_sets_name_and_language(client, owner):
    response = client.post(address("profile"), {"name": "Olga Öst", "language": "en"}, follow=True)

    owner.refresh_from_db()
    assert (owner.name, owner.language) == ("Olga Öst", "en")
    assert '<html lang="en"' in response.content.decode()


def test_a_dissolved_body_is_not_offered_for_new_roles(client, owner, organisation):
    today = timezone.localdate()
    BodyFactory(organisation=organisation, name="Den nya", last_day=today)
    BodyFactory(organisation=organisation, name="Den gamla", last_day=date(2026, 1, 1))

    page = client.get(address("invite", organisation.slug)).content.decode()

    assert "Den nya" in page
    assert "Den gamla" not in page


def test_the_list_of_organisations_shows_their_people_on_a_map_but_no_few(client):
    many = OrganisationFactory(municipality_code="1766")
    few = OrganisationFactory(municipality_code="1784")
    user = MembershipFactory(organisation=many).user
    MembershipFactory.create_batch(5, organisation=many)
    pair = OrganisationFactory(municipality_code="1765")
    MembershipFactory(organisation=pair)
    for organisation in (few, pair):
        MembershipFactory(organisation=organisation, user=user)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("accounts:organisations")).content.decode()
    assert "Sunne: 6" in page
    assert "Arvika: visas inte" in page
    assert "Årjäng: visas inte" in page
    assert "färre än 5" in page
