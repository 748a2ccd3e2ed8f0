"""A dialogue about a plan says that it is not the place for a formal opinion, and where that is."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from brygga.dialogues.enums import TeamRole
from brygga.dialogues.operations.participants import join
from tests.factories.dialogues import NOW, team_member
from tests.factories.perspectives import StatementFactory, StatementRoundFactory

pytestmark = pytest.mark.django_db
NOTICE = "Det du säger här är inte ett formellt yttrande"
WHERE = ("Miljö- och byggnadsnämnden", "Skriv namn och ärendets nummer.", "1 december 2099")
MATTERS = "rätten att överklaga"


@pytest.fixture
def asked():
    asked = StatementRoundFactory()
    StatementFactory(round=asked)
    return asked


def concerns_a_plan(dialogue, by=date(2099, 12, 1)):
    dialogue.is_planning = True
    dialogue.opinion_to = "Miljö- och byggnadsnämnden"
    dialogue.opinion_how = "Skriv namn och ärendets nummer."
    dialogue.opinion_by = by
    dialogue.save()


def pages_of(asked):
    secret = join(dialogue=asked.dialogue, language="sv", at=NOW).secret
    return (
        asked.dialogue.get_absolute_url(),
        reverse("perspectives:take_part", args=[asked.public_id]),
        reverse("perspectives:own_words", args=[asked.public_id]),
        reverse("dialogues:receipt", args=[secret]),
    )


def test_it_is_said_on_the_page_before_each_form_and_on_the_receipt(client, asked):
    concerns_a_plan(asked.dialogue)
    for address in pages_of(asked):
        text = client.get(address).content.decode()
        assert all(words in text for words in (NOTICE, *WHERE, MATTERS)), address
        if 'method="post"' in text:
            assert text.index(NOTICE) < text.index('method="post"'), address


def test_it_is_not_said_where_no_plan_is_concerned(client, asked):
    for address in pages_of(asked):
        assert NOTICE not in client.get(address).content.decode(), address


def test_when_the_time_is_over_nobody_is_sent_there(client, asked):
    concerns_a_plan(asked.dialogue, by=date(2020, 1, 1))
    text = client.get(asked.dialogue.get_absolute_url()).content.decode()
    assert NOTICE in text
    assert "gick ut den 1 januari 2020" in text
    assert "Lämna ett formellt yttrande" not in text


def test_a_plan_without_a_way_to_give_an_opinion_is_refused(client, asked):
    dialogue = asked.dialogue
    client.force_login(
        team_member(dialogue, TeamRole.PROCESS_LEADER),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    address = reverse("dialogues:edit", args=[dialogue.public_id])
    page = client.get(address)
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    sent |= {f"initial-{name}": value for name, value in sent.items()}
    sent |= {"initial-is_planning": "False", "is_planning": "on", "opinion_to": "Nämnden"}
    answer = client.post(address, {name: value for name, value in sent.items() if value != ""})
    assert "Behövs när det gäller en plan." in answer.content.decode()
    dialogue.refresh_from_db()
    assert not dialogue.is_planning

    sent["opinion_how"] = "Skriv namn och ärendets nummer."
    client.post(address, {name: value for name, value in sent.items() if value != ""})
    dialogue.refresh_from_db()
    assert (dialogue.is_planning, dialogue.opinion_to) == (True, "Nämnden")


def test_the_database_keeps_a_plan_and_its_way_together(asked):
    asked.dialogue.is_planning = True
    with pytest.raises(IntegrityError), transaction.atomic():
        asked.dialogue.save()
