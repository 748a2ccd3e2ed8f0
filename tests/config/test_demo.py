"""The fictional municipality: loaded once, all states there, and the walk unbroken."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings

from brygga.accounts.enums import OrganisationKind
from brygga.accounts.models import Membership, Organisation, RoleAssignment
from brygga.config.demo import crowd
from brygga.config.demo.loading import DIALOGUES, find, load
from brygga.config.demo.script import read
from brygga.core.richtext import plain, stored
from brygga.core.text import lix
from brygga.dialogues.enums import (
    DialogueState,
    HandoverState,
    InsightState,
    RetentionClass,
    StepKind,
    StepState,
    Visibility,
)
from brygga.dialogues.models import (
    Contribution,
    Dialogue,
    DialogueTemplate,
    Follower,
    Handover,
    Insight,
    JointInvitation,
    MandatePeriod,
    Participant,
    Step,
)
from brygga.dialogues.queries.periods import is_unconfirmed
from brygga.dialogues.queries.start_check import start_check
from brygga.dialogues.registry import registry
from brygga.tools.outcomes.enums import ActionKind, ActionState, PromiseState, Standing, Verdict
from brygga.tools.outcomes.models import Action, ActionUpdate, Decision, FeedbackPromise, Proposal
from brygga.tools.outcomes.rules import standing
from brygga.tools.perspectives.models import CurrentVote, OpinionMap, Statement, VoteEvent
from brygga.tools.perspectives.queries.results import result_of
from brygga.tools.register.models import Delivery, RetentionLog
from tests.real_data import real_data

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
NO_REAL_DATA = Path("/nonexistent")
COUNTED = (
    Organisation,
    Membership,
    RoleAssignment,
    Dialogue,
    Step,
    Participant,
    Contribution,
    Insight,
    Follower,
    JointInvitation,
    Handover,
    MandatePeriod,
    DialogueTemplate,
    Statement,
    VoteEvent,
    CurrentVote,
    OpinionMap,
    Proposal,
    Decision,
    Action,
    ActionUpdate,
    FeedbackPromise,
    Delivery,
    RetentionLog,
)


def numbers():
    return {model.__name__: model.objects.count() for model in COUNTED}


class TestExempelby(TestCase):
    @classmethod
    def setUpTestData(cls):
        load(real_data=NO_REAL_DATA, at=NOW)

    def test_loading_again_on_another_day_adds_nothing(self):
        before = numbers()
        load(real_data=NO_REAL_DATA, at=NOW + timedelta(days=3))
        assert numbers() == before

    def test_every_state_of_a_dialogue_can_be_looked_at(self):
        assert set(Dialogue.objects.values_list("state", flat=True)) == set(DialogueState.values)
        assert Dialogue.objects.filter(visibility=Visibility.INTERNAL).exists()

    def test_everything_says_that_it_is_fictional(self):
        assert not Organisation.objects.filter(is_fictional=False).exists()
        assert not Dialogue.objects.exclude(notice__contains="påhittad").exists()

    def test_the_school_has_walked_all_seven_steps_and_the_area_is_under_way(self):
        steps = list(find("school").steps.order_by("position"))
        assert [step.state for step in steps] == [StepState.DONE] * 6 + [StepState.CURRENT]
        assert steps[-1].kind == StepKind.CAPACITY
        assert find("area").steps.get(state=StepState.CURRENT).kind == StepKind.DURING

    def test_the_drafts_start_check_does_not_hold_and_the_schools_did(self):
        for name, holds in (("draft", False), ("school", True)):
            dialogue = find(name)
            on = (dialogue.published_at or NOW).date()
            assert start_check(dialogue, dialogue.mandate, on=on).holds is holds, name

    def test_the_votes_show_the_groups_that_drew_them(self):
        model = read("school")["crowd"]
        result = result_of(find("school").rounds.get().maps.get(), with_groups=True)
        assert len(result.groups) == len(model["groups"]) - 1  # the few belong to all groups
        bridges = {row.statement.text for row in result.bridges}
        assert "Inget barn ska behöva resa mer än 30 minuter till skolan." in bridges
        assert result.straits
        assert result.groups_are_clear

    def test_the_minority_is_among_the_insights_with_its_own_words(self):
        minority = find("school").insights.get(is_minority_view=True)
        assert minority.contributions.filter(participant__isnull=False).exists()
        others = find("school").insights.exclude(pk=minority.pk)
        assert all(insight.results.exists() for insight in others)

    def test_a_statement_that_attacks_somebody_is_hidden_with_a_reason_and_was_not_voted_on(self):
        hidden = find("school").rounds.get().statements.get(state="hidden")
        assert hidden.state_reason
        assert not hidden.votes.exists()

    def test_the_walk_from_the_decision_down_to_the_voices_never_breaks(self):
        decision = Decision.objects.get()
        assert {answer.verdict for answer in decision.verdicts.all()} == {
            Verdict.YES,
            Verdict.PARTLY,
            Verdict.NO,
        }
        for answer in decision.verdicts.all():
            insights = answer.proposal.insights.filter(state=InsightState.PUBLISHED)
            assert insights, answer.proposal
            for insight in insights:
                assert insight.contributions.exists(), insight
                for perspective in insight.perspectives.all():
                    assert perspective.contributions.exists(), perspective

    def test_aminas_own_words_lead_up_to_the_decision(self):
        voice = Contribution.objects.get(client_key="amina")
        kinds = {outcome.kind for outcome in registry.what_became_of([voice.pk])[voice.pk]}
        assert {"Förslag", "Beslut"} <= kinds

    def test_somebody_else_than_the_municipality_has_committed_to_something(self):
        others = Action.objects.filter(kind=ActionKind.COMMITMENT, body=None)
        assert others.get().state == ActionState.STARTED
        assert Action.objects.filter(state=ActionState.DONE).exists()

    def test_a_promise_is_kept_another_is_open_and_none_is_late(self):
        states = set(find("school").promises.values_list("state", flat=True))
        assert states == {PromiseState.KEPT, PromiseState.OPEN}
        for promise in FeedbackPromise.objects.select_related("dialogue"):
            assert standing(promise, on=NOW.date()) not in {Standing.LATE, Standing.BROKEN}

    def test_leading_can_be_looked_at(self):
        area, draft, school = find("area"), find("draft"), find("school")
        assert area.bodies.filter(organisation__kind=OrganisationKind.REGION).exists()
        assert draft.invitations.get().is_open_at(NOW)
        assert "Där vi är" in draft.handovers.get(state=HandoverState.WAITING).note
        assert is_unconfirmed(school, on=NOW.date())
        assert area.invitation_texts.count() == 2
        assert DialogueTemplate.objects.get().from_dialogue == area

    def test_the_register_can_be_looked_at(self):
        school, crossing, area = find("school"), find("crossing"), find("area")
        assert school.deliveries.get().dnr.startswith("BUN 20")
        assert school.deliveries.get().papers.count() == 3
        assert school.retention_plan.rule == RetentionClass.KEEP
        log = crossing.disposals.get()
        assert log.counts["contributions"] == 2
        assert set(crossing.contributions.values_list("text", flat=True)) == {""}
        assert crossing.insights.exclude(text="").exists()
        assert area.is_planning
        assert area.opinion_by > NOW.date()

    def test_nothing_in_the_demo_lies_ahead_of_the_day_on_which_it_was_loaded(self):
        assert not VoteEvent.objects.filter(at__gt=NOW).exists()
        assert not Contribution.objects.filter(received_at__gt=NOW).exists()
        assert not Dialogue.objects.filter(published_at__gt=NOW).exists()

    def test_a_real_conversation_is_read_in_where_there_is_one(self):
        data = real_data("opinion").parent
        load(real_data=data, at=NOW)
        housing = find("housing")
        drawn = housing.rounds.get().maps.get()
        assert housing.language == "en"
        assert "Creative Commons" in housing.mandate.fixed_by_law
        assert "Computational Democracy Project" in housing.rounds.get().attribution
        assert (drawn.participants, drawn.summary["votes"]) == (381, 14_995)
        assert drawn.result is not None


def drawn(seed):
    script = read("school")
    model = script["crowd"] | {"seed": seed}
    leanings = [each["lean"] for each in script["statement"]]
    return crowd.answers(leanings=leanings, **model)


def test_the_same_seed_draws_the_same_votes_and_another_seed_others():
    assert drawn(1958) == drawn(1958)
    assert drawn(1958) != drawn(1959)


def test_those_who_lean_one_way_mostly_answer_so():
    answers = crowd.answers(seed=1, groups=[200], seen=1, leanings=[[1], [-1], [0]])
    agreeing = [
        sum(a.value == 1 for a in answers if a.statement == statement) for statement in range(3)
    ]
    assert agreeing[0] > 160
    assert agreeing[1] == 0
    assert 70 < agreeing[2] < 110


@pytest.mark.parametrize("name", DIALOGUES)
def test_texts_for_residents_are_plain(name):
    script = read(name)
    step_texts = " ".join(step.get("text", "") for step in script.get("step", ()))
    background = plain(stored(script["dialogue"].get("background", "")))
    assert lix(f"{script['dialogue']['summary']} {background} {step_texts}") < 40


@pytest.mark.django_db
def test_the_demo_is_refused_outside_a_local_machine():
    with override_settings(BRYGGA_SIGN_IN_LINKS=False), pytest.raises(CommandError, match="local"):
        call_command("demo")
