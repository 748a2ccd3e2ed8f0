import json

import pytest

from brygga.dialogues.models import Contribution, Participant
from brygga.engines.opinion import opinion_map
from brygga.engines.opinion.package import map_document
from brygga.engines.opinion.polis import PolisError, read_export
from brygga.tools.perspectives.models import CurrentVote, Statement, VoteEvent, VoteImport
from brygga.tools.perspectives.operations.imports import import_polis
from brygga.tools.perspectives.operations.maps import compute_map
from tests.factories.dialogues import NOW
from tests.factories.perspectives import StatementRoundFactory
from tests.real_data import real_data

COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1498798151030,x,0,1,2,0,1,Rents are too high
1498798151031,x,1,2,0,1,-1,An insult
1498798151032,x,2,1,1,1,1,"Build more, and sooner"
"""
VOTES = """timestamp,datetime,comment-id,voter-id,vote
1498798152000,x,0,1,1
1498798153000,x,0,2,-1
1498798154000,x,0,2,1
1498798155000,x,2,3,0
"""


@pytest.fixture
def statement_round(db):
    return StatementRoundFactory(language="en")


@pytest.fixture
def files(tmp_path):
    (tmp_path / "votes.csv").write_text(VOTES)
    (tmp_path / "comments.csv").write_text(COMMENTS)
    return tmp_path


def read_in(statement_round, folder):
    return import_polis(
        statement_round=statement_round,
        votes=folder / "votes.csv",
        statements=folder / "comments.csv",
        by=None,
        at=NOW,
    )


def stored():
    kinds = (Participant, Contribution, Statement, VoteEvent, CurrentVote, VoteImport)
    return {kind.__name__: kind.objects.count() for kind in kinds}


def test_an_export_becomes_statements_voices_and_votes(statement_round, files):
    read_in(statement_round, files)
    assert stored() == {
        "Participant": 3,
        "Contribution": 3,
        "Statement": 3,
        "VoteEvent": 4,
        "CurrentVote": 3,
        "VoteImport": 1,
    }
    assert Statement.objects.visible().filter(round=statement_round).count() == 2
    insult = Statement.objects.get(number=1)
    assert insult.state_reason
    assert insult.contribution.text == "An insult"


def test_the_last_vote_of_a_pair_is_the_current_one(statement_round, files):
    read_in(statement_round, files)
    changed = CurrentVote.objects.get(
        participant__imported_voter__voter_id="2", statement__number=0
    )
    assert changed.value == 1


def test_the_same_files_again_add_nothing(statement_round, files):
    first = read_in(statement_round, files)
    before = stored()
    assert read_in(statement_round, files) == first
    assert stored() == before


def test_a_later_export_adds_only_what_is_new(statement_round, files):
    read_in(statement_round, files)
    (files / "votes.csv").write_text(VOTES + "1498798156000,x,0,3,-1\n")
    later = read_in(statement_round, files)
    assert later.votes == 1
    assert VoteEvent.objects.count() == 5
    assert Participant.objects.count() == 3


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        ("votes.csv", VOTES + "1498798156000,x,0,3,2\n", "votes.csv, line 6"),
        ("votes.csv", VOTES + "1498798156000,x,77,3,1\n", "votes.csv, line 6"),
        ("votes.csv", VOTES + "1498798156000,x,0\n", "votes.csv, line 6"),
        ("votes.csv", "", "votes.csv"),
        ("comments.csv", COMMENTS + "1,x,0,1,2,0,1,Again\n", "comments.csv, line 5"),
        ("comments.csv", COMMENTS + "1,x,9,1,2,0,1,nul\0byte\n", "comments.csv, line 5"),
    ],
)
def test_a_faulty_file_is_named_with_its_line_and_nothing_is_read_in(
    statement_round, files, file, text, fault
):
    before = stored()
    (files / file).write_text(text)
    with pytest.raises(PolisError) as raised:
        read_in(statement_round, files)
    assert fault in str(raised.value)
    assert stored() == before
    (files / "votes.csv").write_text(VOTES)
    (files / "comments.csv").write_text(COMMENTS)
    read_in(statement_round, files)
    assert stored() != before


def test_the_web_products_map_of_a_real_conversation_equals_the_commands(statement_round):
    folder = real_data("opinion/scoop-hivemind.affordable-housing")
    done = read_in(statement_round, folder)
    drawn = compute_map(statement_round=statement_round, at=NOW)
    export = read_export(folder / "votes.csv", folder / "comments.csv")
    own = map_document(opinion_map(export.matrix(), moderated_out=export.moderated_out))
    assert done.votes >= 14_995
    assert drawn.participants == 381
    assert json.dumps(drawn.summary, sort_keys=True) == json.dumps(own, sort_keys=True)
