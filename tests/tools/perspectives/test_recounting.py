import csv
import io
import json
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from brygga.core.exports.csv_file import FORMULA_STARTS
from brygga.tools.perspectives.enums import StatementState
from brygga.tools.perspectives.models import Statement, VoteEvent
from brygga.tools.perspectives.operations.maps import compute_map
from brygga.tools.perspectives.operations.rounds import (
    GroundIsMissingError,
    grant_to_public,
    grant_to_reviewer,
    revoke_grant,
)
from brygga.tools.perspectives.queries.exports import open_table, row_package
from tests.factories.accounts import UserFactory
from tests.factories.dialogues import NOW
from tests.factories.perspectives import StatementRoundFactory, electorate

FAR = NOW + timedelta(days=3650)


@pytest.fixture
def statement_round(db):
    statement_round = StatementRoundFactory()
    electorate(statement_round, groups=3, size=8)
    Statement.objects.filter(round=statement_round, number=3).update(
        state=StatementState.HIDDEN, state_reason="Personangrepp", text="Ett personangrepp"
    )
    return statement_round


def unpacked(statement_round):
    return zipfile.ZipFile(io.BytesIO(row_package(statement_round)))


def test_a_reviewer_recounts_the_package_to_the_products_map(statement_round, tmp_path):
    drawn = compute_map(statement_round=statement_round, at=NOW)
    unpacked(statement_round).extractall(tmp_path)
    command = [sys.executable, "-m", "brygga.config.commandline", "opinion", "map"]
    files = [tmp_path / "votes.csv", "--statements", tmp_path / "comments.csv"]
    subprocess.run([*command, *files, "--out", tmp_path / "recount"], check=True)
    recounted = (tmp_path / "recount" / "map.json").read_bytes()
    assert recounted == (tmp_path / "map.json").read_bytes()
    assert json.loads(recounted) == drawn.summary


def test_the_package_names_nobody(statement_round):
    archive = unpacked(statement_round)
    votes = list(csv.DictReader(io.StringIO(archive.read("votes.csv").decode())))
    comments = list(csv.DictReader(io.StringIO(archive.read("comments.csv").decode())))
    keys = {str(key) for key in VoteEvent.objects.values_list("participant", flat=True)}
    assert {row["voter-id"] for row in votes} == {str(number) for number in range(24)}
    assert keys != {row["voter-id"] for row in votes}
    assert {row["author-id"] for row in comments} == {""}
    assert all(int(row["timestamp"]) % 86_400_000 == 0 for row in votes)
    assert "personangrepp" not in archive.read("comments.csv").decode()


def test_two_packages_number_people_differently(statement_round):
    first, second = (unpacked(statement_round).read("votes.csv") for _ in range(2))
    assert first != second
    assert len(first) == len(second)


def fetch(*parts):
    name = "package_by_link" if len(parts) > 1 else "package"
    return Client().get(reverse(f"perspectives:{name}", args=parts)).status_code


def test_the_link_works_for_its_reviewer_until_it_is_taken_back(statement_round):
    leader = UserFactory()
    granted = grant_to_reviewer(
        statement_round=statement_round, reviewer_name="Mats", expires_at=FAR, by=leader, at=NOW
    )
    public_id = granted.grant.public_id
    assert fetch(public_id, granted.secret) == 200
    assert fetch(public_id, "a-wrong-secret") == 404
    assert fetch(public_id) == 404
    revoke_grant(grant=granted.grant, by=leader, at=NOW)
    assert fetch(public_id, granted.secret) == 404


def test_an_expired_link_gives_nothing(statement_round):
    granted = grant_to_reviewer(
        statement_round=statement_round,
        reviewer_name="Mats",
        expires_at=NOW + timedelta(minutes=1),
        by=UserFactory(),
        at=NOW,
    )
    assert fetch(granted.grant.public_id, granted.secret) == 404


def test_publishing_needs_a_decision_and_a_check(statement_round):
    leader = UserFactory()
    with pytest.raises(GroundIsMissingError):
        grant_to_public(
            statement_round=statement_round, decision_dnr="", check_note="x", by=leader, at=NOW
        )
    grant = grant_to_public(
        statement_round=statement_round,
        decision_dnr="BUN 2026/44",
        check_note="Inga små grupper",
        by=leader,
        at=NOW,
    )
    assert fetch(grant.public_id) == 200


HOSTILE = ("=1+1", "+46", "-x", "@cmd", "\tx", "  =HYPERLINK(1)", "＝1", 'Kvar, sa "hon"\nigen')


@pytest.fixture
def hostile(statement_round):
    said = Statement.objects.filter(round=statement_round).exclude(number=3).order_by("number")
    for statement, text in zip(said, HOSTILE, strict=False):
        Statement.objects.filter(pk=statement.pk).update(text=text)
    return statement_round


def rows_in(text, column):
    return [row[column] for row in csv.DictReader(io.StringIO(text, newline=""))]


def test_a_package_holds_what_was_said_byte_for_byte_and_tells_how_to_open_it(hostile):
    """Its readers are programs, and what is recounted must be what was counted."""
    archive = unpacked(hostile)
    bodies = rows_in(archive.read("comments.csv").decode(), "comment-body")
    visible = Statement.objects.filter(round=hostile).exclude(number=3).order_by("number")
    assert [body for body in bodies if body] == list(visible.values_list("text", flat=True))
    assert set(HOSTILE) & set(bodies) == set(HOSTILE[: visible.count()])
    read_me = " ".join(archive.read("README.txt").decode().split())
    assert "begin with =, +, - or @" in read_me
    assert "with every column as text" in read_me


def test_a_table_for_people_holds_no_formula(hostile):
    """The same texts in the list that a spreadsheet opens by a double click."""
    compute_map(statement_round=hostile, at=NOW)
    texts = rows_in(open_table(hostile.maps.get(), with_groups=False), "text")
    assert {f"'{text}" for text in HOSTILE[:5]} <= set(texts)
    assert not [text for text in texts if text.lstrip().startswith(FORMULA_STARTS)]
