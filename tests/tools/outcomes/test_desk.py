"""The team's pages: what is typed is kept, and each may do what is theirs."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from brygga.accounts.enums import Role
from brygga.core.mail.models import Message
from brygga.dialogues.enums import StepKind, TeamRole, Visibility
from brygga.tools.outcomes.enums import PromiseState, Verdict
from brygga.tools.outcomes.models import Action, Decision, Proposal
from brygga.tools.outcomes.tasks import remind_of_promises
from tests.factories.accounts import UserFactory, person_with
from tests.factories.dialogues import dialogue_in, team_member
from tests.factories.outcomes import (
    ActionFactory,
    DecisionFactory,
    FeedbackPromiseFactory,
    ProposalFactory,
)


@pytest.fixture
def dialogue(db):
    return dialogue_in(StepKind.DECISION)


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def leader(dialogue):
    return signed_in(team_member(dialogue))


def address(name, *arguments):
    return reverse(f"outcomes:{name}", args=arguments)


def decision_typed(dialogue, **more):
    return {
        "title": "Skolan blir kvar",
        "body": dialogue.bodies.get().public_id,
        "decided_on": "2026-03-26",
        "dnr": "BUN 2026/12",
        "reasons": "Vi har hört hur viktig skolan är.",
        "minutes": "not_yet",
        "client_key": "click",
    } | more


def test_a_decision_is_written_down_with_its_answers_and_published(dialogue, leader):
    proposal = ProposalFactory(dialogue=dialogue)
    typed = decision_typed(
        dialogue,
        **{
            f"verdict_{proposal.public_id}": Verdict.PARTLY,
            f"reasons_{proposal.public_id}": "De yngsta får gå kvar.",
        },
    )
    for _ in range(2):
        leader.post(address("decision_new", dialogue.public_id), typed)
    decision = Decision.objects.get()
    assert [verdict.verdict for verdict in decision.verdicts.all()] == [Verdict.PARTLY]
    assert Client().get(decision.get_absolute_url()).status_code == 404
    leader.post(address("decision_publish", dialogue.public_id, decision.public_id))
    assert "De yngsta får gå kvar." in Client().get(decision.get_absolute_url()).content.decode()


def test_what_was_typed_is_kept_when_something_is_missing(dialogue, leader):
    proposal = ProposalFactory(dialogue=dialogue)
    typed = decision_typed(dialogue, dnr="", **{f"verdict_{proposal.public_id}": Verdict.NO})
    response = leader.post(address("decision_new", dialogue.public_id), typed)
    text = response.content.decode()
    assert response.status_code == 422
    assert typed["reasons"] in text
    assert 'value="Skolan blir kvar"' in text
    assert "Skriv varför, till dem som lämnade förslaget." in text
    assert not Decision.objects.exists()


def test_a_decision_is_not_of_a_day_to_come(dialogue, leader):
    tomorrow = (localdate() + timedelta(days=1)).isoformat()
    response = leader.post(
        address("decision_new", dialogue.public_id), decision_typed(dialogue, decided_on=tomorrow)
    )
    assert response.status_code == 422
    assert not Decision.objects.exists()


def test_within_an_organisation_a_named_manager_decides(db):
    dialogue = dialogue_in(StepKind.DECISION, visibility=Visibility.INTERNAL)
    client = signed_in(team_member(dialogue))
    page = address("decision_new", dialogue.public_id)
    both = decision_typed(dialogue, manager="Avdelningschef Åsa Berg")
    assert client.post(page, both).status_code == 422
    client.post(page, both | {"body": "", "dnr": ""})
    decision = Decision.objects.get()
    assert (decision.decider, decision.body) == ("Avdelningschef Åsa Berg", None)


def test_a_body_of_another_organisation_cannot_be_chosen(dialogue, leader):
    foreign = dialogue_in().bodies.get()
    typed = decision_typed(dialogue, body=foreign.public_id)
    assert leader.post(address("decision_new", dialogue.public_id), typed).status_code == 422


def test_rows_of_another_dialogue_are_not_found(dialogue, leader):
    other = dialogue_in(StepKind.DECISION)
    for name, row in (
        ("proposal", ProposalFactory(dialogue=other)),
        ("action", ActionFactory(dialogue=other)),
        ("decision_edit", DecisionFactory(dialogue=other)),
        ("promise", FeedbackPromiseFactory(dialogue=other)),
    ):
        page = address(name, dialogue.public_id, row.public_id)
        assert leader.get(page).status_code == 404, name


def test_the_elected_reads_the_page_before_the_meeting_and_records_nothing(dialogue):
    elected = signed_in(team_member(dialogue, TeamRole.ELECTED))
    response = elected.get(address("briefing", dialogue.public_id))
    assert dialogue.mandate.open_to_influence in response.content.decode()
    assert elected.get(address("proposal_new", dialogue.public_id)).status_code == 404
    elected.post(address("proposal_new", dialogue.public_id), {"title": "Mitt eget"})
    assert not Proposal.objects.exists()


def test_who_has_promised_keeps_it_also_without_a_role_in_the_dialogue(dialogue):
    owner = person_with(Role.EDITOR, dialogue.organisation)
    promise = FeedbackPromiseFactory(dialogue=dialogue, owner=owner)
    page = address("promise", dialogue.public_id, promise.public_id)
    keep = address("promise_keep", dialogue.public_id, promise.public_id)
    stranger = signed_in(person_with(Role.EDITOR, dialogue.organisation))
    assert stranger.get(page).status_code == 404
    assert stranger.post(keep, {"said": "Nej."}).status_code == 404
    assert signed_in(owner).get(page).status_code == 200
    signed_in(owner).post(keep, {"said": "Så här blev det."})
    promise.refresh_from_db()
    assert (promise.state, promise.kept_by) == (PromiseState.KEPT, owner)


def test_a_leader_who_has_not_promised_cannot_move_the_promise(dialogue, leader):
    due = localdate() + timedelta(days=5)
    promise = FeedbackPromiseFactory(dialogue=dialogue, due_on=due)
    move = address("promise_move", dialogue.public_id, promise.public_id)
    typed = {"to_date": (due + timedelta(days=9)).isoformat(), "reason": "Vi hinner inte."}
    assert leader.post(move, typed).status_code == 403
    secretary = signed_in(team_member(dialogue, TeamRole.SECRETARY))
    secretary.post(move, typed)
    promise.refresh_from_db()
    assert promise.due_on == due + timedelta(days=9)


def test_only_owner_and_secretary_see_that_a_promise_is_late_in_the_days_of_grace(dialogue):
    owner = team_member(dialogue, TeamRole.ELECTED)
    secretary = team_member(dialogue, TeamRole.SECRETARY)
    others = [team_member(dialogue, role) for role in (TeamRole.OFFICIAL, TeamRole.PROCESS_LEADER)]
    promise = FeedbackPromiseFactory(
        dialogue=dialogue, owner=owner, due_on=localdate() - timedelta(days=2)
    )
    pages = [
        address("promises", dialogue.public_id),
        address("promise", dialogue.public_id, promise.public_id),
        address("briefing", dialogue.public_id),
    ]
    for person, sees in ((owner, 2), (secretary, 2), *((other, 0) for other in others)):
        texts = [signed_in(person).get(page).content.decode() for page in pages]
        assert sum("Försenat" in text for text in texts) == sees, person
    public = address("overview", dialogue.slug, dialogue.public_id)
    assert "Försenat" not in Client().get(public).content.decode()


def test_an_official_follows_up_what_is_theirs_and_nothing_else(dialogue):
    official = team_member(dialogue, TeamRole.OFFICIAL)
    elected = team_member(dialogue, TeamRole.ELECTED)
    mine = ActionFactory(dialogue=dialogue, owner=elected)
    other = ActionFactory(dialogue=dialogue, owner=official)
    client = signed_in(elected)
    typed = {"state": "done", "text": "Bussen går."}
    for action in (mine, other):
        client.post(address("action_update", dialogue.public_id, action.public_id), typed)
    assert list(Action.objects.filter(state="done")) == [mine]


def test_a_list_is_filtered_and_sorted(dialogue, leader):
    for due, what in ((3, "Sen"), (1, "Tidig")):
        ActionFactory(dialogue=dialogue, what=what, due_on=f"2026-0{due}-01")
    ActionFactory(dialogue=dialogue, what="Klar", state="done")
    page = address("actions", dialogue.public_id)
    text = leader.get(page, {"sort": "due_on", "late": "late"}).content.decode()
    assert text.index(">Tidig<") < text.index(">Sen<")
    assert ">Klar<" not in text
    text = leader.get(page, {"sort": "-due_on"}).content.decode()
    assert text.index(">Sen<") < text.index(">Tidig<")


def test_the_morning_task_reminds(dialogue):
    promise = FeedbackPromiseFactory(dialogue=dialogue, owner=UserFactory(), due_on=localdate())
    for _ in range(2):
        remind_of_promises(timestamp=0)
    assert [letter.recipient for letter in Message.objects.all()] == [promise.owner.email]
