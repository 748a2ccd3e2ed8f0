"""A dialogue that demands identity: each way to answer is shut until one has shown who one is."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brygga.accounts.enums import Role
from brygga.accounts.models import EidBroker
from brygga.core.registry import Person
from brygga.dialogues.models import IdentityDemand, Participant
from brygga.dialogues.operations.erasure import dispose, erase_person
from brygga.dialogues.operations.identity import (
    AnsweredWithoutError,
    NoBrokerError,
    demand_identity,
    join_identified,
)
from brygga.dialogues.operations.participants import NotIdentifiedError, join
from brygga.dialogues.queries.participants import cookie_name, signer_of
from brygga.tools.perspectives.enums import VoteValue
from brygga.tools.perspectives.models import CurrentVote, VoteEvent
from brygga.tools.perspectives.operations.many_votes import Slip, cast_many
from brygga.tools.perspectives.operations.statements import suggest_statement
from brygga.tools.perspectives.operations.votes import cast_vote
from tests.dialogues.test_at_the_same_time import together
from tests.factories.accounts import UserFactory, person_with
from tests.factories.perspectives import StatementFactory, StatementRoundFactory
from tests.tools.perspectives.test_ballot_box import Hall

EMBEDDED = {
    "sec-fetch-dest": "iframe",
    "sec-fetch-site": "cross-site",
    "referer": "http://localhost/x",
}


def demand_in(dialogue):
    return IdentityDemand.objects.create(dialogue=dialogue, reason="Skäl", legal_ground="En lag")


def known(dialogue, person="199001012386"):
    demand = IdentityDemand.objects.get(dialogue=dialogue)
    return join_identified(demand=demand, person=person, language="sv", at=timezone.now())


def unknown(dialogue):
    """Somebody who joined before the demand stood; it is put there behind the operation's back."""
    demand = IdentityDemand.objects.filter(dialogue=dialogue)
    demand.update(is_on=False)
    joined = join(dialogue=dialogue, language="sv", at=timezone.now())
    demand.update(is_on=True)
    return joined


def cookie(dialogue, joined):
    return {cookie_name(dialogue): signer_of(dialogue).sign(joined.secret)}


@pytest.fixture
def hall(transactional_db):
    hall = Hall()
    demand_in(hall.dialogue)
    return hall


def test_the_ballot_box_casts_for_who_is_known_and_leaves_the_others_to_django(hall):
    siv = cookie(hall.dialogue, known(hall.dialogue))
    others = [cookie(hall.dialogue, unknown(hall.dialogue)) for _ in range(3)]
    ballots = [(voter, hall.fields()) for voter in [*others, siv]]
    assert hall.send(*ballots) == [200, 200, 200, 303]
    assert VoteEvent.objects.count() == 1
    embedded = (others[0], hall.fields(), EMBEDDED)
    assert hall.send(embedded) == [200]
    assert VoteEvent.objects.count() == 1
    IdentityDemand.objects.update(is_on=False)
    assert hall.send(*ballots) == [303] * 4, "but for the demand they would all be cast"


def test_the_page_casts_for_who_is_known_and_leads_the_others_to_the_choice(hall):
    page = reverse("perspectives:take_part", args=[hall.round.public_id])
    fields = {"statement": hall.statement.public_id, "value": "1", "shown": ""}

    def vote(joined=None, **headers):
        client = Client(headers=headers)
        client.cookies.load(cookie(hall.dialogue, joined) if joined else {})
        return client.post(page, fields)

    for refused in (vote(), vote(unknown(hall.dialogue)), vote(**EMBEDDED)):
        assert refused.status_code == 403
        assert reverse("dialogues:identify", args=[hall.dialogue.public_id]) in str(refused.content)
    assert not VoteEvent.objects.exists()
    assert vote(known(hall.dialogue)).status_code == 303
    assert VoteEvent.objects.count() == 1
    stranger = unknown(hall.dialogue)
    IdentityDemand.objects.update(is_on=False)
    assert vote(stranger).status_code == 303


def test_no_page_may_stand_in_a_frame_of_another_site(hall):
    page = reverse("perspectives:take_part", args=[hall.round.public_id])
    answer = Client().get(page)
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


WAYS = {
    "one vote": lambda who, at, where: cast_vote(
        statement=where.statement,
        participant=who,
        value=VoteValue.AGREE,
        is_important=False,
        at=at,
    ),
    "many votes": lambda who, at, where: cast_many(
        statement_round=where.round,
        slips=[Slip(who, where.statement, VoteValue.AGREE, False, at)],
        by=UserFactory(),
        at=at,
    ),
    "own words": lambda who, at, where: suggest_statement(
        statement_round=where.round,
        participant=who,
        text="Bussen ska gå var tionde minut.",
        language="sv",
        client_key="one",
        author_is_sure=False,
        at=at,
    ),
}


@pytest.fixture
def here(db):
    statement_round = StatementRoundFactory(residents_may_add=True)
    demand_in(statement_round.dialogue)
    return SimpleNamespace(
        round=statement_round,
        dialogue=statement_round.dialogue,
        statement=StatementFactory(round=statement_round),
    )


@pytest.mark.parametrize("way", WAYS)
def test_each_operation_refuses_who_is_not_known(here, way):
    at = timezone.now()
    stranger, siv = unknown(here.dialogue).participant, known(here.dialogue).participant
    with pytest.raises(NotIdentifiedError):
        WAYS[way](stranger, at, here)
    WAYS[way](siv, at, here)
    assert not stranger.votes.exists()
    assert not stranger.contributions.exists()


def test_nobody_joins_without(here):
    with pytest.raises(NotIdentifiedError):
        join(dialogue=here.dialogue, language="sv", at=timezone.now())
    assert not Participant.objects.exists()
    assert known(here.dialogue).participant == known(here.dialogue).participant


def ask_for_it(dialogue, *, is_on=True):
    by, at = UserFactory(), timezone.now()
    demand_identity(dialogue=dialogue, is_on=is_on, reason="Skäl", legal_ground="Lag", by=by, at=at)


def broker_for(dialogue):
    EidBroker.objects.create(
        organisation=dialogue.organisation, name="Berg", issuer="https://b.example", is_on=True
    )


def test_it_is_demanded_before_the_first_answer_or_not_at_all(here):
    IdentityDemand.objects.all().delete()
    with pytest.raises(NoBrokerError):
        ask_for_it(here.dialogue)
    broker_for(here.dialogue)
    ask_for_it(here.dialogue)
    known(here.dialogue)
    ask_for_it(here.dialogue, is_on=False)
    ask_for_it(here.dialogue)
    ask_for_it(here.dialogue, is_on=False)
    early = join(dialogue=here.dialogue, language="sv", at=timezone.now()).participant
    with pytest.raises(AnsweredWithoutError):
        ask_for_it(here.dialogue)
    client = Client()
    client.force_login(person_with(Role.PROCESS_LEADER, here.dialogue.organisation))
    page = reverse("dialogues:identity", args=[here.dialogue.public_id])
    assert client.get(page).context["is_too_late"]
    sent = client.post(page, {"reason": "Skäl", "legal_ground": "Lag"})
    assert sent.context["form"].non_field_errors()
    assert not IdentityDemand.objects.get().is_on
    erase_person(Person(participant_id=early.pk), timezone.now(), True)
    ask_for_it(here.dialogue)
    assert IdentityDemand.objects.get().is_on


@pytest.mark.django_db(transaction=True)
def test_a_demand_and_a_first_answer_at_once_never_leave_somebody_unknown_behind():
    for _ in range(5):
        dialogue = StatementRoundFactory().dialogue
        broker_for(dialogue)
        together(
            lambda: ask_for_it(dialogue),  # noqa: B023 - run before the next turn
            lambda: join(dialogue=dialogue, language="sv", at=timezone.now()),  # noqa: B023 - as above
        )
        joined = Participant.objects.filter(dialogue=dialogue).exists()
        assert joined != IdentityDemand.objects.filter(dialogue=dialogue).exists()


def test_the_mark_goes_when_the_dialogue_is_disposed_of(here):
    siv = known(here.dialogue).participant
    cast_vote(
        statement=here.statement,
        participant=siv,
        value=VoteValue.AGREE,
        is_important=False,
        at=timezone.now(),
    )
    dispose(here.dialogue, timezone.now(), 100)
    siv.refresh_from_db()
    assert siv.person_mark == ""
    assert CurrentVote.objects.filter(participant=siv).exists()
