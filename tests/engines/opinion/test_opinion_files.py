import csv
import json
import re

import pytest

from brygga.engines.opinion import opinion_map
from brygga.engines.opinion.package import map_json, participants_csv, statements_csv, write_package
from brygga.engines.opinion.polis import PolisError, read_export, read_statements
from tests.engines.opinion.conversations import matrix_of, planted

COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1,x,0,7,0,0,1,"Two
lines, one ""statement"" here"
2,x,3,,0,0,-1,Å 人 \u202e
"""
VOTES = """timestamp,datetime,comment-id,voter-id,vote
10,x,0,1,1
12,x,0,1,-1
11,x,3,2,0
"""
TABLE = """participant,xid,group-id,n-votes,0,3
1,secret,0,1,-1,
2,,,1,,0
"""


@pytest.fixture
def export(tmp_path):
    """Write an export of the given texts and read it."""

    def read(votes=VOTES, comments=COMMENTS):
        for name, text in (("votes.csv", votes), ("comments.csv", comments)):
            raw = text if isinstance(text, bytes) else text.encode()
            (tmp_path / name).write_bytes(raw)
        return read_export(tmp_path / "votes.csv", tmp_path / "comments.csv")

    return read


@pytest.mark.parametrize("votes", [VOTES, TABLE, "\ufeff" + VOTES, VOTES.replace("\n", "\r\n")])
def test_votes_are_read_from_either_form_of_the_export(export, votes):
    matrix = export(votes).matrix()
    assert matrix.participants[matrix.rows].tolist() == [1, 2]
    assert matrix.statements[matrix.columns].tolist() == [0, 3]
    assert matrix.values.tolist() == [-1, 0]


def test_statements_keep_their_words_and_what_became_of_them(export):
    found = export()
    first, second = found.statements
    assert (first.text, first.moderated, first.author) == ('Two\nlines, one "statement" here', 1, 7)
    assert (second.text, second.moderated, second.author) == ("Å 人 \u202e", -1, None)
    assert found.moderated_out == [3]


@pytest.mark.parametrize(
    ("votes", "fault"),
    [
        ("", "votes.csv: the file is empty"),
        ("a,b\n1,2\n", "votes.csv, line 1: column timestamp is missing"),
        ("\n\na,b\n1,2\n", "votes.csv, line 3: column timestamp is missing"),
        ("vote,vote\n", "votes.csv, line 1: two columns have the same name"),
        (VOTES + "13,x,0,2\n", "votes.csv, line 5: 4 fields instead of 5"),
        (VOTES + "13,x,0,2,1,1\n", "votes.csv, line 5: 6 fields instead of 5"),
        (VOTES + "13,x,0,2,2\n", "votes.csv, line 5: vote is '2', must be 1, 0 or -1"),
        (VOTES + "13,x,0,2,\n", "votes.csv, line 5: vote is '', must be 1, 0 or -1"),
        (VOTES + "13,x,9,2,1\n", "votes.csv, line 5: comment-id 9 is not among the statements"),
        (VOTES + "13,x,0,two,1\n", "votes.csv, line 5: voter-id is 'two', must be a whole number"),
        (VOTES + "13,x,0,²,1\n", "votes.csv, line 5: voter-id is '²', must be a whole number"),
        (VOTES + "13,x,0,-2,1\n", "votes.csv, line 5: voter-id is -2, must be at least 0"),
        (VOTES + f"13,x,0,{2**62},1\n", "votes.csv, line 5: voter-id is 4611686018427387904"),
        (VOTES + f"13,x,0,{'9' * 5000},1\n", "votes.csv, line 5: voter-id is '99999"),
        (VOTES + '13,"x\ny",0,2,5\n', "votes.csv, line 5: vote is '5'"),
        (VOTES + '13,"x\ny",0,2,1\n14,x,0,2,5\n', "votes.csv, line 7: vote is '5'"),
        (VOTES + "13,x\0,0,2,1\n", "votes.csv, line 5: a NUL byte"),
        (VOTES + '13,"x,0,2,1\n', "votes.csv, line 5: not CSV (unexpected end of data)"),
        (VOTES.encode() + b"13,\xff,0,2,1\n", "votes.csv, line 5: not UTF-8"),
        (TABLE + "1,,,1,1,\n", "votes.csv, line 4: participant 1 stands there a second time"),
        (TABLE + "3,,,1,7,\n", "votes.csv, line 4: 0 is '7', must be 1, 0 or -1"),
        ("participant,0,9\n1,1,1\n", "line 1: column '9' is not among the statements"),
        ("participant,0,x3\n1,1,1\n", "line 1: column 'x3' is not among the statements"),
    ],
)
def test_a_fault_in_the_votes_is_named_with_file_and_line(export, votes, fault):
    with pytest.raises(PolisError, match=re.escape(fault)):
        export(votes)


@pytest.mark.parametrize(
    ("added", "fault"),
    [
        ("3,x,3,,0,0,1,Again\n", "comments.csv, line 5: comment-id 3 stands there a second time"),
        ("3,x,4,,0,0,2,Other\n", "comments.csv, line 5: moderated is '2', must be 1, 0 or -1"),
        ("3,x,,,0,0,1,Other\n", "comments.csv, line 5: comment-id is '', must be a whole number"),
    ],
)
def test_a_fault_in_the_statements_is_named_with_file_and_line(export, added, fault):
    with pytest.raises(PolisError, match=re.escape(fault)):
        export(comments=COMMENTS + added)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(PolisError, match=r"comments\.csv: No such file"):
        read_statements(tmp_path / "comments.csv")
    with pytest.raises(PolisError, match="Is a directory"):
        read_statements(tmp_path)


@pytest.fixture(scope="module")
def result():
    return opinion_map(matrix_of(planted(noise=0.2), known=[999]), moderated_out=[3])


def test_numbers_have_at_most_six_decimals_and_no_negative_zero(result):
    texts = map_json(result), participants_csv(result), statements_csv(result)
    for text in texts:
        assert "\r" not in text
        assert text.endswith("\n")
        assert not re.search(r"(?<!\w)-0(\.0*)?(?![.\d])", text)
        assert not re.search(r"\.\d{7}", text)


def test_the_map_holds_the_counts_by_which_it_can_be_recounted(result):
    document = json.loads(map_json(result))
    assert list(document) == sorted(document)
    per_group = [statement["groups"] for statement in document["statements"]]
    assert [
        [[own["agree"], own["disagree"], own["pass"]] for own in groups] for groups in per_group
    ] == result.counts.swapaxes(0, 1).tolist()
    assert sum(group["size"] for group in document["groups"]) == document["clustered"]


def test_the_tables_have_a_row_per_participant_and_statement(result, tmp_path):
    write_package(result, tmp_path / "deep" / "out")
    folder = tmp_path / "deep" / "out"
    assert sorted(path.name for path in folder.iterdir()) == [
        "map.json",
        "participants.csv",
        "statements.csv",
    ]
    people = list(csv.DictReader((folder / "participants.csv").read_text().splitlines()))
    assert list(people[0]) == ["voter-id", "x", "y", "group"]
    assert [int(row["voter-id"]) for row in people] == result.participants.ids.tolist()
    statements = list(csv.DictReader((folder / "statements.csv").read_text().splitlines()))
    assert [row["moderated-out"] for row in statements[2:5]] == ["0", "1", "0"]
    assert statements[-1]["comment-id"] == "999"
    assert statements[-1]["agree"] == "0"


def test_who_is_in_no_group_has_an_empty_one():
    events = planted()
    few = [event for event in events if event.participant < 59 or event.statement < 3]
    rows = participants_csv(opinion_map(matrix_of(few))).splitlines()
    assert rows[-1].startswith("59,")
    assert rows[-1].endswith(",")
    assert not any(row.endswith(",") for row in rows[:-1])
