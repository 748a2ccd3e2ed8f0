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

from brygga.tools.perspectives.enums import StatementState
from brygga.tools.perspectives.models import Statement, VoteEvent
from brygga.tools.perspectives.operations.maps import compute_map
from brygga.tools.perspectives.operations.rounds import (
    GroundIsMissingError,
    grant_to_public,
    grant_to_reviewer,
    revoke_grant,
)
from brygga.tools.perspectives.queries.exports import guarded, row_package
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


@pytest.mark.parametrize("text", ["=1+1", "+46", "-x", "@cmd", "\tx"])
def test_a_text_is_never_a_formula(text):
    assert guarded(text) == f"'{text}"


def test_a_plain_text_stays_as_it_is():
    assert guarded("Skolan ska vara kvar") == "Skolan ska vara kvar"
