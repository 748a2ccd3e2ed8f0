import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brygga.dialogues.enums import Channel, ContributionState, DialogueState, StepKind
from brygga.dialogues.models import Contribution, Participant
from brygga.tools.perspectives.enums import Moderation, ResultVisibility, StatementState
from brygga.tools.perspectives.models import CurrentVote, Statement, VoteEvent
from brygga.tools.perspectives.operations.maps import compute_map
from tests.factories.dialogues import NOW, dialogue_in
from tests.factories.perspectives import StatementFactory, StatementRoundFactory, electorate


@pytest.fixture
def statement_round(db):
    return StatementRoundFactory()


def address(name, statement_round, *more):
    return reverse(f"perspectives:{name}", args=[statement_round.public_id, *more])


def shown_on(response):
    return re.search(r'name="shown"[^>]*value="([^"]*)"', response.content.decode())[1]


def vote(client, statement, value=1, **more):
    return client.post(
        address("take_part", statement.round),
        {"statement": statement.public_id, "value": value, **more},
    )


def test_looking_makes_no_participant(client, statement_round):
    StatementFactory(round=statement_round)
    assert client.get(address("take_part", statement_round)).status_code == 200
    assert Participant.objects.count() == 0
    assert not [name for name in client.cookies if name.startswith("brygga_deltar")]


def test_the_first_vote_makes_a_participant_and_leads_on(client, statement_round):
    statement = StatementFactory(round=statement_round)
    response = vote(client, statement)
    assert response.status_code == 303
    assert CurrentVote.objects.get().participant == Participant.objects.get()
    assert client.get(response.url).url == address("done", statement_round)


def test_one_comes_back_as_the_same_participant(client, statement_round):
    for statement in (StatementFactory(round=statement_round) for _ in range(3)):
        vote(client, statement)
    assert Participant.objects.count() == 1
    assert VoteEvent.objects.count() == 3


def test_the_same_page_sent_twice_is_one_participant_and_one_vote(client, statement_round):
    statement = StatementFactory(round=statement_round)
    shown = shown_on(client.get(address("take_part", statement_round)))
    for _ in range(2):
        vote(Client(), statement, shown=shown)
    assert Participant.objects.count() == 1
    assert VoteEvent.objects.count() == 1


def test_the_next_statement_is_one_not_answered_yet(client, statement_round):
    for _ in range(4):
        StatementFactory(round=statement_round)
    seen = set()
    for _ in range(4):
        response = client.get(address("take_part", statement_round))
        statement = Statement.objects.get(public_id=response.context["statement"].public_id)
        assert statement not in seen
        seen.add(statement)
        vote(client, statement)
    assert len(seen) == 4


@pytest.mark.parametrize("value", ["2", "", "x", "1.0", "9" * 30])
def test_an_answer_that_is_none_of_the_three_is_refused(client, statement_round, value):
    statement = StatementFactory(round=statement_round)
    assert vote(client, statement, value).status_code == 422
    assert VoteEvent.objects.count() == 0


def test_a_forged_cookie_is_nobody_and_takes_over_no_one(client, statement_round):
    statement = StatementFactory(round=statement_round)
    vote(Client(), statement)
    name = f"brygga_deltar_{statement_round.dialogue.public_id}"
    client.cookies[name] = "forged:value"
    vote(client, statement, -1)
    assert sorted(VoteEvent.objects.values_list("value", flat=True)) == [-1, 1]
    assert Participant.objects.count() == 2


def test_a_statement_of_another_round_is_not_found(client, statement_round):
    foreign = StatementFactory()
    response = client.post(
        address("take_part", statement_round), {"statement": foreign.public_id, "value": 1}
    )
    assert response.status_code == 404
    assert VoteEvent.objects.count() == 0


@pytest.mark.parametrize("state", [DialogueState.CLOSED, DialogueState.CANCELLED])
def test_a_vote_on_an_ended_dialogue_gets_a_clear_page_and_is_not_kept(client, db, state):
    ended = StatementRoundFactory(dialogue=dialogue_in(StepKind.PERSPECTIVES, state))
    response = vote(client, StatementFactory(round=ended))
    assert response.status_code == 409
    assert "Det går inte att svara här nu" in response.content.decode()
    assert Participant.objects.count() == VoteEvent.objects.count() == 0


def test_a_draft_is_unknown_to_all(client, db):
    draft = StatementRoundFactory(dialogue=dialogue_in(StepKind.PERSPECTIVES, DialogueState.DRAFT))
    assert vote(client, StatementFactory(round=draft)).status_code == 404
    assert VoteEvent.objects.count() == 0


def test_a_closed_round_gets_a_clear_page(client, statement_round):
    statement = StatementFactory(round=statement_round)
    statement_round.closes_at = timezone.now() - timedelta(minutes=1)
    statement_round.save()
    assert vote(client, statement).status_code == 409
    assert VoteEvent.objects.count() == 0


def suggest(client, statement_round, text, **more):
    page = client.get(address("own_words", statement_round))
    shown = page.context["form"].fields["shown"].initial
    return client.post(
        address("own_words", statement_round), {"text": text, "shown": shown, **more}
    )


@pytest.fixture
def no_haste(monkeypatch):
    monkeypatch.setattr("brygga.core.http.human.HumanForm.fastest", timedelta(0))


@pytest.mark.usefixtures("no_haste")
@pytest.mark.parametrize(
    ("moderation", "state"),
    [
        (Moderation.BEFORE, StatementState.WAITING),
        (Moderation.AFTER, StatementState.PUBLISHED),
    ],
)
def test_own_words_become_a_statement_with_a_voice_behind_it(
    client, statement_round, moderation, state
):
    statement_round.moderation = moderation
    statement_round.save()
    response = suggest(client, statement_round, "Bygg ut bussen i stället.")
    assert response.status_code == 303
    statement = Statement.objects.get()
    assert statement.state == state
    assert statement.contribution.channel == Channel.WEB
    assert statement.contribution.participant == Participant.objects.get()
    assert client.get(response.url).status_code == 200


@pytest.mark.usefixtures("no_haste")
def test_personal_data_is_asked_about_once_and_then_waits(client, statement_round):
    text = "Rektorn Eva, 070-123 45 67, lyssnar aldrig."
    first = suggest(client, statement_round, text)
    assert first.status_code == 422
    assert text in first.content.decode()
    assert Contribution.objects.count() == 0
    form = first.context["form"]
    again = client.post(
        address("own_words", statement_round),
        {"text": text, "shown": form["shown"].value(), "is_sure": "on"},
    )
    assert again.status_code == 303
    assert Statement.objects.get().state == StatementState.WAITING


@pytest.mark.usefixtures("no_haste")
@pytest.mark.parametrize("text", ["x" * 281, "x" * 10_000_000, "   ", "\u202e\u202e"])
def test_a_text_that_is_empty_or_too_long_is_refused_with_a_reason(client, statement_round, text):
    page = client.get(address("own_words", statement_round))
    shown = page.context["form"].fields["shown"].initial
    response = client.post(address("own_words", statement_round), {"text": text, "shown": shown})
    assert response.status_code in {400, 413, 422}
    assert Contribution.objects.count() == 0


@pytest.mark.usefixtures("no_haste")
def test_reordering_characters_are_taken_out_and_right_to_left_text_is_kept(
    client, statement_round
):
    suggest(client, statement_round, "\u202eالمدرسة مهمة للقرية")
    assert Statement.objects.get().text == "المدرسة مهمة للقرية"


def test_the_result_opens_when_one_has_answered_enough(client, statement_round):
    electorate(statement_round)
    compute_map(statement_round=statement_round, at=NOW)
    assert "inte öppet än" in client.get(address("results", statement_round)).content.decode()
    for statement in statement_round.statements.all()[:7]:
        vote(client, statement)
    page = client.get(address("results", statement_round))
    assert page.context["result"].opinion_map.participants == 30


def test_groups_stay_closed_until_the_process_leader_opens_them(client, statement_round):
    statement_round.results_shown = ResultVisibility.ALWAYS
    statement_round.save()
    electorate(statement_round)
    compute_map(statement_round=statement_round, at=NOW)
    closed = client.get(address("results", statement_round))
    assert closed.context["result"].groups == []
    assert "Grupp A" not in closed.content.decode()
    data = client.get(address("file", statement_round, "json")).json()
    assert data["groups"] == []
    assert all(row["groups"] == [] for row in data["statements"])
    statement_round.groups_opened_at = NOW
    statement_round.save()
    opened = client.get(address("results", statement_round))
    assert [group.letter for group in opened.context["result"].groups] == ["A", "B"]


def test_a_withdrawn_voice_is_gone_from_the_result(client, statement_round):
    statement_round.results_shown = ResultVisibility.ALWAYS
    statement_round.save()
    electorate(statement_round)
    statement = statement_round.statements.first()
    voice = Contribution.objects.create(
        dialogue=statement_round.dialogue, channel=Channel.WEB, text=statement.text, received_at=NOW
    )
    Statement.objects.filter(pk=statement.pk).update(contribution=voice)
    compute_map(statement_round=statement_round, at=NOW)
    assert statement.text in client.get(address("results", statement_round)).content.decode()
    Contribution.objects.filter(pk=voice.pk).update(state=ContributionState.WITHDRAWN)
    assert statement.text not in client.get(address("results", statement_round)).content.decode()
