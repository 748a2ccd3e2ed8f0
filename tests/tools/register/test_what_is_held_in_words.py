"""What is held of a person is shown in words: no names for machines, no raw times."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from brygga.accounts.operations.own_data import export_person as of_the_account
from brygga.core.registry import Person, registry
from brygga.tools.register.templatetags.held import NAMES
from tests.factories.accounts import InvitationFactory, MembershipFactory
from tests.tools.register.test_what_must_be_gone import world

pytestmark = pytest.mark.django_db
RAW_TIME = re.compile(r"\d{4}-\d\d-\d\dT")


def keys_of(held):
    """Give every name for machines in an export, but for the areas and kinds at its top."""
    if isinstance(held, dict):
        return set(held).union(*(keys_of(part) for part in held.values()))
    return set().union(*(keys_of(part) for part in held)) if isinstance(held, list) else set()


def test_every_part_of_an_export_has_a_name_for_people():
    joined, voice = world()
    member = MembershipFactory()
    InvitationFactory(email=member.user.email)
    held = [
        registry.export_person(Person(participant_id=joined.participant.pk)),
        {"accounts": of_the_account(Person(user_id=member.user.pk, email=member.user.email))},
    ]
    rows = [rows for areas in held for kinds in areas.values() for rows in kinds.values()]
    assert {"votes", "moderation", "roles", "invited"} <= keys_of(rows) <= set(NAMES)
    assert voice.participant == joined.participant


def test_the_page_of_a_receipt_speaks_to_its_reader(client):
    joined, voice = world()
    answer = client.get(reverse("register:my_data", args=[joined.secret]))
    page = BeautifulSoup(answer.content, "html.parser").main.get_text(" ", strip=True)
    assert voice.text in page
    assert "Håller med" in page
    assert "Så skrev du, innan ord maskerades" in page
    assert not RAW_TIME.search(page)
    assert not {"before_masking", "{'", "True", "False", "None"} & set(re.split(r"[\s\[\]]", page))
