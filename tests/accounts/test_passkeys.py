"""Signing in with a passkey alone: it asks for the finger itself, so it counts as two steps."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from brygga.accounts.enums import Role
from brygga.accounts.models.session import THROUGH
from tests.accounts.passkeys import PRESENT, Passkey
from tests.accounts.test_second_factor import by_mail, forget_jobs, workspace
from tests.accounts.test_sessions import is_in
from tests.factories.accounts import OrganisationFactory, UserFactory, person_with

SIGN_IN, BY_KEY = "/konto/logga-in/", "/konto/logga-in/nyckel/"
ADD = "/konto/andra-steget/nycklar/ny/"


@pytest.fixture(autouse=True)
def required(settings, transactional_db):
    settings.BRYGGA_SECOND_FACTOR_ROLES = frozenset({Role.OFFICIAL})
    settings.EMAIL_BACKEND = "brygga.core.mail.backend.LedgerBackend"
    cache.clear()
    yield
    forget_jobs()


@pytest.fixture
def official():
    return person_with(Role.OFFICIAL, OrganisationFactory(slug="exempelby"))


def options(client):
    return client.get(BY_KEY, headers={"Accept": "application/json"}).json()["request_options"]


def added(user, **how):
    client, _ = by_mail(user)
    key = Passkey()
    asked = client.get(ADD).context["js_data"]["creation_options"]
    asked = {"publicKey": {**asked["publicKey"], "user": {**asked["publicKey"]["user"]}}}
    answer = {"name": "Tjänstemobilen", "passwordless": "on", "credential": key.made(asked, **how)}
    return key, client.post(ADD, answer)


def shown(key, client=None, **how):
    client = client or Client()
    return client, client.post(BY_KEY, {"credential": key.shown(options(client), **how)})


def test_a_passkey_alone_opens_the_workspace_of_who_needs_two_steps(official):
    key, _ = added(official)
    by_code, _ = by_mail(official)
    assert workspace(by_code).status_code == 302, "a code by mail alone does not"
    client, answer = shown(key)
    assert answer.status_code == 302
    assert workspace(client).status_code == 200
    assert client.session.get(THROUGH) is None


def test_one_comes_back_to_where_one_was(official):
    key, _ = added(official)
    client = Client()
    asked = reverse("accounts:sessions")
    page = client.get(f"{SIGN_IN}?next={asked}").content.decode()
    assert page.count(f'value="{asked}"') == 2
    answer = client.post(BY_KEY, {"credential": key.shown(options(client)), "next": asked})
    assert answer.url == asked
    client, foreign = Client(), "https://evil.example/"
    answer = client.post(BY_KEY, {"credential": key.shown(options(client)), "next": foreign})
    assert foreign not in answer.url


def test_a_passkey_that_did_not_ask_who_one_is_shows_too_little(official):
    key, _ = added(official)
    client, answer = shown(key, flags=PRESENT)
    assert answer.url == SIGN_IN
    assert not is_in(client)
    assert "Nyckeln visade inte vem du är" in client.get(SIGN_IN).content.decode()
    assert is_in(shown(key)[0])


def test_a_key_that_asks_for_nothing_is_not_kept_as_one_that_is_enough(official):
    _, answer = added(official, flags=PRESENT)
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_what_was_signed_for_another_time_person_or_key_lets_nobody_in(official):
    key, _ = added(official)
    mine = Client()
    once = key.shown(options(mine))
    assert mine.post(BY_KEY, {"credential": once}).status_code == 302
    assert is_in(mine)
    for credential in (
        lambda _: once,
        lambda asked: Passkey().shown(asked),
        lambda asked: key.shown(asked, owner=b""),
        lambda asked: key.shown(asked, owner=b"zz"),
        lambda asked: key.shown(asked, owner=b"zzzzzzzzzzzzz"),
        lambda _: "{}",
        lambda _: "[]",
        lambda _: '"x"',
        lambda _: "",
        lambda _: '{"response": {"userHandle": 7}, "id": [], "rawId": null}',
    ):
        client = Client()
        answer = client.post(BY_KEY, {"credential": credential(options(client))})
        assert answer.url == SIGN_IN
        assert not is_in(client)
    stranger = UserFactory()
    other, _ = added(stranger)
    other.owner = key.owner
    assert not is_in(shown(other)[0])


def test_a_closed_account_stays_closed(official):
    key, _ = added(official)
    official.is_active = False
    official.save()
    assert not is_in(shown(key)[0])


def test_the_page_explains_itself_without_javascript(client):
    page = client.get(SIGN_IN).content.decode()
    assert "<noscript>" in page
    assert client.get(BY_KEY).url == SIGN_IN
