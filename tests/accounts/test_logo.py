"""The organisation's logo: handed in, shown beside its name, and taken away."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from brygga.accounts.enums import Role
from brygga.core.audit.models import AuditRow
from brygga.core.files.models import StoredFile
from brygga.dialogues.enums import StepKind
from tests.factories import files
from tests.factories.accounts import OrganisationFactory, person_with
from tests.factories.dialogues import dialogue_in
from tests.factories.files import picture, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def owner(organisation):
    client = Client()
    client.force_login(
        person_with(Role.OWNER, organisation),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def send(client, organisation, **fields):
    return client.post(reverse("accounts:logo", args=[organisation.slug]), fields)


def test_a_logo_is_shown_beside_the_owners_name_to_everybody(organisation, owner):
    assert send(owner, organisation, logo=upload(picture(), "vapen.png")).status_code == 302
    dialogue = dialogue_in(StepKind.PERSPECTIVES, organisation=organisation)
    page = BeautifulSoup(Client().get(dialogue.get_absolute_url()).content, "html.parser")
    shown = page.select_one("header img.logo-of-owner")
    assert shown["alt"] == ""  # the name stands beside it
    assert organisation.name in page.select_one("header").get_text()
    answer = Client().get(shown["src"])
    assert answer["Content-Type"] == "image/png"
    assert AuditRow.objects.filter(action="organisation.updated", fields=["logo"]).exists()


def test_another_logo_takes_its_place_and_none_is_shown_when_it_is_removed(organisation, owner):
    send(owner, organisation, logo=upload(picture(), "a.png"))
    first = StoredFile.objects.get()
    send(owner, organisation, logo=upload(picture("WEBP"), "b.webp"))
    assert Client().get(first.get_absolute_url()).status_code == 404
    assert StoredFile.objects.get().media_type == "image/webp"
    send(owner, organisation, remove="on")
    assert not StoredFile.objects.exists()
    assert send(owner, organisation).status_code == 200  # neither a file nor a removal


@pytest.mark.parametrize("content", [files.SVG, files.PDF, files.HTML, files.word()])
def test_a_logo_is_a_picture_and_nothing_else(organisation, owner, content):
    page = send(owner, organisation, logo=upload(content, "logo.png", "image/png"))
    assert page.status_code == 200
    assert not StoredFile.objects.exists()


def test_only_who_may_change_the_organisation_may_change_its_logo(organisation):
    client = Client()
    client.force_login(
        person_with(Role.OWNER, OrganisationFactory()),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    assert send(client, organisation, logo=upload(picture(), "a.png")).status_code == 404
    assert not StoredFile.objects.exists()
