"""Statements that say the same and are merged: each person counts once, everywhere the same."""

import io
import json
import re
import zipfile
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brygga.dialogues.models import Participant
from brygga.dialogues.operations.participants import withdraw
from brygga.dialogues.operations.standing_for import AnswersWouldBeLostError, merge, separate
from brygga.tools.perspectives import tool
from brygga.tools.perspectives.enums import VoteValue
from brygga.tools.perspectives.models import CurrentVote, VoteEvent
from brygga.tools.perspectives.operations.maps import compute_map
from brygga.tools.perspectives.operations.votes import cast_vote
from brygga.tools.perspectives.queries import records, rounds, statements
from brygga.tools.perspectives.queries.counted import answers_to, counted_votes
from brygga.tools.perspectives.queries.exports import row_package
from brygga.tools.perspectives.queries.results import result_of
from tests.factories.dialogues import NOW, ContributionFactory, ParticipantFactory, team_member
from tests.factories.perspectives import StatementFactory, StatementRoundFactory, electorate

AGREE, DISAGREE = VoteValue.AGREE, VoteValue.DISAGREE


def say(asked, number, text):
    voice = ContributionFactory(
        dialogue=asked.dialogue,
        participant=ParticipantFactory(dialogue=asked.dialogue),
        text=text,
        tool="perspectives",
    )
    return StatementFactory(round=asked, number=number, text=text, contribution=voice)


def answer(statement, people, value):
    for person in people:
        cast_vote(statement=statement, participant=person, value=value, is_important=False, at=NOW)


@pytest.fixture
def world(db):
    """24 people: 16 have answered one of the two, 16 the other, and hence eight of them both."""
    asked = StatementRoundFactory()
    people = electorate(asked, groups=3, size=8, statements=6)
    kept, merged = say(asked, 50, "Fler bussar på kvällen"), say(asked, 51, "Fler kvällsbussar")
    answer(kept, people[:16], AGREE)
    answer(merged, people[8:], DISAGREE)
    leader = team_member(asked.dialogue)
    made = merge(kept=kept.contribution, merged=merged.contribution, by=leader, at=NOW)
    return SimpleNamespace(
        round=asked, people=people, kept=kept, merged=merged, leader=leader, made=made
    )


def totals(document, number):
    (row,) = (row for row in document["statements"] if row["id"] == number)
    return row["totals"]


def test_each_person_counts_once_and_the_log_is_untouched(world):
    events = VoteEvent.objects.count()
    assert (events, CurrentVote.objects.count()) == (24 * 6 + 32, 24 * 6 + 32)
    counted = answers_to([world.kept, world.merged])
    assert counted[world.kept.pk] == {AGREE: 16, DISAGREE: 8}
    assert counted[world.merged.pk].total() == 0
    votes = [row for row in counted_votes(world.round) if row[1] >= 50]
    assert {(number, value) for _, number, value, _ in votes} == {(50, AGREE), (50, DISAGREE)}
    assert len({person for person, *_ in votes}) == len(votes) == 24


def test_map_package_page_and_register_agree(world):
    drawn = compute_map(statement_round=world.round, at=NOW)
    assert totals(drawn.summary, 50) == {"agree": 16, "disagree": 8, "pass": 0}
    packed = zipfile.ZipFile(io.BytesIO(row_package(world.round)))
    assert json.loads(packed.read("map.json")) == drawn.summary
    result = result_of(drawn, with_groups=False)
    (row,) = (row for row in result.rows if row.statement == world.kept)
    assert row.totals == [16, 8, 0]
    assert world.merged not in [row.statement for row in result.rows]
    page = statements.with_answers(Paginator(statements.statements_of(world.round), 30).get_page(1))
    assert {each.number: each.answers for each in page.object_list if each.number >= 50} == {
        50: 24,
        51: 0,
    }
    [part] = records.parts_of(world.round.dialogue, NOW)
    told = {entry.number: (entry.text.splitlines()[1], entry.state) for entry in part.entries}
    assert re.findall(r"\d+", told[world.kept.public_id][0]) == ["16", "0", "8"]
    assert told[world.merged.public_id][1] == "Ihopslaget med ett som säger samma sak"


def test_facts_outcomes_and_receipts_count_the_same(world):
    [fact] = tool.facts(world.round.dialogue, NOW.date())
    assert fact.value.startswith(f"{24 * 6 + 24} ")
    [outcome] = tool.what_became_of([world.kept.contribution_id, world.merged.contribution_id])
    assert (outcome.contribution_id, "24" in outcome.text) == (world.kept.contribution_id, True)
    for person in (world.people[0], world.people[10], world.people[20]):
        [own] = tool.receipt(person)
        assert own.value == "7"


def test_who_has_answered_the_one_is_not_asked_the_other(world):
    lent, both, nobody = world.people[20], world.people[10], None
    for person in (lent, both):
        assert rounds.progress(world.round, person) == rounds.Progress(7, 7)
        assert rounds.next_statement(world.round, person, 0.5) is None
    assert rounds.progress(world.round, nobody) == rounds.Progress(0, 7)
    assert rounds.vote_of(lent, world.kept).value == DISAGREE
    assert rounds.vote_of(both, world.kept).value == AGREE
    (mine,) = (each for each in rounds.votes_by(world.round, lent) if each.statement == world.kept)
    assert (mine.words_answered, mine.vote.value) == ("Fler kvällsbussar", DISAGREE)
    cast_vote(statement=world.kept, participant=lent, value=AGREE, is_important=False, at=NOW)
    assert rounds.vote_of(lent, world.kept).value == AGREE
    assert answers_to([world.kept])[world.kept.pk] == {AGREE: 17, DISAGREE: 7}


def test_separating_gives_everybody_their_votes_back(world):
    separate(made=world.made, by=world.leader, at=NOW)
    counted = answers_to([world.kept, world.merged])
    assert counted == {world.kept.pk: {AGREE: 16}, world.merged.pk: {DISAGREE: 16}}
    assert rounds.progress(world.round, world.people[20]) == rounds.Progress(7, 8)
    assert rounds.vote_of(world.people[20], world.kept) is None


def test_taking_a_merged_statement_back_takes_its_answers_with_it(world):
    voice = world.merged.contribution
    withdraw(participant=voice.participant, public_id=voice.public_id, at=NOW + timedelta(days=1))
    assert answers_to([world.kept])[world.kept.pk] == {AGREE: 16}


def test_answers_are_not_merged_into_what_nobody_can_answer(world):
    spoken = ContributionFactory(dialogue=world.round.dialogue)
    elsewhere = say(StatementRoundFactory(dialogue=world.round.dialogue), 1, "Samma, på hösten")
    separate(made=world.made, by=world.leader, at=NOW)
    for kept in (spoken, elsewhere.contribution):
        with pytest.raises(AnswersWouldBeLostError):
            merge(kept=kept, merged=world.merged.contribution, by=world.leader, at=NOW)
    world.merged.refresh_from_db()
    assert world.merged.contribution.state == "published"
    merge(kept=world.kept.contribution, merged=spoken, by=world.leader, at=NOW)


def test_many_merges_cost_as_many_questions_as_one(world):
    def questions():
        person = Participant.objects.get(pk=world.people[20].pk)
        with CaptureQueriesContext(connection) as captured:
            list(counted_votes(world.round))
            answers_to([world.kept, world.merged])
            rounds.progress(world.round, person)
            rounds.next_statement(world.round, person, 0.5)
            rounds.previous_statement(world.round, person, world.kept)
            list(tool.facts(world.round.dialogue, NOW.date()))
        return len(captured)

    few = questions()
    for number in range(60, 65):
        double = say(world.round, number, f"Kvällsbussar {number}")
        answer(double, world.people, AGREE)
        merge(kept=world.kept.contribution, merged=double.contribution, by=world.leader, at=NOW)
    assert questions() == few
