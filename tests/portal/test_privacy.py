"""The text on privacy is written from what is declared, and what is declared is what is done."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from brygga.core.attendance.views.public import COOKIE as ATTENDANCE
from brygga.core.attendance.views.public import COOKIE_AGE as ATTENDANCE_AGE
from brygga.core.http.human import shown_token
from brygga.core.registry.personal_data import declarations
from brygga.core.text.lix import lix
from brygga.dialogues.enums import StepKind
from brygga.dialogues.views.identity import COOKIE as IDENTITY
from brygga.dialogues.views.identity import TIME_TO_ANSWER
from brygga.portal.stored import cookies, groups
from tests.accounts.test_accessibility_statement import words
from tests.architecture.floors import SOURCE
from tests.factories.accounts import BodyFactory, OrganisationFactory, UserFactory
from tests.factories.dialogues import dialogue_in
from tests.factories.organisations import OrganisationPageFactory
from tests.factories.perspectives import StatementFactory, StatementRoundFactory

pytestmark = pytest.mark.django_db


def undeclared(sent):
    """Name the cookies that nobody has declared, or that live otherwise than declared."""
    wrong = []
    for name, morsel in sent.items():
        own = next((cookie for cookie in cookies() if cookie.is_called(name)), None)
        life = timedelta(seconds=int(morsel["max-age"])) if morsel["max-age"] else None
        if own is None or own.life != life:
            wrong.append((name, life))
    return wrong


def test_every_cookie_that_is_set_is_declared_with_its_life_and_each_declared_is_set(client):
    sent = {}

    def seen(response):
        sent.update(response.cookies.items())
        return response

    seen(client.get("/?theme=dark&lang=en"))
    town = OrganisationFactory()
    dialogue = dialogue_in(StepKind.PERSPECTIVES, organisation=town)
    asked = StatementRoundFactory(dialogue=dialogue)
    statement = StatementFactory(round=asked)
    seen(client.get(reverse("accounts:accessibility_of", args=[town.slug])))
    client.post(
        reverse("perspectives:take_part", args=[asked.public_id]),
        {
            "statement": statement.public_id,
            "value": 1,
            "shown": shown_token(timezone.now() - timedelta(minutes=1)),
        },
    )
    for name in client.cookies:
        sent.setdefault(name, client.cookies[name])
    client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    seen(client.post(reverse("accounts:profile"), {"name": "Amina", "language": "sv"}))
    sent["sessionid"] = client.cookies["sessionid"]
    assert undeclared(sent) == []
    unset = {
        cookie.name for cookie in cookies() if not any(cookie.is_called(name) for name in sent)
    }
    assert unset == {ATTENDANCE, IDENTITY}  # their own tests look at them


def test_every_place_in_the_code_that_sets_a_cookie_is_known():
    """A new one is declared, and then counted here."""
    found = sorted(
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        for _ in re.findall(r"\.set_(?:signed_)?cookie\(", path.read_text())
    )
    assert found == [
        "accounts/views/public.py",
        "core/attendance/views/public.py",
        "core/ui/language.py",
        "core/ui/theme.py",
        "dialogues/operations/participants.py",
        "dialogues/views/identity.py",
    ]
    lives = {each.name: each.life for each in cookies()}
    assert lives[ATTENDANCE] == timedelta(seconds=ATTENDANCE_AGE)
    assert lives[IDENTITY] == timedelta(seconds=TIME_TO_ANSWER)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_tells_all_that_is_declared(client, language):
    client.cookies["brygga_language"] = language
    said = words(client.get(reverse("portal:privacy")))
    with translation.override(language):
        told = [
            " ".join(str(text).split())
            for app in declarations().values()
            for each in app.holds
            for text in (each.what, each.why, each.kept)
        ]
        told += [str(text) for group in groups() for text in (group.ground, group.seen_by)]
        told += [cookie.shown_name for cookie in cookies()]
    assert told
    assert [text for text in told if text not in said] == []


def test_an_organisations_text_names_who_answers_and_whom_to_ask(client):
    client.cookies["brygga_language"] = "en"
    town = OrganisationFactory(name="Exempelby kommun", slug="exempelby")
    BodyFactory(organisation=town, name="Skolnämnden", registrar_email="reg@example.test")
    address = reverse("portal:privacy_of", args=["exempelby"])
    assert "has not written the address here yet" in words(client.get(address))
    OrganisationPageFactory(organisation=town, protection_email="dso@example.test")
    said = words(client.get(address))
    for part in ("Skolnämnden", "reg@example.test", "dso@example.test", "IMY", "Your data"):
        assert part in said


def test_the_text_is_plain_swedish(client):
    said = words(client.get(reverse("portal:privacy")))
    assert lix(said) < 40
