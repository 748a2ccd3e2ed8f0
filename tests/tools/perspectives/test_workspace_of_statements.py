from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from brygga.dialogues.enums import TeamRole
from brygga.dialogues.models import ProcessLogEntry, PublishedResult
from brygga.tools.perspectives.models import OpinionMap, PackageGrant, Statement, StatementRound
from brygga.tools.perspectives.operations.maps import compute_map, request_map
from brygga.tools.perspectives.operations.uploads import forget_old_uploads
from brygga.tools.perspectives.queries.rounds import rounds_with_new_votes
from brygga.tools.perspectives.tasks import compute, read_in
from tests.factories.dialogues import NOW, ContributionFactory, team_member
from tests.factories.perspectives import StatementFactory, StatementRoundFactory, electorate
from tests.tools.perspectives.test_imports_of_polis import COMMENTS, VOTES

ROUND = {
    "question": "Vad är viktigt?",
    "moderation": "before",
    "results_shown": "after_enough",
    "answers_needed": 7,
}


@pytest.fixture
def statement_round(db):
    return StatementRoundFactory()


@pytest.fixture
def leader(client, statement_round):
    client.force_login(
        team_member(statement_round.dialogue),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def address(name, *arguments):
    return reverse(f"perspectives:{name}", args=arguments)


def test_a_leader_sets_a_round_up_and_writes_the_first_statements(leader, statement_round):
    made = leader.post(address("new_round", statement_round.dialogue.public_id), ROUND)
    fresh = StatementRound.objects.latest("pk")
    assert made.url == address("round", fresh.public_id)
    texts = "Skolan ska vara kvar.\n\n Bussen räcker. \nSkolan ska vara kvar."
    leader.post(made.url, {"texts": texts})
    assert list(fresh.statements.order_by("number").values_list("number", "text")) == [
        (0, "Skolan ska vara kvar."),
        (1, "Bussen räcker."),
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"question": ""}, "question"),
        ({"answers_needed": "-1"}, "answers_needed"),
        ({"opens_at": "2026-05-02T10:00", "closes_at": "2026-05-01T10:00"}, "closes_at"),
        ({"opens_at": "i morgon"}, "opens_at"),
    ],
)
def test_a_faulty_round_is_not_saved_and_what_was_typed_is_kept(
    leader, statement_round, change, field
):
    typed = ROUND | {"introduction": "Det här tog lång tid att skriva."} | change
    response = leader.post(address("new_round", statement_round.dialogue.public_id), typed)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert typed["introduction"] in response.content.decode()
    assert StatementRound.objects.count() == 1


def test_hiding_a_statement_of_the_team_needs_a_reason(leader, statement_round):
    statement = StatementFactory(round=statement_round)
    own = [statement_round.dialogue.public_id, statement.public_id]
    assert leader.post(address("hide_statement", *own), {"reason": " "}).status_code == 422
    assert Statement.objects.visible().exists()
    leader.post(address("hide_statement", *own), {"reason": "Säger två saker."})
    assert not Statement.objects.visible().exists()


def test_a_residents_statement_is_moderated_with_its_voice(leader, statement_round):
    voice = ContributionFactory(dialogue=statement_round.dialogue)
    statement = StatementFactory(round=statement_round, contribution=voice, text=voice.text)
    own = [statement_round.dialogue.public_id, statement.public_id]
    response = leader.post(address("hide_statement", *own), {"reason": "Pekar ut en lärare."})
    case = reverse("dialogues:case", args=[statement_round.dialogue.public_id, voice.public_id])
    assert response.url == case
    assert Statement.objects.visible().get() == statement


def test_asking_for_a_map_twice_gives_one_job_and_the_worker_draws_it(leader, statement_round):
    electorate(statement_round)
    own = address("map", statement_round.public_id)
    for _ in range(2):
        leader.post(address("ask_for_map", statement_round.public_id))
    [job] = ProcrastinateJob.objects.filter(task_name="perspectives.compute_map")
    assert "En ny karta är på väg." in leader.get(own).content.decode()
    compute(**job.args)
    assert OpinionMap.objects.get().round == statement_round


def test_only_rounds_with_new_votes_are_drawn_anew(statement_round):
    StatementRoundFactory()
    assert list(rounds_with_new_votes()) == []
    electorate(statement_round)
    assert list(rounds_with_new_votes()) == [statement_round]
    compute_map(statement_round=statement_round, at=NOW)
    assert list(rounds_with_new_votes()) == []


@pytest.mark.django_db(transaction=True)
def test_a_job_that_is_asked_for_in_vain_breaks_nothing_around_it(statement_round):
    request_map(statement_round=statement_round)
    request_map(statement_round=statement_round)
    assert StatementRound.objects.get() == statement_round


def test_a_map_is_published_once_and_its_groups_are_opened_with_a_reason(leader, statement_round):
    electorate(statement_round)
    compute_map(statement_round=statement_round, at=NOW)
    own = statement_round.public_id
    assert leader.get(address("map", own)).context["result"].groups
    for title in ("Så tycker de", "En gång till"):
        leader.post(address("publish_map", own), {"title": title})
    assert PublishedResult.objects.get().title == "Så tycker de"
    leader.post(address("groups", own), {"reason": ""})
    statement_round.refresh_from_db()
    assert statement_round.groups_opened_at is None
    leader.post(address("groups", own), {"reason": "Byalaget har läst den."})
    statement_round.refresh_from_db()
    assert statement_round.groups_opened_at is not None
    entry = ProcessLogEntry.objects.get(dialogue=statement_round.dialogue)
    assert (entry.text, entry.is_public) == ("Åsiktsgrupperna öppnades för allmänheten", True)


def files(votes):
    return {
        "votes": SimpleUploadedFile("votes.csv", votes.encode()),
        "statements": SimpleUploadedFile("comments.csv", COMMENTS.encode()),
    }


def read_in_by_the_worker(leader, statement_round, votes):
    """Send the two files, let the worker read them, and give the job's page."""
    sent = leader.post(address("read_in", statement_round.public_id), files(votes))
    [job] = ProcrastinateJob.objects.filter(task_name="perspectives.read_in")
    read_in(**job.args)
    assert default_storage.listdir("imports")[0] == []
    return leader.get(sent.url).content.decode()


def test_an_export_is_read_in_as_a_job_that_tells_what_came_of_it(leader, statement_round):
    page = read_in_by_the_worker(leader, statement_round, VOTES)
    assert statement_round.statements.count() == 3
    assert "Inläst: 3 påståenden" in page
    assert address("round", statement_round.public_id) in page


def test_a_broken_export_is_answered_with_file_and_line(leader, statement_round):
    page = read_in_by_the_worker(leader, statement_round, VOTES + "1,x,0,1,5\n")
    assert "votes.csv, line 6" in page
    assert statement_round.statements.count() == 0


def test_files_that_no_job_came_to_read_are_deleted_after_a_day(leader, statement_round):
    leader.post(address("read_in", statement_round.public_id), files(VOTES))
    assert forget_old_uploads(at=timezone.now()) == 0
    assert forget_old_uploads(at=timezone.now() + timedelta(days=2)) == 1
    assert default_storage.listdir("imports")[0] == []


def test_a_reviewers_link_is_shown_once_and_a_past_day_is_refused(leader, statement_round):
    own = address("packages", statement_round.public_id)
    today = timezone.localdate()
    past = {"reviewer_name": "Mats", "last_day": today - timedelta(days=1)}
    assert leader.post(own, past).status_code == 422
    response = leader.post(own, past | {"last_day": today})
    link = response.context["address"]
    assert link in response.content.decode()
    assert link not in leader.get(own).content.decode()
    assert PackageGrant.objects.get().secret_hash not in link


@pytest.mark.parametrize("role", [TeamRole.HOST, TeamRole.ELECTED])
def test_those_who_do_not_run_the_tool_cannot_change_a_round(client, statement_round, role):
    client.force_login(
        team_member(statement_round.dialogue, role),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    own = address("edit_round", statement_round.public_id)
    assert client.post(own, ROUND | {"question": "Min egen"}).status_code in {403, 404}
    statement_round.refresh_from_db()
    assert statement_round.question != "Min egen"
