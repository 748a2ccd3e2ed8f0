"""A dialogue that demands identity, with two real brokers at once: once each, and nobody named."""

import logging
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brygga.accounts.enums import Role
from brygga.accounts.models import EidBroker
from brygga.accounts.models.broker import PERSON_CLAIM
from brygga.accounts.models.secrets import encrypt
from brygga.core.mail.models import Message
from brygga.core.registry import Person
from brygga.dialogues.models import IdentityDemand, Participant, ProcessLogEntry
from brygga.dialogues.operations.erasure import erase_person
from brygga.tools.perspectives.models import CurrentVote
from tests.accounts.logins import provider_running
from tests.factories.accounts import person_with
from tests.factories.perspectives import StatementFactory, StatementRoundFactory
from tests.tools.perspectives.test_taking_part import address, shown_on

pytestmark = pytest.mark.django_db
NUMBER = "199001012386"
NAME = "Siv Hemlig"


@pytest.fixture(scope="module")
def providers():
    with provider_running() as one, provider_running() as two:
        yield one, two


@pytest.fixture
def statement_round(db):
    return StatementRoundFactory()


@pytest.fixture
def statement(statement_round):
    return StatementFactory(round=statement_round)


@pytest.fixture(autouse=True)
def world(settings, providers):
    settings.BRYGGA_OUTGOING_NETWORKS = ["127.0.0.0/8", "::1"]
    settings.BRYGGA_OUTGOING_PLAIN = True
    settings.BRYGGA_SECOND_FACTOR_ROLES = frozenset()
    cache.clear()
    for provider in providers:
        provider.bend("")
        provider.has("siv", **{PERSON_CLAIM: NUMBER, "name": NAME, "email": "siv@example.se"})
        provider.has("nobody", name="Nobody")


def broker_at(provider, organisation, name):
    return EidBroker.objects.create(
        organisation=organisation,
        name=name,
        issuer=provider.issuer,
        client_id="brygga",
        secret_kept=encrypt("a secret"),
        is_on=True,
    )


@pytest.fixture
def brokers(providers, statement_round):
    own = statement_round.dialogue.organisation
    return [broker_at(*each) for each in zip(providers, (own, own), ("Öst", "Berg"), strict=True)]


def demand_in(dialogue):
    return IdentityDemand.objects.create(
        dialogue=dialogue, reason="En person, en röst.", legal_ground="5 kap. 1 § i en lag"
    )


@pytest.fixture
def demand(statement_round, brokers):
    return demand_in(statement_round.dialogue)


def round_beside(statement_round):
    other = StatementRoundFactory()
    other.dialogue.organisation = statement_round.dialogue.organisation
    other.dialogue.save()
    return other


def begin(client, statement_round, broker):
    start = reverse(
        "dialogues:start_identifying", args=[statement_round.dialogue.public_id, broker.public_id]
    )
    answer = client.get(start, {"next": address("take_part", statement_round)})
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def identify(provider, statement_round, broker, subject="siv", client=None):
    client = client or Client()
    return client, client.get(provider.agree(begin(client, statement_round, broker), subject))


def vote(client, statement, value=1):
    page = client.get(address("take_part", statement.round))
    shown = shown_on(page) if page.status_code == 200 else ""
    data = {"statement": statement.public_id, "value": value, "shown": shown}
    return client.post(address("take_part", statement.round), data)


def test_one_chooses_between_brokers_in_alphabetical_order(client, statement, demand, brokers):
    led = client.get(address("take_part", statement.round))
    page = client.get(led.url).content.decode()
    assert 0 < page.index("Berg") < page.index("Öst")
    assert demand.reason in page
    assert demand.legal_ground in page
    EidBroker.objects.filter(name="Öst").update(is_on=False)
    assert "Öst" not in client.get(led.url).content.decode()


def test_without_identity_a_vote_is_refused_and_nothing_is_lost(client, statement, demand):
    answer = vote(client, statement)
    assert answer.status_code == 403
    assert f"/{statement.public_id}/" in answer.content.decode().replace("%2F", "/")
    words = client.post(address("own_words", statement.round), {"text": "Mina egna ord."})
    assert words.status_code == 403
    assert "Mina egna ord." in words.content.decode()
    assert not Participant.objects.exists()


def test_one_who_took_part_before_shows_it_too(client, statement, brokers):
    assert vote(client, statement).status_code == 303
    demand_in(statement.round.dialogue)
    assert vote(client, statement, -1).status_code == 403


def test_one_person_is_one_participant_on_two_devices_and_through_two_brokers(
    providers, statement, demand, brokers
):
    for provider, broker in zip(providers, brokers, strict=True):
        client, answer = identify(provider, statement.round, broker)
        assert answer.url == address("take_part", statement.round)
        assert vote(client, statement).status_code == 303
    assert Participant.objects.count() == CurrentVote.objects.count() == 1


def test_nobody_can_be_joined_across_dialogues(providers, statement, demand, brokers):
    other = round_beside(statement.round)
    demand_in(other.dialogue)
    identify(providers[0], statement.round, brokers[0])
    identify(providers[0], other, brokers[0])
    marks = set(Participant.objects.values_list("person_mark", flat=True))
    assert len(marks) == 2
    first, second = Participant.objects.all()
    assert first.secret_hash != second.secret_hash


def test_neither_name_nor_number_is_kept_anywhere(
    providers, statement, demand, brokers, caplog, settings
):
    caplog.set_level(logging.DEBUG)
    client, _ = identify(providers[0], statement.round, brokers[0])
    assert vote(client, statement).status_code == 303
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            name = connection.ops.quote_name(table)
            pattern = f"{NUMBER}|{NUMBER[2:]}|{NAME}|siv@example"
            cursor.execute(f"SELECT count(*) FROM {name} t WHERE t::text ~ '{pattern}'")
            assert cursor.fetchone() == (0,), table
    ours = [each for each in caplog.records if not each.name.startswith("urllib3")]
    assert not any(NUMBER in each.getMessage() or NAME in each.getMessage() for each in ours)
    assert not Message.objects.exists()
    assert settings.SESSION_COOKIE_NAME not in client.cookies
    assert client.cookies["brygga_legitimering"].value == ""


@pytest.mark.parametrize(
    "kind",
    [
        "wrong issuer",
        "wrong audience",
        "wrong party",
        "no nonce",
        "wrong nonce",
        "alg none",
        "an earlier token",
        "alg of a shared key",
        "another key",
        "expired",
        "no token",
    ],
)
def test_a_token_that_is_not_what_it_must_be_shows_nothing(
    providers, statement, demand, brokers, kind
):
    assert identify(providers[0], statement.round, brokers[0])[1].status_code == 302
    Participant.objects.all().delete()
    providers[0].bend(kind)
    client, answer = identify(providers[0], statement.round, brokers[0])
    assert providers[0].made() == kind
    assert answer.status_code == 401
    assert vote(client, statement).status_code == 403
    assert not Participant.objects.exists()


def test_a_broker_that_does_not_say_who_it_is_shows_nothing(providers, statement, demand, brokers):
    """Ten digits leave the century open, so that two brokers could make two people of one."""
    for told in ("", "9001012386", "19900101238", "1990", [NUMBER], None):
        providers[0].has("nobody", **({PERSON_CLAIM: told} if told is not None else {}))
        _, answer = identify(providers[0], statement.round, brokers[0], "nobody")
        assert answer.status_code == 401
    back = f"next={address('take_part', statement.round)}"
    assert back in answer.content.decode(), "one can still go back to where one was"


def test_a_number_written_in_two_ways_is_one_person(providers, statement, demand, brokers):
    providers[0].has("siv", **{PERSON_CLAIM: "19900101-2386"})
    for provider, broker in zip(providers, brokers, strict=True):
        assert identify(provider, statement.round, broker)[1].status_code == 302
    assert Participant.objects.count() == 1


def test_our_secret_is_shown_in_the_way_that_the_broker_wants(
    providers, statement, demand, brokers
):
    providers[0].bend("basic")
    _, answer = identify(providers[0], statement.round, brokers[0])
    assert providers[0].made() == "basic"
    assert answer.status_code == 302


def test_one_who_comes_back_after_a_change_is_told_or_let_in(providers, statement, demand, brokers):
    client = Client()
    back = providers[0].agree(begin(client, statement.round, brokers[0]), "siv")
    EidBroker.objects.filter(pk=brokers[0].pk).update(is_on=False)
    assert client.get(back).status_code == 401
    back = providers[1].agree(begin(client, statement.round, brokers[1]), "siv")
    type(demand).objects.update(is_on=False)
    assert client.get(back).url == address("take_part", statement.round)
    assert not Participant.objects.exists()


def test_an_answer_of_one_broker_is_worth_nothing_at_another(providers, statement, demand, brokers):
    client = Client()
    back = providers[0].agree(begin(client, statement.round, brokers[0]), "siv")
    moved = back.replace(brokers[0].public_id, brokers[1].public_id)
    assert client.get(moved).status_code == 401
    back = providers[0].agree(begin(client, statement.round, brokers[0]), "siv")
    assert client.get(f"{back}&iss=https://evil.example").status_code == 401


def test_an_answer_works_once_and_only_in_the_browser_that_asked(
    providers, statement, demand, brokers
):
    client = Client()
    back = providers[0].agree(begin(client, statement.round, brokers[0]), "siv")
    kept = client.cookies["brygga_legitimering"].value
    assert Client().get(back).status_code == 401
    assert client.get(back).status_code == 302
    client.cookies["brygga_legitimering"] = kept
    assert client.get(back).status_code == 401
    stranger = Client()
    begin(stranger, statement.round, brokers[0])
    assert stranger.get(back).status_code == 401


def test_another_dialogues_answer_shows_nothing_here(providers, statement, demand, brokers):
    other = round_beside(statement.round)
    demand_in(other.dialogue)
    client = Client()
    back = providers[0].agree(begin(client, other, brokers[0]), "siv")
    state = parse_qs(urlsplit(back).query)["state"]
    begin(client, statement.round, brokers[0])  # the cookie now asks for this dialogue
    assert client.get(back).status_code == 401
    assert state
    foreign = StatementRoundFactory()
    demand_in(foreign.dialogue)
    path = [foreign.dialogue.public_id, brokers[0].public_id]
    assert client.get(reverse("dialogues:start_identifying", args=path)).status_code == 404


def test_who_has_been_erased_may_come_anew(providers, statement, demand, brokers):
    client, _ = identify(providers[0], statement.round, brokers[0])
    vote(client, statement)
    participant = Participant.objects.get()
    erase_person(Person(participant_id=participant.pk), timezone.now(), True)
    participant.refresh_from_db()
    assert participant.person_mark == ""
    identify(providers[0], statement.round, brokers[0])
    assert Participant.objects.count() == 2


def test_the_database_lets_a_person_in_once(statement_round):
    one = {"dialogue": statement_round.dialogue, "person_mark": "m", "joined_at": timezone.now()}
    Participant.objects.create(secret_hash="a", **one)
    with pytest.raises(IntegrityError), transaction.atomic():
        Participant.objects.create(secret_hash="b", **one)


def test_the_leader_demands_identity_with_reason_and_ground_and_the_diary_says_so(
    statement_round, brokers
):
    dialogue = statement_round.dialogue
    leader = person_with(Role.PROCESS_LEADER, dialogue.organisation)
    client = Client()
    client.force_login(leader)
    page = reverse("dialogues:identity", args=[dialogue.public_id])
    assert client.post(page, {"reason": "En person, en röst."}).status_code == 200
    assert not IdentityDemand.objects.exists()
    facts = {"reason": "En person, en röst.", "legal_ground": "En lag"}
    assert client.post(page, facts).status_code == 302
    entry = ProcessLogEntry.objects.get(dialogue=dialogue)
    assert entry.is_public
    assert "En lag" in entry.reason
    assert client.post(page, {"reason": "Det behövs inte."}).status_code == 302
    assert not IdentityDemand.objects.get().is_on
    assert ProcessLogEntry.objects.filter(dialogue=dialogue).count() == 2
    EidBroker.objects.all().delete()
    assert client.post(page, facts).context["form"].non_field_errors()


def test_the_owner_adds_a_broker_and_its_secret_is_never_shown(statement_round):
    own = statement_round.dialogue.organisation
    client = Client()
    client.force_login(person_with(Role.OWNER, own))
    facts = {
        "name": "Berg",
        "issuer": "https://berg.example",
        "client_id": "brygga",
        "secret": "the secret word",
        "person_claim": PERSON_CLAIM,
        "is_on": "on",
    }
    new = reverse("accounts:new_broker", args=[own.slug])
    assert client.post(new, facts).status_code == 302
    broker = EidBroker.objects.get()
    assert client.post(new, facts).context["form"].errors["name"]
    page = client.get(reverse("accounts:edit_broker", args=[own.slug, broker.public_id]))
    assert "the secret word" not in page.content.decode()
    assert f"/legitimerad/{broker.public_id}/" in page.content.decode()
    assert "Berg" in client.get(reverse("accounts:brokers", args=[own.slug])).content.decode()
