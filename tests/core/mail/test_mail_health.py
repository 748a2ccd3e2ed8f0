"""The mail-health page: how the mail fares, and the two decisions it offers."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from brygga.accounts.enums import OrganisationKind, Role
from brygga.core.audit.models import AuditRow
from brygga.core.mail.enums import State
from brygga.core.mail.kinds import name_kind
from brygga.core.registry import registry
from tests.core.mail.ledger import AT, ask, carry
from tests.core.mail.office import DROP
from tests.factories.accounts import OrganisationFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db
HEALTH = reverse("mail:health")
DECISIONS = [reverse("mail:send_again"), reverse("mail:let_be")]


@pytest.fixture
def keeper():
    national = OrganisationFactory(kind=OrganisationKind.NATIONAL_BODY)
    return person_with(Role.OWNER, national)


@pytest.fixture
def uncertain(office):
    office.answer("END", DROP)
    return carry(ask())


def page(client, person):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(HEALTH)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


def text_of(page):
    return " ".join(page.main.get_text().split())


def test_nobody_else_sees_the_page_or_decides(client, keeper, uncertain):
    sent = {"message_id": uncertain.message_id}
    client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(HEALTH).status_code == 404
    assert [client.post(address, sent).status_code for address in DECISIONS] == [404, 404]
    uncertain.refresh_from_db()
    assert uncertain.state == State.UNCERTAIN
    assert not AuditRow.objects.filter(subject_type="mail.message").exists()

    page(client, keeper)
    assert client.post(DECISIONS[0], sent).status_code == 302


def test_an_empty_ledger_is_well(client, keeper):
    assert "Allt är väl" in text_of(page(client, keeper))


def test_the_page_counts_by_kind_and_state(client, keeper, office):
    name_kind("trial", "Prov")
    carry(ask())
    carry(ask(key="trial:2"))
    office.answer("RCPT", "550 Unknown")
    carry(ask(key="other:1", kind="other"))

    rows = [
        [cell.get_text(strip=True) for cell in row.find_all(["th", "td"])]
        for row in page(client, keeper).table.find_all("tr")
    ]

    assert rows == [
        ["Slag", *[str(state.label) for state in State]],
        ["other", "0", "0", "0", "0", "1", "0", "0", "0"],
        ["Prov", "0", "0", "0", "2", "0", "0", "0", "0"],
        ["Tillsammans", "0", "0", "0", "2", "1", "0", "0", "0"],
    ]


def test_late_letters_and_the_latest_fault_are_told(client, keeper, closed_office):
    long_ago = timezone.now() - timedelta(hours=1)
    carry(ask(due_at=long_ago, at=long_ago), long_ago)
    text = text_of(page(client, keeper))
    assert "Brev är försenade" in text
    assert "ConnectionRefusedError" in text
    assert "Allt är väl" not in text


def test_letters_of_tomorrow_are_not_late(client, keeper):
    ask(due_at=timezone.now() + timedelta(days=1))
    assert "Allt är väl" in text_of(page(client, keeper))


def test_the_page_shows_where_a_letter_was_going_but_not_to_whom(client, keeper, uncertain):
    html = str(page(client, keeper))
    assert "example.test" in html
    assert "amina" not in html


def test_a_person_sends_an_uncertain_letter_again_from_the_page(client, keeper, office, uncertain):
    form = page(client, keeper).main.find("form")
    sent = {field["name"]: field["value"] for field in form.find_all("input")}

    response = client.post(form["action"], sent, follow=True)

    uncertain.refresh_from_db()
    assert "kön" in text_of(BeautifulSoup(response.content.decode(), "html.parser"))
    assert uncertain.state == State.QUEUED
    assert [row.by for row in AuditRow.objects.filter(subject_type="mail.message")] == [keeper]
    assert carry(uncertain, timezone.now()).state == State.SENT
    assert office.times_received == {uncertain.message_id: 1}


def test_a_double_click_sends_a_letter_again_only_once(client, keeper, uncertain):
    page(client, keeper)
    sent = {"message_id": uncertain.message_id}
    client.post(DECISIONS[0], sent)
    response = client.post(DECISIONS[0], sent, follow=True)
    assert "Inget ändrades" in response.content.decode()
    assert AuditRow.objects.filter(subject_type="mail.message").count() == 1


@pytest.mark.parametrize(
    "message_id", ["", "<none@localhost>", "x" * 30_000, "\u202e", "' OR 1=1 --"]
)
def test_an_unknown_letter_changes_nothing(client, keeper, uncertain, message_id):
    page(client, keeper)
    for address in DECISIONS:
        response = client.post(address, {"message_id": message_id}, follow=True)
        assert "Inget ändrades" in response.content.decode()
    uncertain.refresh_from_db()
    assert (uncertain.state, uncertain.emptied_at) == (State.UNCERTAIN, None)


def test_the_page_asks_as_many_questions_about_thirty_letters_as_about_one(
    client, keeper, office, django_assert_num_queries
):
    office.answer("END", *[DROP] * 30)
    carry(ask(key="trial:0"), AT)
    page(client, keeper)
    with django_assert_num_queries(7):
        assert client.get(HEALTH).status_code == 200
    for number in range(1, 30):
        carry(ask(key=f"trial:{number}", kind=f"kind{number % 3}"), AT)
    with django_assert_num_queries(7):
        client.get(HEALTH)


def test_letters_that_wait_stand_among_what_needs_their_keeper_today(keeper, uncertain):
    now = timezone.now()
    [item] = registry.today_items(keeper, now)
    assert (item.title, item.url) == ("1 brev väntar på dig", HEALTH)
    assert registry.today_items(UserFactory(), now) == []


def test_nothing_stands_there_while_nothing_waits(keeper, office):
    carry(ask())
    assert registry.today_items(keeper, timezone.now()) == []
