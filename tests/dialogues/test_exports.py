"""What the team takes along of a dialogue: its voices and its diary, as the page shows them."""

import csv
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brygga.dialogues.enums import Channel, ContributionState, LogKind
from tests.factories.dialogues import (
    ContributionFactory,
    PerspectiveFactory,
    ProcessLogEntryFactory,
    dialogue_in,
    team_member,
)

LATE = datetime(2026, 7, 1, 22, 45, tzinfo=UTC)


@pytest.fixture
def dialogue(db):
    return dialogue_in()


@pytest.fixture
def leader(client, dialogue):
    client.force_login(team_member(dialogue), "django.contrib.auth.backends.ModelBackend")
    return client


def rows_of(response):
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=";"))


def voices_of(client, dialogue, query="?export=csv"):
    return client.get(reverse("dialogues:contributions", args=[dialogue.public_id]) + query)


def test_the_voices_are_taken_along_as_the_page_lists_them(leader, dialogue):
    shared = [PerspectiveFactory(dialogue=dialogue, title=title) for title in ("Buss", "Avstånd")]
    early = ContributionFactory(dialogue=dialogue, received_at=LATE - timedelta(days=2))
    late = ContributionFactory(
        dialogue=dialogue,
        received_at=LATE,
        channel=Channel.CALL,
        text="=1+1",
        place="Torget",
        said_on=LATE.date(),
        state=ContributionState.HIDDEN,
        state_reason="Ett namn",
    )
    for perspective in shared:
        perspective.contributions.add(late)
    _head, *rows = rows_of(voices_of(leader, dialogue))
    assert [row[0] for row in rows] == [late.public_id, early.public_id]
    assert rows[0][1:] == [
        "2026-07-02 00:45",
        "Telefonsamtal",
        "sv",
        "'=1+1",
        "Dolt med en motivering",
        "Ett namn",
        "2026-07-01",
        "Torget",
        "Avstånd, Buss",
    ]


def test_the_file_keeps_the_filter_of_the_page(leader, dialogue):
    ContributionFactory(dialogue=dialogue, text="Bussen")
    ContributionFactory(dialogue=dialogue, text="Cykeln")
    page = BeautifulSoup(voices_of(leader, dialogue, "?q=cykel&page=1").content, "html.parser")
    links = [link["href"] for link in page.select(".export a")]
    assert links == ["?q=cykel&export=xlsx", "?q=cykel&export=csv"]
    sheet = openpyxl.load_workbook(BytesIO(b"".join(voices_of(leader, dialogue, links[0]))))
    assert [row[4] for row in sheet.worksheets[0].iter_rows(values_only=True)][1:] == ["Cykeln"]


def test_a_long_list_costs_as_many_questions_as_a_short_one(leader, dialogue):
    def questions():
        with CaptureQueriesContext(connection) as captured:
            rows = rows_of(voices_of(leader, dialogue))
        return len(captured), len(rows)

    shared = PerspectiveFactory(dialogue=dialogue)
    shared.contributions.add(ContributionFactory(dialogue=dialogue))
    questions()  # fills what is kept per process
    few = questions()
    shared.contributions.add(*ContributionFactory.create_batch(2_100, dialogue=dialogue))
    many = questions()
    assert few[0] == many[0]
    assert (few[1], many[1]) == (2, 2_102)


def test_another_dialogues_leader_gets_no_file(client, dialogue):
    client.force_login(team_member(dialogue_in()), "django.contrib.auth.backends.ModelBackend")
    assert voices_of(client, dialogue).status_code == 404


def test_the_diary_is_taken_along_with_its_reasons(leader, dialogue):
    ProcessLogEntryFactory(
        dialogue=dialogue, kind=LogKind.CHOICE, text="Vi möts ute", reason="Fler kommer", at=LATE
    )
    answer = leader.get(reverse("dialogues:log", args=[dialogue.public_id]) + "?export=csv")
    assert rows_of(answer) == [
        ["När", "Slags anteckning", "Vad som valdes", "Skäl", "Skrivet av", "Visas offentligt"],
        ["2026-07-02 00:45", "Val och skäl", "Vi möts ute", "Fler kommer", "", "Nej"],
    ]
