"""Two people save the same form at the same instant: real threads, real requests."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.factories.dialogues import dialogue_in, team_member

pytestmark = pytest.mark.django_db(transaction=True)


def signed_in(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def fields_of(page, name):
    form = next(f for f in page.select("form") if f.select_one(f"[name={name}]"))
    sent = {}
    for field in form.select("input, textarea, select"):
        if field.get("type") in {"checkbox", "radio"} and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            sent[field["name"]] = chosen["value"] if chosen else ""
        elif field.get("name"):
            sent[field["name"]] = field.get("value", "") if field.name == "input" else field.text
    return {name: value.removeprefix("\n") for name, value in sent.items()}


@pytest.mark.parametrize(("name", "field"), [("edit", "summary"), ("mandate", "resources")])
def test_both_texts_are_shown_to_the_one_who_came_second_and_nothing_is_lost(name, field):
    dialogue = dialogue_in()
    address = reverse(f"dialogues:{name}", args=[dialogue.public_id])
    people = [signed_in(team_member(dialogue)) for _ in range(2)]
    forms = [
        fields_of(BeautifulSoup(person.get(address).content, "html.parser").main, field)
        for person in people
    ]
    gate = threading.Barrier(2)

    def save(place):
        gate.wait()
        try:
            return people[place].post(address, forms[place] | {field: f"Text {place}"})
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(save, range(2)))
    [second] = [place for place in range(2) if answers[place].status_code == 200]
    first = 1 - second
    assert answers[first].status_code == 302
    page = BeautifulSoup(answers[second].content, "html.parser").main
    assert page.select_one(f"textarea[name={field}]").text.strip() == f"Text {second}"
    assert f"“Text {first}”" in page.text or f"”Text {first}”" in page.text
    saved = fields_of(BeautifulSoup(people[first].get(address).content, "html.parser").main, field)
    assert saved[field].strip() == f"Text {first}"
    again = people[second].post(address, fields_of(page, field))
    assert again.status_code == 302, "saving again keeps one's own text"
