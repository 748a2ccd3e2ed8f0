"""Proposals, actions and decisions: written down once, published, and told."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from brygga.core.audit.models import AuditRow
from brygga.core.mail.models import Message
from brygga.dialogues.enums import FollowerState, InsightState, StepKind
from brygga.tools.outcomes.enums import (
    ActionKind,
    ActionState,
    AmendmentKind,
    MinutesState,
    ProposalState,
    Verdict,
)
from brygga.tools.outcomes.models import (
    Action,
    ActionUpdate,
    Decision,
    DecisionAmendment,
    PromiseChange,
    Proposal,
    ProposalVerdict,
)
from brygga.tools.outcomes.operations.actions import (
    Deed,
    edit_action,
    publish_action,
    record_action,
    update_action,
)
from brygga.tools.outcomes.operations.decisions import (
    AlreadyAmendedError,
    Answer,
    DecisionExistsError,
    Ruling,
    amend_decision,
    edit_decision,
    publish_decision,
    record_decision,
)
from brygga.tools.outcomes.operations.errors import (
    AlreadyPublishedError,
    ChangedMeanwhileError,
    ForeignRowError,
    NotPublishedError,
    ReasonMissingError,
)
from brygga.tools.outcomes.operations.proposals import (
    RestsOnNothingError,
    Wording,
    draft_proposal,
    edit_proposal,
    publish_proposal,
    withdraw_proposal,
)
from tests.factories.accounts import UserFactory
from tests.factories.dialogues import NOW, FollowerFactory, InsightFactory, dialogue_in
from tests.factories.outcomes import (
    DECIDED_ON,
    ActionFactory,
    DecisionFactory,
    FeedbackPromiseFactory,
    ProposalFactory,
    ProposalVerdictFactory,
)

LATER = NOW + timedelta(days=1)


@pytest.fixture
def dialogue(db):
    return dialogue_in(StepKind.DECISION)


@pytest.fixture
def leader(db):
    return UserFactory()


def insight_in(dialogue, state=InsightState.PUBLISHED):
    return InsightFactory(dialogue=dialogue, state=state, published_at=NOW)


def ruling_for(dialogue, *answers, **fields):
    return Ruling(
        title="Skolan blir kvar",
        reasons="Vi har hört er.",
        decided_on=DECIDED_ON,
        dnr="BUN 2026/12",
        body=dialogue.bodies.get(),
        answers=answers,
        **fields,
    )


def follower_of(dialogue):
    return FollowerFactory(dialogue=dialogue, state=FollowerState.CONFIRMED, confirmed_at=NOW)


# Proposals


def test_a_proposal_is_published_only_with_an_insight_that_is(dialogue, leader):
    draft = insight_in(dialogue, InsightState.DRAFT)
    wording = Wording("Behåll skolan", insights=[draft])
    proposal = draft_proposal(dialogue=dialogue, wording=wording, by=leader, at=NOW)
    with pytest.raises(RestsOnNothingError):
        publish_proposal(proposal=proposal, by=leader, at=NOW)
    draft.state = InsightState.PUBLISHED
    draft.save()
    assert publish_proposal(proposal=proposal, by=leader, at=NOW).published_at == NOW
    assert AuditRow.objects.filter(action="proposal.publish", by=leader).count() == 1


def test_a_proposal_rests_only_on_insights_of_its_own_dialogue(dialogue, leader):
    foreign = Wording("Behåll skolan", insights=[insight_in(dialogue_in())])
    with pytest.raises(ForeignRowError):
        draft_proposal(dialogue=dialogue, wording=foreign, by=leader, at=NOW)
    assert not Proposal.objects.exists()


def test_two_who_edit_a_proposal_do_not_overwrite_each_other(dialogue, leader):
    proposal = ProposalFactory(dialogue=dialogue, state=ProposalState.DRAFT, published_at=None)
    edit_proposal(proposal=proposal, wording=Wording("Ett"), version=1, by=leader, at=NOW)
    with pytest.raises(ChangedMeanwhileError):
        edit_proposal(proposal=proposal, wording=Wording("Två"), version=1, by=leader, at=NOW)
    proposal.refresh_from_db()
    assert proposal.title == "Ett"


def test_a_published_proposal_is_withdrawn_with_a_reason_and_not_rewritten(dialogue, leader):
    proposal = ProposalFactory(dialogue=dialogue)
    with pytest.raises(AlreadyPublishedError):
        edit_proposal(proposal=proposal, wording=Wording("Nytt"), version=1, by=leader, at=NOW)
    with pytest.raises(ReasonMissingError):
        withdraw_proposal(proposal=proposal, reason="  ", by=leader, at=NOW)
    withdrawn = withdraw_proposal(proposal=proposal, reason="Löst redan.", by=leader, at=NOW)
    assert (withdrawn.state, withdrawn.state_reason) == (ProposalState.WITHDRAWN, "Löst redan.")


# Decisions


def test_a_decision_answers_each_proposal_with_a_reason(dialogue, leader):
    proposal = ProposalFactory(dialogue=dialogue)
    answer = Answer(proposal, Verdict.PARTLY, "De yngsta får gå kvar.")
    decision = record_decision(
        dialogue=dialogue, ruling=ruling_for(dialogue, answer), by=leader, at=NOW
    )
    assert [(v.proposal, v.verdict) for v in decision.verdicts.all()] == [
        (proposal, Verdict.PARTLY)
    ]
    mute = Answer(proposal, Verdict.NO, " ")
    with pytest.raises(ReasonMissingError):
        record_decision(dialogue=dialogue, ruling=ruling_for(dialogue, mute), by=leader, at=NOW)


def test_a_decision_answers_no_draft_and_nothing_foreign(dialogue, leader):
    draft = ProposalFactory(dialogue=dialogue, state=ProposalState.DRAFT, published_at=None)
    foreign = ProposalFactory(dialogue=dialogue_in())
    for proposal, error in ((draft, NotPublishedError), (foreign, ForeignRowError)):
        ruling = ruling_for(dialogue, Answer(proposal, Verdict.YES, "Ja."))
        with pytest.raises(error):
            record_decision(dialogue=dialogue, ruling=ruling, by=leader, at=NOW)
    assert not Decision.objects.exists()


def test_publishing_tells_each_follower_once(dialogue, leader):
    follower = follower_of(dialogue)
    decision = DecisionFactory(dialogue=dialogue, published_at=None)
    for _ in range(2):
        publish_decision(decision=decision, by=leader, at=NOW)
    [letter] = Message.objects.all()
    assert letter.recipient == follower.email
    assert letter.context["title"] == decision.title
    assert decision.public_id in letter.context["url"]


def test_nothing_is_told_when_publishing_is_rolled_back(dialogue, leader):
    follower_of(dialogue)
    decision = DecisionFactory(dialogue=dialogue, published_at=None)
    with transaction.atomic():
        publish_decision(decision=decision, by=leader, at=NOW)
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    decision.refresh_from_db()
    assert decision.published_at is None


def test_a_published_decision_is_amended_in_public_and_not_rewritten(dialogue, leader):
    decision = DecisionFactory(dialogue=dialogue)
    with pytest.raises(AlreadyPublishedError):
        edit_decision(decision=decision, ruling=ruling_for(dialogue), version=1, by=leader, at=NOW)
    amend_decision(
        decision=decision, kind=AmendmentKind.MINUTES_APPROVED, text="", by=leader, at=LATER
    )
    decision.refresh_from_db()
    assert decision.minutes == MinutesState.APPROVED
    with pytest.raises(AlreadyAmendedError):
        amend_decision(
            decision=decision, kind=AmendmentKind.MINUTES_APPROVED, text="", by=leader, at=LATER
        )
    with pytest.raises(ReasonMissingError):
        amend_decision(
            decision=decision, kind=AmendmentKind.CORRECTED, text=" ", by=leader, at=LATER
        )


def test_a_decision_that_is_overturned_keeps_what_it_said_before(client, dialogue, leader):
    decision = DecisionFactory(dialogue=dialogue)
    verdict = ProposalVerdictFactory(decision=decision, verdict=Verdict.YES)
    amend_decision(
        decision=decision,
        kind=AmendmentKind.OVERTURNED,
        text="Förvaltningsrätten upphävde beslutet.",
        by=leader,
        at=LATER,
    )
    verdict.refresh_from_db()
    assert (verdict.verdict, verdict.before_appeal) == (Verdict.OVERTURNED, Verdict.YES)
    text = client.get(decision.get_absolute_url()).content.decode()
    assert "Förvaltningsrätten upphävde beslutet." in text
    assert "Upphävt efter överklagande" in text
    assert "tidigare: Ja" in text


def test_a_draft_cannot_be_amended(dialogue, leader):
    draft = DecisionFactory(dialogue=dialogue, published_at=None)
    with pytest.raises(NotPublishedError):
        amend_decision(
            decision=draft, kind=AmendmentKind.CORRECTED, text="Fel dag.", by=leader, at=NOW
        )
    assert not DecisionAmendment.objects.exists()


def test_the_same_decision_written_by_two_people_is_told_to_the_second(dialogue, leader):
    record_decision(dialogue=dialogue, ruling=ruling_for(dialogue), by=leader, at=NOW)
    with pytest.raises(DecisionExistsError):
        record_decision(dialogue=dialogue, ruling=ruling_for(dialogue), by=leader, at=LATER)
    assert Decision.objects.count() == 1


def together(*calls):
    gate = threading.Barrier(len(calls))

    def run(call):
        gate.wait()
        try:
            return call()
        except Exception as error:  # noqa: BLE001 - handed to the test
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.django_db(transaction=True)
def test_a_decision_sent_by_four_clicks_is_written_down_once():
    dialogue, leader = dialogue_in(StepKind.DECISION), UserFactory()
    answer = Answer(ProposalFactory(dialogue=dialogue), Verdict.YES, "Ja.")

    def send():
        return record_decision(
            dialogue=dialogue,
            ruling=ruling_for(dialogue, answer),
            by=leader,
            at=NOW,
            client_key="click",
        )

    sent = together(*[send] * 4)

    decision = Decision.objects.get()
    assert sent == [decision] * 4
    assert decision.verdicts.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_decision_published_by_two_at_once_is_told_once():
    dialogue, leader = dialogue_in(StepKind.DECISION), UserFactory()
    follower_of(dialogue)
    decision = DecisionFactory(dialogue=dialogue, published_at=None)
    together(*[lambda: publish_decision(decision=decision, by=leader, at=NOW)] * 2)
    assert Message.objects.count() == 1
    assert AuditRow.objects.filter(action="decision.publish").count() == 1


# Measures and commitments


def deed(**fields):
    base = {
        "kind": ActionKind.COMMITMENT,
        "what": "Byalaget sköter gården",
        "who": "Byalaget",
        "due_on": date(2026, 9, 1),
    }
    return Deed(**base | fields)


def test_a_commitment_may_lie_with_others(dialogue, leader):
    action = record_action(dialogue=dialogue, deed=deed(), by=leader, at=NOW, client_key="a")
    again = record_action(dialogue=dialogue, deed=deed(), by=leader, at=NOW, client_key="a")
    assert action == again
    assert (action.who, action.body, action.owner) == ("Byalaget", None, None)


def test_an_action_belongs_to_proposals_of_its_own_dialogue(dialogue, leader):
    foreign = deed(proposal=ProposalFactory(dialogue=dialogue_in()))
    with pytest.raises(ForeignRowError):
        record_action(dialogue=dialogue, deed=foreign, by=leader, at=NOW)
    assert not Action.objects.exists()


def test_what_is_public_is_followed_up_and_not_rewritten(dialogue, leader):
    action = record_action(dialogue=dialogue, deed=deed(), by=leader, at=NOW)
    edit_action(action=action, deed=deed(who="Byns vänner"), by=leader, at=NOW)
    publish_action(action=action, by=leader, at=NOW)
    with pytest.raises(AlreadyPublishedError):
        edit_action(action=action, deed=deed(who="Ingen"), by=leader, at=NOW)
    action.refresh_from_db()
    assert action.who == "Byns vänner"


def test_an_update_in_public_is_told_to_who_follows_and_one_within_the_team_is_not(
    dialogue, leader
):
    follower = follower_of(dialogue)
    for is_public in (True, False):
        action = ActionFactory(dialogue=dialogue, is_public=is_public)
        for _ in range(2):
            update_action(
                action=action,
                state=ActionState.STARTED,
                text="Vi har börjat.",
                due_on=date(2026, 10, 1),
                by=leader,
                at=LATER,
                client_key="click",
            )
        action.refresh_from_db()
        assert (action.state, action.due_on) == (ActionState.STARTED, date(2026, 10, 1))
    assert ActionUpdate.objects.count() == 2
    [letter] = Message.objects.all()
    assert letter.recipient == follower.email
    assert letter.context["state"] == "Under way"


# What the database refuses whoever asks


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda: DecisionFactory(reasons=""), "decision_has_reasons"),
        (lambda: DecisionFactory(manager="Åsa"), "decision_has_one_decider"),
        (lambda: DecisionFactory(body=None), "decision_has_one_decider"),
        (lambda: DecisionFactory(dnr=""), "decision_of_body_has_dnr"),
        (lambda: ProposalVerdictFactory(reasons=""), "verdict_has_reasons"),
        (
            lambda: ProposalVerdictFactory(before_appeal=Verdict.YES),
            "verdict_before_appeal_is_overturned",
        ),
        (lambda: ProposalFactory(published_at=None), "proposal_published_at_a_time"),
        (
            lambda: ProposalFactory(state=ProposalState.WITHDRAWN),
            "proposal_withdrawn_with_reason",
        ),
        (lambda: ActionFactory(who=""), "action_says_who_does_what"),
        (lambda: FeedbackPromiseFactory(state="kept"), "promise_kept_with_something"),
        (lambda: FeedbackPromiseFactory(text=""), "promise_says_something"),
        (
            lambda: PromiseChange.objects.create(
                promise=FeedbackPromiseFactory(),
                from_date=DECIDED_ON,
                to_date=DECIDED_ON,
                reason="Skäl.",
                at=NOW,
            ),
            "promise_moves_forward",
        ),
    ],
)
@pytest.mark.django_db
def test_the_database_refuses(make, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


@pytest.mark.django_db
def test_a_proposal_has_one_verdict_in_a_decision():
    verdict = ProposalVerdictFactory()
    with pytest.raises(IntegrityError, match="verdict_once"), transaction.atomic():
        ProposalVerdictFactory(decision=verdict.decision, proposal=verdict.proposal)
    assert ProposalVerdict.objects.count() == 1
