"""Search in what people have said: word forms, typos, rank, snippets, hostile words, indexes."""

import pytest
from django.db import connection
from django.template import Context, Template
from django.urls import reverse

from brygga.core.spelling import find_in_text, spellings_of
from brygga.dialogues.models import Contribution
from brygga.dialogues.queries.voices import contributions_of
from tests.factories.dialogues import NOW, ContributionFactory, dialogue_in

pytestmark = pytest.mark.django_db

BUS = "Skolskjutsen går för tidigt på morgonen, och barnen fryser vid hållplatsen."
BATH = "Badhuset borde ha öppet på söndagar. Då är barnen lediga."
BOTH = "Skolskjutsar till badhuset, tack. Skolskjutsen först av allt."


@pytest.fixture
def dialogue():
    made = dialogue_in()
    for text in (BUS, BATH, BOTH):
        ContributionFactory(dialogue=made, text=text)
    ContributionFactory(text=BUS)  # in another dialogue
    return made


def found(dialogue, words, **more):
    return [voice.text for voice in contributions_of(dialogue, words=words, **more)]


def test_other_forms_of_a_word_are_found_and_the_best_comes_first(dialogue):
    assert found(dialogue, "skolskjutsar") == [BOTH, BUS]
    assert found(dialogue, "badhusen") == [BOTH, BATH]
    assert set(found(dialogue, "barnet")) == {BATH, BUS}


@pytest.mark.parametrize("typo", ["skolsjutsen", "skolskjuttsen", "skolskutjsen", "skålskjutsen"])
def test_a_typo_is_forgiven_in_a_long_text(dialogue, typo):
    assert set(found(dialogue, typo)) == {BOTH, BUS}


def test_each_word_must_be_there_and_the_small_ones_count_for_nothing(dialogue):
    assert found(dialogue, "skolsjutsen och badhusset") == [BOTH]
    assert found(dialogue, "hamnkran") == []


def test_web_search_is_understood_and_then_nothing_is_forgiven(dialogue):
    assert found(dialogue, "skolskjutsen -badhuset") == [BUS]
    assert found(dialogue, '"öppet på söndagar"') == [BATH]
    assert found(dialogue, '"skolsjutsen"') == []
    assert set(found(dialogue, "söndagar OR hållplatsen")) == {BATH, BUS}


def test_it_narrows_together_with_the_other_filters(dialogue):
    Contribution.objects.filter(text=BUS).update(channel="letter")
    assert found(dialogue, "skolskjuts", channel="letter") == [BUS]


def test_no_words_leave_the_latest_first(dialogue):
    assert found(dialogue, " ") == [BOTH, BATH, BUS]


def snippet(text, words):
    voice = ContributionFactory(text=text)
    shown = find_in_text(Contribution.objects.filter(pk=voice.pk), words).get()
    return Template("{{ text|marked }}").render(Context({"text": shown.snippet}))


def test_the_words_are_marked_and_the_text_stays_a_text(dialogue):
    shown = snippet("<script>alert(1)</script> & bussen <b onload=x>bussar</b>", "buss")
    assert "<mark>bussen</mark>" in shown
    assert "&lt;" in shown or "script" not in shown
    assert "<script" not in shown
    assert "<b " not in shown


@pytest.mark.parametrize("marks", ["\ue000bussen", "\ue001bussen\ue000", "\ue000\ue000</mark>buss"])
def test_a_text_that_holds_our_marks_cannot_open_a_tag(marks):
    shown = snippet(f"{marks} <i>går</i> bussen", "buss")
    assert shown.count("<mark>") == shown.count("</mark>")
    assert "<i>" not in shown


HOSTILE = [
    "'; DROP TABLE dialogues_contribution; --",
    "' OR 1=1 --",
    "a' | !",
    "skola & | ! ( ) :*",
    '"öppen',
    "\\",
    "%_%",
    "\0",
    "\ud7ff\ue000",
    "{{ 7|add:7 }}",
    "x" * 5_000,
    "ö " * 3_000,
    "pg_sleep(10)",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_find_nothing_and_break_nothing(dialogue, words):
    assert isinstance(found(dialogue, words), list)
    assert Contribution.objects.count() == 4


@pytest.mark.parametrize("words", HOSTILE[:3])
def test_hostile_words_and_orders_leave_the_public_list_standing(client, dialogue, words):
    page = client.get(
        reverse("dialogues:list"), {"q": words, "sort": words, "sida": words, "tema": words}
    )
    assert page.status_code == 200
    assert "DROP TABLE dialogues_contribution; --</" not in page.content.decode()


def test_words_without_meaning_have_no_spellings():
    assert spellings_of("och i på") == []
    [spellings] = spellings_of("bussarna")
    assert spellings == ["buss"]
    [spellings] = spellings_of("hållplatsen")
    assert {"hållplats", "hållplat", "ållplats"} <= set(spellings)


def explained(voices):
    sql, parameters = voices.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE dialogues_contribution")
        cursor.execute(f"EXPLAIN {sql}", parameters)
        return "\n".join(line for (line,) in cursor.fetchall())


def test_among_thousands_of_voices_the_indexes_are_used(dialogue):
    words = ["skola", "buss", "park", "bad", "vinter", "cykel", "gata", "torg", "hamn", "skog"]
    Contribution.objects.bulk_create(
        Contribution(
            dialogue=dialogue,
            channel="web",
            text=f"{words[n % 10]} nummer {n} i {words[n // 10 % 10]} vid kvarter{n}",
            received_at=NOW,
        )
        for n in range(4_000)
    )
    plan = explained(contributions_of(dialogue, words="hållplatsen"))
    assert "contribution_words" in plan
    assert "contribution_spellings" in plan
    assert "Seq Scan on dialogues_contribution" not in plan
    assert found(dialogue, "kvarter3217") == [
        Contribution.objects.get(text__endswith="kvarter3217").text
    ]
