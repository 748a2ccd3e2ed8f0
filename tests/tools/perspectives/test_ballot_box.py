"""Votes that arrive together, in front of Django: cast as the page casts them, or left to it."""

import asyncio
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from brygga.dialogues.enums import DialogueState, StepState, Visibility
from brygga.dialogues.operations.participants import join
from brygga.dialogues.queries.participants import cookie_name, signer_of
from brygga.tools.perspectives.asgi import ROUND, BallotBox
from brygga.tools.perspectives.enums import StatementState
from brygga.tools.perspectives.models import CurrentVote, Statement, VoteEvent
from tests.factories.perspectives import StatementFactory, StatementRoundFactory

TOKEN = "b" * 32
FORM = "application/x-www-form-urlencoded"


class Django:
    """Stands where Django does, and keeps what comes through to it."""

    def __init__(self):
        self.bodies = []

    async def __call__(self, scope, receive, send):
        message = await receive()
        self.bodies.append(message["body"].decode())
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


class Hall:
    """An open round with people who take part, and the box that they vote in."""

    def __init__(self):
        self.round = StatementRoundFactory(opens_at=timezone.now() - timedelta(days=1))
        self.dialogue = self.round.dialogue
        self.statement = StatementFactory(round=self.round)
        self.django = Django()
        self.box = BallotBox(self.django)

    def voter(self):
        joined = join(dialogue=self.dialogue, language="sv", at=timezone.now())
        return {cookie_name(self.dialogue): signer_of(self.dialogue).sign(joined.secret)}

    def fields(self, **changes):
        usual = {"statement": self.statement.public_id, "value": "1", "shown": ""}
        return {"csrfmiddlewaretoken": TOKEN} | usual | changes

    def send(self, *ballots):
        """Send votes at the same moment; gives the status of each answer."""

        async def all_of_them():
            return await asyncio.gather(*(self._send(*ballot) for ballot in ballots))

        return asyncio.run(all_of_them())

    async def _send(self, cookies, fields, headers=()):
        body = urlencode(fields).encode()
        sent = {"host": "localhost", "content-type": FORM, "content-length": str(len(body))}
        cookies = {"csrftoken": TOKEN} | cookies
        sent |= {"cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        sent |= dict(headers)
        scope = {
            "type": "http",
            "method": "POST",
            "scheme": "http",
            "path": reverse("perspectives:take_part", args=[self.round.public_id]),
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
        }
        statuses = []

        async def receive():
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message):
            statuses.append(message.get("status"))

        await self.box(scope, receive, send)
        return statuses[0]


@pytest.fixture
def hall(transactional_db):
    return Hall()


def test_the_box_stands_at_the_address_of_the_page(hall):
    address = reverse("perspectives:take_part", args=[hall.round.public_id])
    assert ROUND.fullmatch(address)[1] == hall.round.public_id


def test_a_vote_of_somebody_who_takes_part_is_cast_and_leads_on(hall):
    voter = hall.voter()
    assert hall.send((voter, hall.fields(value="-1", is_important="on"))) == [303]
    assert CurrentVote.objects.values_list("value", "is_important").get() == (-1, True)
    assert hall.send((voter, hall.fields(value="-1", is_important="on"))) == [303]
    assert VoteEvent.objects.count() == 1
    assert hall.send((voter, hall.fields(value="0"))) == [303]
    assert list(VoteEvent.objects.order_by("pk").values_list("value", flat=True)) == [-1, 0]
    assert hall.django.bodies == []


def test_votes_of_many_at_once_are_each_cast(hall):
    ballots = [(hall.voter(), hall.fields()) for _ in range(60)]
    assert hall.send(*ballots) == [303] * 60
    assert CurrentVote.objects.count() == VoteEvent.objects.count() == 60
    moments = VoteEvent.objects.values_list("at", flat=True).distinct().count()
    assert moments < 10, "they were to share their transactions"


def test_two_answers_at_once_to_one_statement_are_told_apart(hall):
    voter = hall.voter()
    others = [(hall.voter(), hall.fields()) for _ in range(3)]
    twice = [(voter, hall.fields(value="1")), (voter, hall.fields(value="-1"))]
    assert sorted(hall.send(*others, *twice))[-4:] == [303] * 4
    cast, passed_on = VoteEvent.objects.count(), len(hall.django.bodies)
    assert cast + passed_on == 5


def change(hall, **fields):
    for name, value in fields.items():
        target, _, field = name.rpartition("__")
        thing = {"": hall.round, "dialogue": hall.dialogue, "statement": hall.statement}[target]
        setattr(thing, field, value)
        thing.save()


def foreign(hall):
    """The cookie of another dialogue's participant, under this one's name."""
    return {cookie_name(hall.dialogue): next(iter(Hall().voter().values()))}


UNUSUAL = {
    "nobody yet": lambda hall: ({}, hall.fields()),
    "a forged cookie": lambda hall: ({cookie_name(hall.dialogue): "a:b"}, hall.fields()),
    "another dialogue's cookie": lambda hall: (foreign(hall), hall.fields()),
    "a foreign form": lambda hall: (hall.voter(), hall.fields(csrfmiddlewaretoken="c" * 32)),
    "no token": lambda hall: (hall.voter(), hall.fields(csrfmiddlewaretoken="")),
    "another site": lambda hall: (hall.voter(), hall.fields(), {"origin": "https://evil.test"}),
    "another host": lambda hall: (hall.voter(), hall.fields(), {"host": "evil.test"}),
    "somebody signed in": lambda hall: (
        hall.voter() | {settings.SESSION_COOKIE_NAME: "x"},
        hall.fields(),
    ),
    "no answer": lambda hall: (hall.voter(), hall.fields(value="2")),
    "no such statement": lambda hall: (hall.voter(), hall.fields(statement="bcdfghjkmn")),
    "a hostile statement": lambda hall: (hall.voter(), hall.fields(statement="\0' OR 1=1")),
    "another round's statement": lambda hall: (
        hall.voter(),
        hall.fields(statement=StatementFactory().public_id),
    ),
    "a long text": lambda hall: (hall.voter(), hall.fields(shown="x" * 3_000)),
    "another kind of body": lambda hall: (
        hall.voter(),
        hall.fields(),
        {"content-type": "multipart/form-data; boundary=x"},
    ),
}


@pytest.mark.parametrize("unusual", UNUSUAL)
def test_what_is_not_whole_and_usual_goes_to_django_as_it_came(hall, unusual):
    ballot = UNUSUAL[unusual](hall)
    assert hall.send(ballot) == [200]
    assert hall.django.bodies == [urlencode(ballot[1])]
    assert not VoteEvent.objects.exists()
    assert hall.send((hall.voter(), hall.fields())) == [303], "but for that it would be cast"


def hide(hall):
    hidden = {"state": StatementState.HIDDEN, "state_reason": "Reklam"}
    Statement.objects.filter(pk=hall.statement.pk).update(**hidden)


def close(hall):
    change(hall, closes_at=timezone.now() - timedelta(minutes=1))


def make_internal(hall):
    change(hall, dialogue__visibility=Visibility.INTERNAL)


def leave_the_step(hall):
    hall.dialogue.steps.filter(state=StepState.CURRENT).update(residents_take_part=False)


def move_on(hall):
    hall.dialogue.steps.filter(state=StepState.CURRENT).update(state=StepState.DONE)


def take_away(hall):
    change(hall, dialogue__state=DialogueState.DRAFT)


@pytest.mark.parametrize("shut", [close, hide, make_internal, leave_the_step, move_on, take_away])
def test_where_nobody_may_vote_django_says_why_also_just_after_a_vote(hall, shut):
    voter = hall.voter()
    assert hall.send((voter, hall.fields(value="1"))) == [303], "now the round is known to be open"
    shut(hall)
    assert hall.send((voter, hall.fields(value="-1"))) == [200]
    assert [event.value for event in VoteEvent.objects.all()] == [1]


def test_a_round_that_is_opened_longer_is_known_at_once(hall):
    voter = hall.voter()
    close(hall)
    assert hall.send((voter, hall.fields())) == [200]
    change(hall, closes_at=timezone.now() + timedelta(days=1))
    assert hall.send((voter, hall.fields())) == [303]


def test_a_batch_that_fails_goes_to_django_vote_by_vote(hall):
    ballots = [(hall.voter(), hall.fields()) for _ in range(3)]
    hall.box.clerk.shutdown()
    assert hall.send(*ballots) == [200] * 3
    assert len(hall.django.bodies) == 3
