import csv
from datetime import date
from io import StringIO

import pytest
from django.urls import reverse

from brygga.accounts.enums import Role
from tests.factories.accounts import (
    BodyFactory,
    MembershipFactory,
    OrganisationFactory,
    RoleAssignmentFactory,
    UserFactory,
    person_with,
)


@pytest.fixture
def organisation(db):
    return OrganisationFactory()


def rows_for(client, user, organisation, query=""):
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    answer = client.get(
        reverse("accounts:people", args=[organisation.slug]) + "?export=csv" + query
    )
    if answer.status_code != 200:
        return answer.status_code
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


def test_people_are_taken_along_with_their_roles_in_swedish_order(client, organisation):
    member = MembershipFactory(
        organisation=organisation, user=UserFactory(name="Örjan", email="orjan@example.test")
    )
    body = BodyFactory(organisation=organisation, name="Kulturnämnden")
    RoleAssignmentFactory(membership=member, body=body, role=Role.SECRETARY)
    RoleAssignmentFactory(membership=member, role=Role.HOST, last_day=date(2199, 1, 31))
    RoleAssignmentFactory(membership=member, role=Role.EDITOR, last_day=date(2026, 1, 2))
    MembershipFactory(organisation=organisation, user=UserFactory(name="Åsa"))
    owner = person_with(Role.OWNER, organisation)
    _head, *rows = rows_for(client, owner, organisation)
    assert [row[0] for row in rows] == [owner.name, "Åsa", "Örjan"]
    assert rows[-1][1:3] == [
        "orjan@example.test",
        "Nämndsekreterare – Kulturnämnden (2026-01-01 –), Dialogvärd (2026-01-01 – 2199-01-31)",
    ]


def test_the_file_keeps_the_order_and_the_filter_of_the_page(client, organisation):
    owner = person_with(Role.OWNER, organisation)
    host = person_with(Role.HOST, organisation)
    assert [row[0] for row in rows_for(client, owner, organisation, "&role=host")][1:] == [
        host.name
    ]
    names = [row[0] for row in rows_for(client, owner, organisation, "&sort=-name")][1:]
    assert names == [row[0] for row in rows_for(client, owner, organisation)][:0:-1]


def test_somebody_in_another_organisation_gets_no_file(client, organisation):
    stranger = person_with(Role.OWNER, OrganisationFactory())
    assert rows_for(client, stranger, organisation) == 404
