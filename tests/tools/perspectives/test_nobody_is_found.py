"""Two exports joined with each other and with the public pages lead to nobody."""

import csv
import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from brygga.dialogues.enums import Channel
from brygga.dialogues.models import Contribution, Participant
from brygga.tools.perspectives.enums import ResultVisibility
from brygga.tools.perspectives.models import Statement, VoteEvent
from brygga.tools.perspectives.operations.maps import compute_map
from brygga.tools.perspectives.queries.exports import row_package
from tests.factories.dialogues import NOW
from tests.factories.perspectives import StatementRoundFactory, electorate


@pytest.fixture
def statement_round(db):
    """A round in which one participant's own statement is among those answered."""
    statement_round = StatementRoundFactory(
        results_shown=ResultVisibility.ALWAYS, groups_opened_at=NOW
    )
    author = electorate(statement_round, size=12)[0]
    voice = Contribution.objects.create(
        dialogue=statement_round.dialogue,
        participant=author,
        channel=Channel.WEB,
        text="Min dotter är ensam flicka i sin klass.",
        received_at=NOW + timedelta(hours=3, minutes=17, seconds=5),
    )
    Statement.objects.filter(round=statement_round, number=0).update(
        contribution=voice, text=voice.text, created_at=voice.received_at
    )
    compute_map(statement_round=statement_round, at=NOW)
    return statement_round


def packages(statement_round):
    for _ in range(2):
        archive = zipfile.ZipFile(io.BytesIO(row_package(statement_round)))
        yield {name: archive.read(name).decode() for name in archive.namelist()}


def pages(statement_round):
    own = [statement_round.public_id]
    addresses = [
        statement_round.dialogue.get_absolute_url(),
        reverse("perspectives:results", args=own),
        reverse("perspectives:file", args=[*own, "json"]),
        reverse("perspectives:file", args=[*own, "csv"]),
    ]
    return [Client().get(address).content.decode() for address in addresses]


def test_nothing_that_names_a_participant_is_in_any_export_or_page(statement_round):
    public = "".join(pages(statement_round))
    for package in packages(statement_round):
        public += "".join(package.values())
    for participant in Participant.objects.all():
        assert participant.public_id not in public
        assert participant.secret_hash not in public


def test_the_keys_of_participants_are_not_the_numbers_of_voters(statement_round):
    keys = {str(key) for key in VoteEvent.objects.values_list("participant", flat=True)}
    for package in packages(statement_round):
        rows = csv.DictReader(io.StringIO(package["votes.csv"]))
        assert {row["voter-id"] for row in rows} == {str(number) for number in range(24)} != keys


def test_a_statement_cannot_be_tied_to_its_author_by_name_or_moment(statement_round):
    for package in packages(statement_round):
        for row in csv.DictReader(io.StringIO(package["comments.csv"])):
            assert row["author-id"] == ""
            assert int(row["timestamp"]) % 86_400_000 == 0
    assert not re.search(r"\b\d\d:17(:05)?\b", "".join(pages(statement_round)))


def test_the_public_numbers_cannot_be_joined_with_single_voters(statement_round):
    data = (
        Client().get(reverse("perspectives:file", args=[statement_round.public_id, "json"])).json()
    )
    assert "positions" not in data
    assert not [group for group in data["groups"] if "centre" in group]
    assert not [row for row in data["statements"] if "position" in row or "axes" in row]
