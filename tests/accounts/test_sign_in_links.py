import importlib
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as django_settings
from django.urls import NoReverseMatch, clear_url_caches, reverse
from django.utils import timezone

from brygga.accounts.models import SignInLink
from brygga.accounts.operations.errors import LinkClosedError
from brygga.accounts.operations.sign_in import (
    NotLocalError,
    make_sign_in_link,
    use_sign_in_link,
)
from brygga.core.audit.queries import trail
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SOON = NOW + timedelta(minutes=1)


def read_addresses_again():
    for module in ("brygga.accounts.urls", "brygga.config.urls"):
        importlib.reload(importlib.import_module(module))
    clear_url_caches()


@pytest.fixture
def demo(settings):
    settings.BRYGGA_SIGN_IN_LINKS = True
    read_addresses_again()
    yield
    settings.BRYGGA_SIGN_IN_LINKS = False
    read_addresses_again()


@pytest.fixture
def person():
    return UserFactory()


def path_of(link):
    return link.removeprefix(django_settings.BRYGGA_ADDRESS)


def secret_of(link):
    return link.rstrip("/").rpartition("/")[2]


def is_signed_in(client):
    return client.get(reverse("accounts:profile")).status_code == 200


def test_a_link_signs_its_person_in_once(client, demo, person):
    link = make_sign_in_link(user=person, at=timezone.now())
    assert link.startswith(django_settings.BRYGGA_ADDRESS)

    response = client.get(path_of(link))

    assert response.url == reverse(django_settings.LOGIN_REDIRECT_URL)
    assert is_signed_in(client)
    assert client.session["_auth_user_id"] == str(person.pk)
    client.logout()
    assert client.get(path_of(link)).status_code == 410
    assert not is_signed_in(client)


def test_only_the_hash_of_a_link_is_kept_and_its_use_is_on_record(demo, person):
    link = make_sign_in_link(user=person, at=NOW)

    assert secret_of(link) not in str(SignInLink.objects.values().get())
    use_sign_in_link(secret=secret_of(link), at=SOON)
    assert [row.action for row in trail(SignInLink.objects.get())] == [
        "sign_in_link.used",
        "sign_in_link.made",
    ]


@pytest.mark.parametrize(
    ("age", "works"), [(timedelta(hours=23), True), (timedelta(days=1), False)]
)
def test_a_link_is_good_for_a_day(demo, person, age, works):
    secret = secret_of(make_sign_in_link(user=person, at=NOW))

    if works:
        assert use_sign_in_link(secret=secret, at=NOW + age) == person
    else:
        with pytest.raises(LinkClosedError):
            use_sign_in_link(secret=secret, at=NOW + age)


def test_a_link_of_a_closed_account_opens_nothing(demo, person):
    secret = secret_of(make_sign_in_link(user=person, at=NOW))
    person.is_active = False
    person.save()

    with pytest.raises(LinkClosedError):
        use_sign_in_link(secret=secret, at=SOON)


def test_a_made_up_link_opens_nothing(client, demo, person):
    link = make_sign_in_link(user=person, at=timezone.now())

    assert client.get(path_of(link)[:-2] + "x/").status_code == 410
    assert not is_signed_in(client)


def test_where_links_are_off_none_is_made_and_none_is_routed(client, settings, person):
    settings.BRYGGA_SIGN_IN_LINKS = True
    with pytest.raises(NoReverseMatch):
        make_sign_in_link(user=person, at=NOW)
    settings.BRYGGA_SIGN_IN_LINKS = False

    with pytest.raises(NotLocalError):
        make_sign_in_link(user=person, at=NOW)
    assert client.get("/demo/logga-in/anything/").status_code == 404


SHOW = """
import django, json
django.setup()
from django.conf import settings
from django.urls import resolve, Resolver404
try:
    resolve("/demo/logga-in/anything/")
    routed = True
except Resolver404:
    routed = False
print(json.dumps([settings.BRYGGA_SIGN_IN_LINKS, routed]))
"""


@pytest.mark.parametrize(
    ("mode", "expected"), [("production", False), ("test", False), ("local", True)]
)
def test_links_exist_in_local_mode_only(mode, expected):
    environment = os.environ | {
        "BRYGGA_MODE": mode,
        "BRYGGA_SECRET_KEY": "x1y2" * 20,
        "BRYGGA_ADDRESS": "https://brygga.example.se",
        "BRYGGA_DATABASE_POOL": "2",
        "BRYGGA_MAIL_URL": "smtp://localhost:25",
        "BRYGGA_MAIL_FROM": "Brygga <brygga@example.se>",
        "DJANGO_SETTINGS_MODULE": "brygga.config.settings",
    }
    answer = subprocess.run(
        [sys.executable, "-c", SHOW], env=environment, capture_output=True, text=True, check=True
    )

    assert json.loads(answer.stdout) == [expected, expected]
