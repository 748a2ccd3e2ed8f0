"""A person sees where they are signed in, and what changes about them ends it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brygga.accounts.adapter.device import device_in_words
from brygga.accounts.enums import Role
from brygga.accounts.models import RoleAssignment, UserSession
from brygga.accounts.models.session import SEEN_AT, SIGNED_IN_AT, THROUGH
from brygga.accounts.operations.people import RoleTerm, assign_role, end_membership, end_role
from brygga.accounts.operations.second_factor import note_second_factor_change
from brygga.core.audit.queries import trail
from tests.factories.accounts import OrganisationFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 "
    "Mobile/15E148 Safari/604.1"
)
OFFICE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0 Safari/537.36 Edg/140.0"
)
PAGE, SESSIONS = "accounts:profile", "accounts:sessions"


def browser(user, agent=OFFICE):
    client = Client(headers={"User-Agent": agent})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.get(reverse(PAGE))
    return client


def is_in(client):
    return client.get(reverse(PAGE)).status_code == 200


@pytest.fixture
def organisation():
    organisation = OrganisationFactory()
    person_with(Role.OWNER, organisation)
    return organisation


@pytest.fixture
def person(organisation):
    return person_with(Role.OFFICIAL, organisation)


def test_the_list_names_devices_in_words_and_keeps_no_address(person):
    here, _ = browser(person), browser(person, PHONE)
    text = here.get(reverse(SESSIONS)).content.decode()
    assert "Edge, Windows" in text
    assert "Safari, iPhone" in text
    columns = {field.name for field in UserSession._meta.fields}
    assert not {name for name in columns if "address" in name or name in {"ip", "user_agent"}}
    held = UserSession.objects.first().get_decoded()
    assert "127.0.0.1" not in str(held)


def test_one_other_session_is_ended_from_the_list(person):
    here, there = browser(person), browser(person, PHONE)
    page = here.get(reverse(SESSIONS)).content.decode()
    [address] = re.findall(r'action="(/konto/inloggningar/[^"]{5,}/avsluta/)"', page)
    here.post(address)
    assert is_in(here)
    assert not is_in(there)


def test_nobody_ends_the_session_of_another(person):
    there = browser(person)
    session = UserSession.objects.get(user=person)
    address = reverse("accounts:end_session", args=[session.public_id])
    assert browser(UserFactory()).post(address).status_code == 404
    assert is_in(there)
    assert browser(person).post(address).status_code == 302
    assert not is_in(there)


def test_sign_out_everywhere_leaves_only_this_browser(person):
    here, there, bystander = browser(person), browser(person, PHONE), browser(UserFactory())
    here.post(reverse("accounts:end_sessions"))
    assert [is_in(client) for client in (here, there, bystander)] == [True, False, True]
    assert trail(person).first().action == "sessions.ended"


def new_role(person, by):
    term = RoleTerm(role=Role.EDITOR, starts_on=date(2026, 6, 1))
    assign_role(membership=person.memberships.get(), term=term, by=by, at=NOW)


def role_ends(person, by):
    assignment = RoleAssignment.objects.get(membership__user=person)
    end_role(assignment=assignment, last_day=date(2026, 6, 2), by=by, at=NOW)


def membership_ends(person, by):
    end_membership(membership=person.memberships.get(), by=by, at=NOW)


def address_changes(person, _by):
    person.email = "new@example.test"
    person.save(update_fields=["email"])


def second_factor_changes(person, by):
    note_second_factor_change(user=person, by=by, at=NOW)


@pytest.mark.parametrize(
    "change", [new_role, role_ends, membership_ends, address_changes, second_factor_changes]
)
def test_what_changes_about_a_person_ends_their_sessions(person, change):
    first, second, bystander = browser(person), browser(person, PHONE), browser(UserFactory())
    assert is_in(first)
    assert is_in(second)
    change(person, UserFactory())
    assert [is_in(client) for client in (first, second, bystander)] == [False, False, True]


def test_who_changes_something_about_themselves_stays_where_they_are(organisation):
    owner = person_with(Role.OWNER, organisation)
    here, there = browser(owner), browser(owner, PHONE)
    owner.session_key = here.session.session_key
    new_role(owner, owner)
    assert is_in(here)
    assert not is_in(there)


def test_a_request_under_way_does_not_bring_an_ended_session_back(person):
    client = browser(person)
    session = client.session
    session["late"] = "loaded before it was ended"
    UserSession.objects.filter(user=person).delete()
    with pytest.raises(UpdateError):
        session.save()
    assert not UserSession.objects.filter(user=person).exists()


@pytest.mark.parametrize(("key", "limit"), [(SIGNED_IN_AT, "AGE"), (SEEN_AT, "IDLE")])
def test_a_session_that_is_too_old_or_idle_ends(person, settings, key, limit):
    client = browser(person)
    allowed = getattr(settings, f"BRYGGA_SESSION_{limit}")
    for age, stays in (
        (allowed - timedelta(minutes=1), True),
        (allowed + timedelta(minutes=1), False),
    ):
        session = client.session
        session[key] = (timezone.now() - age).isoformat()
        session.save()
        assert is_in(client) == stays


def test_a_session_through_an_organisations_login_sees_and_ends_its_own_kind_only(
    person, organisation
):
    through, own = browser(person), browser(person, PHONE)
    session = through.session
    session[THROUGH] = organisation.pk
    session.save()
    text = through.get(reverse(SESSIONS)).content.decode()
    assert "iPhone" not in text
    through.post(reverse("accounts:end_sessions"))
    assert is_in(own)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (OFFICE, "Edge, Windows"),
        (PHONE, "Safari, iPhone"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox, Linux",
        ),
        ("curl/8", ""),
        ("", ""),
        ("<script>" * 1000, ""),
    ],
)
def test_a_browser_is_named_in_words(agent, words):
    assert device_in_words(agent) == words
