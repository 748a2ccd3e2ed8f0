"""Who leads: handed over with a yes, missed when gone, and what a new body says of the mandate."""

import io
from datetime import date, timedelta

import pypdf
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from brygga.accounts.enums import Role
from brygga.accounts.models import Membership
from brygga.accounts.operations.people import end_membership
from brygga.core.mail.models import Message
from brygga.core.registry import registry as core
from brygga.dialogues.enums import (
    DialogueState,
    HandoverState,
    LogKind,
    MandateVerdict,
    StepKind,
    TeamRole,
)
from brygga.dialogues.models import Dialogue, Handover, Mandate, MandateConfirmation
from brygga.dialogues.operations.handovers import (
    AlreadyAskedError,
    AnsweredError,
    NotLeaderError,
    accept_handover,
    ask_to_take_over,
    decline_handover,
)
from brygga.dialogues.operations.periods import (
    NothingToConfirmError,
    TooEarlyError,
    confirm_mandate,
    end_mandate,
    remind_of_periods,
    set_period,
)
from brygga.dialogues.queries.handovers import goes_over, suggest_note
from brygga.dialogues.queries.leading import without_leader
from brygga.dialogues.queries.periods import is_unconfirmed
from brygga.dialogues.queries.team_needs import missing_roles
from brygga.tools.outcomes.operations.promises import promise_of_mandate
from tests.factories.accounts import MembershipFactory, UserFactory, person_with
from tests.factories.dialogues import NOW, DocumentFactory, TeamMemberFactory, dialogue_in
from tests.factories.outcomes import ActionFactory
from tests.factories.planning import ActivityFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 1)
PERIOD_ENDS = date(2026, 3, 31)


@pytest.fixture
def dialogue():
    return dialogue_in(StepKind.PERSPECTIVES)


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def leader_of(dialogue, role=TeamRole.PROCESS_LEADER):
    member = MembershipFactory(organisation=dialogue.organisation).user
    TeamMemberFactory(dialogue=dialogue, user=member, role=role)
    return member


def asked(dialogue, leaver, successor):
    return ask_to_take_over(
        dialogue=dialogue, leaver=leaver, successor=successor, note="Läs dagboken.", at=NOW
    )


def leads(dialogue, on):
    rows = dialogue.team.filter(role=TeamRole.PROCESS_LEADER)
    return {row.user for row in rows if row.last_day is None or row.last_day >= on}


def test_nothing_changes_hands_before_the_successor_says_yes(dialogue):
    leaver, successor = leader_of(dialogue), UserFactory()
    handover = asked(dialogue, leaver, successor)
    assert leads(dialogue, TODAY + timedelta(days=1)) == {leaver}
    with pytest.raises(AlreadyAskedError):
        asked(dialogue, leaver, UserFactory())

    accept_handover(handover=handover, by=successor, at=NOW)

    assert leads(dialogue, TODAY + timedelta(days=1)) == {successor}
    entry = dialogue.log.get(kind=LogKind.HANDED_OVER)
    assert entry.reason == "Läs dagboken."
    with pytest.raises(AnsweredError):
        decline_handover(handover=handover, by=successor, at=NOW)
    assert Message.objects.filter(kind="dialogues.leading").count() == 2


def test_what_the_leaver_promised_goes_over(dialogue):
    leaver, successor = leader_of(dialogue), UserFactory()
    Mandate.objects.filter(dialogue=dialogue).update(feedback_owner=leaver)
    dialogue.mandate.refresh_from_db()
    promise = promise_of_mandate(dialogue=dialogue, by=leaver, at=NOW)
    measure = ActionFactory(dialogue=dialogue, owner=leaver)
    told = "\n".join(goes_over(dialogue, leaver))
    assert promise.text in told
    assert measure.what in told

    accept_handover(handover=asked(dialogue, leaver, successor), by=successor, at=NOW)

    promise.refresh_from_db()
    dialogue.mandate.refresh_from_db()
    measure.refresh_from_db()
    assert (promise.owner, measure.owner) == (successor, successor)
    assert dialogue.mandate.feedback_owner == successor


def test_a_no_leaves_the_leader_in_place_and_only_a_leader_hands_over(dialogue):
    leaver, successor = leader_of(dialogue), UserFactory()
    with pytest.raises(NotLeaderError):
        asked(dialogue, UserFactory(), successor)
    with pytest.raises(NotLeaderError):
        asked(dialogue, leaver, leaver)

    decline_handover(handover=asked(dialogue, leaver, successor), by=successor, at=NOW)

    assert leads(dialogue, TODAY + timedelta(days=1)) == {leaver}


def test_a_handover_is_one_at_a_time_and_to_another(dialogue):
    leaver = leader_of(dialogue)
    row = {"dialogue": dialogue, "leaver": leaver, "note": "x", "asked_at": NOW}
    Handover.objects.create(successor=UserFactory(), **row)
    with transaction.atomic(), pytest.raises(IntegrityError, match="handover_one_at_a_time"):
        Handover.objects.create(successor=UserFactory(), **row)
    state = {"state": HandoverState.DECLINED}
    with transaction.atomic(), pytest.raises(IntegrityError, match="handover_answered_at_a_time"):
        Handover.objects.create(successor=UserFactory(), **row, **state)
    with transaction.atomic(), pytest.raises(IntegrityError, match="handover_to_another"):
        Handover.objects.create(successor=leaver, answered_at=NOW, **row, **state)


def test_the_note_tells_how_the_dialogue_stands(dialogue):
    leaver = leader_of(dialogue)
    paper = DocumentFactory(dialogue=dialogue)
    activity = ActivityFactory(dialogue=dialogue)
    note = suggest_note(dialogue, leaver, at=NOW)

    for told in (
        paper.title,
        activity.title,
        "12 november 2026",
        "Perspektivinsamling",
        str(leaver),
    ):
        assert told in note


def test_the_leader_asks_and_the_successor_answers_on_their_pages(client, dialogue):
    leaver = leader_of(dialogue)
    member = MembershipFactory(organisation=dialogue.organisation)
    browser = sign_in(client, leaver)
    where = reverse("dialogues:handover", args=[dialogue.public_id])
    assert member.public_id in browser.get(where, {"q": member.user.name}).content.decode()
    assert "Perspektivinsamling" in browser.get(f"{where}?vem={member.public_id}").content.decode()
    note = '#panic("x") <b> Läs dagboken'
    browser.post(where, {"person": member.public_id, "note": note})
    answer = reverse("dialogues:handover_answer", args=[Handover.objects.get().public_id])
    file = browser.get(answer + "anteckning.pdf").content
    assert "Läs dagboken" in pypdf.PdfReader(io.BytesIO(file)).pages[0].extract_text()

    assert answer in [item.url for item in core.today_items(member.user, timezone.now())]
    sign_in(client, member.user).post(answer, {"answer": "accept"})

    assert Handover.objects.get().state == HandoverState.ACCEPTED
    assert sign_in(client, UserFactory()).get(answer).status_code == 404


def leave(user, dialogue, by):
    membership = Membership.objects.get(user=user, organisation=dialogue.organisation)
    end_membership(membership=membership, by=by, at=NOW)


def test_who_leaves_the_organisation_leaves_its_teams_and_owners_are_told(client, dialogue):
    owner = person_with(Role.OWNER, dialogue.organisation)
    leaver = leader_of(dialogue)
    assert not without_leader(TODAY).filter(pk=dialogue.pk).exists()

    leave(leaver, dialogue, owner)

    assert dialogue.team.get(user=leaver).last_day < TODAY
    assert without_leader(TODAY).get() == dialogue
    letter = Message.objects.get(key__startswith="leaderless")
    assert letter.recipient == owner.email
    workspace = reverse("dialogues:workspace", args=[dialogue.public_id])
    assert sign_in(client, leaver).get(workspace).status_code == 404
    assert any("saknar processledare" in item.why for item in core.today_items(owner, NOW))


def test_nobody_is_alarmed_while_somebody_leads(dialogue):
    owner = person_with(Role.OWNER, dialogue.organisation)
    leader_of(dialogue)

    leave(leader_of(dialogue), dialogue, owner)

    assert not Message.objects.filter(key__startswith="leaderless").exists()


def test_a_partner_who_stays_in_another_owner_stays_in_the_team(dialogue):
    owner = person_with(Role.OWNER, dialogue.organisation)
    partner = leader_of(dialogue)
    other = dialogue_in()
    dialogue.bodies.add(other.mandate.feeds_body)
    MembershipFactory(user=partner, organisation=other.organisation)

    leave(partner, dialogue, owner)

    assert dialogue.team.get(user=partner).last_day is None


def test_the_team_page_says_who_is_missing(client, dialogue):
    leader = leader_of(dialogue)
    now_missing = {each.role for each in missing_roles(dialogue, on=TODAY)}
    text = (
        sign_in(client, leader)
        .get(reverse("dialogues:team", args=[dialogue.public_id]))
        .content.decode()
    )

    assert str(TeamRole.PROCESS_LEADER.label) not in now_missing
    assert now_missing
    assert "De som saknas i teamet" in text


def test_a_last_day_is_chosen_and_moved_but_never_back_in_time(client, dialogue):
    leader, host = leader_of(dialogue), leader_of(dialogue, TeamRole.HOST)
    browser, place = sign_in(client, leader), dialogue.team.get(user=host)
    where = reverse("dialogues:team", args=[dialogue.public_id])
    day = localdate() + timedelta(days=30)
    for asked, kept in ((day, day), (localdate() - timedelta(days=3), day), ("tisdag", day)):
        browser.post(where, {"end": place.pk, "last_day": str(asked)})
        assert dialogue.team.get(user=host).last_day == kept
    browser.post(where, {"end": place.pk, "last_day": ""})
    assert dialogue.team.get(user=host).last_day == localdate()


def period(dialogue, last_day=PERIOD_ENDS):
    body = dialogue.mandate.start_body
    return set_period(body=body, last_day=last_day, by=UserFactory(), at=NOW)


def answer(dialogue, decide=confirm_mandate, decided_on=date(2026, 4, 1), **more):
    return decide(
        dialogue=dialogue,
        body=dialogue.mandate.start_body,
        decided_on=decided_on,
        dnr="BUN 2026/88",
        by=UserFactory(),
        at=NOW,
        **more,
    )


def test_owners_are_reminded_once_before_the_period_ends(dialogue):
    owner = person_with(Role.OWNER, dialogue.organisation)
    secretary = person_with(Role.SECRETARY, dialogue.organisation)
    period(dialogue, date(2026, 5, 1))

    for _ in range(2):
        remind_of_periods(at=NOW)

    assert Message.objects.get(key__startswith="period:").recipient == owner.email
    where = reverse("dialogues:mandate_confirm", args=[dialogue.public_id])
    for reader in (owner, secretary):
        assert where in [item.url for item in core.today_items(reader, NOW)]


def test_a_period_far_away_disturbs_nobody(dialogue):
    person_with(Role.OWNER, dialogue.organisation)
    period(dialogue, date(2026, 12, 31))

    assert remind_of_periods(at=NOW) == 0


def test_the_public_page_is_honest_until_the_new_body_has_answered(client, dialogue):
    sentence = "Den nya nämnden har ännu inte bekräftat uppdraget"
    period(dialogue)
    page = dialogue.get_absolute_url()
    assert sentence in client.get(page).content.decode()

    answer(dialogue)

    assert sentence not in client.get(page).content.decode()
    assert "BUN 2026/88" in dialogue.log.get(kind=LogKind.MANDATE_CONFIRMED).text
    with pytest.raises(NothingToConfirmError):
        answer(dialogue)


def test_a_body_that_ends_leaves_its_mandates_to_be_answered(dialogue):
    owner = person_with(Role.OWNER, dialogue.organisation)
    body = dialogue.mandate.start_body
    body.last_day = PERIOD_ENDS
    body.save()
    assert is_unconfirmed(dialogue, on=TODAY)
    remind_of_periods(at=NOW)
    assert Message.objects.get(key__startswith="period:").recipient == owner.email

    answer(dialogue)

    assert not is_unconfirmed(dialogue, on=TODAY)


def test_the_new_body_decides_when_it_sits(dialogue):
    period(dialogue)
    with pytest.raises(TooEarlyError):
        answer(dialogue, decided_on=PERIOD_ENDS)


def test_a_mandate_that_ends_breaks_the_dialogue_off_with_reasons(dialogue):
    period(dialogue)

    answer(dialogue, end_mandate, reason="Ny majoritet.", feedback="Ni får svar den 1 maj.")

    ended = Dialogue.objects.get(pk=dialogue.pk)
    assert ended.state == DialogueState.CANCELLED
    assert (ended.cancel_reason, ended.cancel_feedback) == (
        "Ny majoritet.",
        "Ni får svar den 1 maj.",
    )


def test_a_period_that_ended_before_the_dialogue_began_needs_no_answer(dialogue):
    period(dialogue, date(2026, 2, 1))
    with pytest.raises(NothingToConfirmError):
        answer(dialogue)


def test_a_mandate_is_answered_once_per_period_and_with_a_number(dialogue):
    row = {
        "dialogue": dialogue,
        "period_last_day": PERIOD_ENDS,
        "verdict": MandateVerdict.CONFIRMED,
        "body": dialogue.mandate.start_body,
        "decided_on": TODAY,
        "at": NOW,
    }
    MandateConfirmation.objects.create(dnr="1", **row)
    with transaction.atomic(), pytest.raises(IntegrityError, match="mandate_confirmed_once"):
        MandateConfirmation.objects.create(dnr="2", **row)
    with transaction.atomic(), pytest.raises(IntegrityError, match="mandate_confirmed_with_dnr"):
        MandateConfirmation.objects.create(dnr="", **(row | {"period_last_day": TODAY}))


def test_the_decision_is_noted_on_its_page_and_the_period_on_the_bodys(client, dialogue):
    owner = sign_in(client, person_with(Role.OWNER, dialogue.organisation))
    body = dialogue.mandate.start_body
    ended = localdate() - timedelta(days=5)
    Dialogue.objects.filter(pk=dialogue.pk).update(published_at=timezone.now() - timedelta(days=90))
    periods = reverse("dialogues:periods", args=[dialogue.organisation.slug])
    owner.post(periods, {"body": body.public_id, "last_day": ended.isoformat()})
    where = reverse("dialogues:mandate_confirm", args=[dialogue.public_id])
    told = {
        "verdict": "ended",
        "body": body.public_id,
        "decided_on": localdate().isoformat(),
        "dnr": "BUN 1",
    }
    assert "Behövs när uppdraget avslutas" in owner.post(where, told).content.decode()
    assert not MandateConfirmation.objects.exists()

    owner.post(where, told | {"verdict": "confirmed"})

    assert MandateConfirmation.objects.get().dnr == "BUN 1"
    stranger = sign_in(client, person_with(Role.PROCESS_LEADER, dialogue.organisation))
    assert stranger.get(periods).status_code == 404
