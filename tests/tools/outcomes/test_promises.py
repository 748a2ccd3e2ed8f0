"""A promise of feedback from the day it is given until it is kept, day by day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from brygga.accounts.enums import Role
from brygga.core.audit.models import AuditRow
from brygga.core.mail.models import Message
from brygga.dialogues.enums import DialogueState, FollowerState, StepKind, TeamRole
from brygga.dialogues.operations.publication import publish_as_dialogue
from brygga.dialogues.registry import registry
from brygga.tools.outcomes import rules
from brygga.tools.outcomes.enums import PromiseState, Standing
from brygga.tools.outcomes.models import FeedbackPromise, PromiseChange
from brygga.tools.outcomes.operations.errors import ReasonMissingError
from brygga.tools.outcomes.operations.promises import (
    AlreadyKeptError,
    DateNotLaterError,
    TooLateToMoveError,
    give_promise,
    keep_promise,
    move_promise,
    send_reminders,
)
from brygga.tools.outcomes.tool import TOOL
from tests.factories.accounts import UserFactory, person_with
from tests.factories.dialogues import NOW, FollowerFactory, dialogue_in, team_member
from tests.factories.outcomes import FeedbackPromiseFactory

# The ten working days after this Friday step over Christmas Eve, both Christmas days, New Year's
# Eve, New Year's Day and Epiphany: the last one is 8 January.
DUE = date(2026, 12, 18)
LAST_DAY = date(2027, 1, 8)


def noon(day):
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


@pytest.fixture
def promise(db):
    return FeedbackPromiseFactory(due_on=DUE)


def days(first, last):
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def titles_for(user, on):
    return [item.title for item in TOOL.today_items(user, noon(on))]


def test_a_late_promise_over_christmas_is_public_after_ten_working_days(promise):
    secretary = team_member(promise.dialogue, TeamRole.SECRETARY)
    outsider = team_member(promise.dialogue, TeamRole.OFFICIAL)
    for day in days(date(2026, 12, 4), date(2027, 1, 20)):
        expected = (
            Standing.OPEN if day <= DUE else Standing.LATE if day <= LAST_DAY else Standing.BROKEN
        )
        [fact] = TOOL.facts(promise.dialogue, day)
        assert rules.standing(promise, on=day) == expected, day
        assert fact.is_overdue == (day > LAST_DAY), day
        assert titles_for(promise.owner, day) == [promise.text], day
        assert titles_for(secretary, day) == ([promise.text] if day > DUE else []), day
        assert titles_for(outsider, day) == [], day
        for person, roles, allowed in (
            (promise.owner, frozenset(), True),
            (secretary, frozenset({TeamRole.SECRETARY}), True),
            (outsider, frozenset({TeamRole.OFFICIAL, TeamRole.PROCESS_LEADER}), False),
        ):
            may = rules.may_move(promise, user_id=person.pk, roles=roles, on=day)
            assert may == (allowed and day <= LAST_DAY), day


def test_the_owner_is_reminded_14_and_3_days_before_and_on_the_day(promise):
    sent = {}
    for day in days(date(2026, 12, 1), DUE):
        before = Message.objects.count()
        send_reminders(at=noon(day))
        if Message.objects.count() > before:
            sent[day] = Message.objects.latest("pk").recipient
    owner = promise.owner.email
    expected = [DUE - timedelta(days=14), DUE - timedelta(days=3), DUE]
    assert sent == dict.fromkeys(expected, owner)


def test_a_reminder_that_is_asked_for_twice_is_sent_once(promise):
    for _ in range(3):
        send_reminders(at=noon(DUE))
    assert Message.objects.count() == 1


def test_a_worker_that_slept_sends_the_reminder_that_stands(promise):
    send_reminders(at=noon(DUE - timedelta(days=2)))
    send_reminders(at=noon(DUE - timedelta(days=1)))
    assert [message.key.rpartition(":")[2] for message in Message.objects.all()] == ["3"]


def test_the_secretary_is_told_once_it_is_late(promise):
    body = promise.dialogue.bodies.get()
    secretary = person_with(Role.SECRETARY, body.organisation, body)
    person_with(Role.SECRETARY, body.organisation)
    elsewhere = person_with(Role.SECRETARY, dialogue_in().organisation)
    for day in days(DUE + timedelta(days=1), date(2027, 1, 15)):
        send_reminders(at=noon(day))
    told = list(Message.objects.values_list("recipient", flat=True))
    assert promise.owner.email in told
    assert secretary.email in told
    assert elsewhere.email not in told
    assert len(told) == len(set(told)) == 3
    assert "8 januari 2027" in str(Message.objects.first().context)


def test_a_promise_that_is_moved_is_reminded_of_anew(promise):
    send_reminders(at=noon(DUE))
    move_promise(
        promise=promise,
        to_date=date(2027, 2, 1),
        reason="Nämnden träffas i januari.",
        by=promise.owner,
        at=noon(DUE),
    )
    send_reminders(at=noon(date(2027, 1, 18)))
    assert Message.objects.count() == 2


def test_a_new_date_is_kept_with_its_reason_and_everybody_reads_it(promise):
    move_promise(
        promise=promise,
        to_date=date(2027, 2, 1),
        reason="Nämnden träffas i januari.",
        by=promise.owner,
        at=noon(LAST_DAY),
    )
    change = PromiseChange.objects.get()
    assert (change.from_date, change.to_date) == (DUE, date(2027, 2, 1))
    [fact] = TOOL.facts(promise.dialogue, LAST_DAY + timedelta(days=3))
    assert not fact.is_overdue
    assert "Nämnden träffas i januari." in fact.value


def test_a_broken_promise_cannot_be_moved_only_kept(promise):
    late = noon(LAST_DAY + timedelta(days=1))
    with pytest.raises(TooLateToMoveError):
        move_promise(
            promise=promise,
            to_date=date(2027, 2, 1),
            reason="Vi glömde.",
            by=promise.owner,
            at=late,
        )
    keep_promise(promise=promise, said="Här är svaret.", by=promise.owner, at=late)
    promise.refresh_from_db()
    assert rules.standing(promise, on=late.date()) == Standing.KEPT


@pytest.mark.parametrize("to_date", [DUE, DUE - timedelta(days=1), DUE + timedelta(days=3)])
def test_a_promise_is_moved_only_to_a_later_day_that_has_not_been(promise, to_date):
    with pytest.raises(DateNotLaterError):
        move_promise(
            promise=promise,
            to_date=to_date,
            reason="Skäl.",
            by=promise.owner,
            at=noon(DUE + timedelta(days=5)),
        )
    assert not PromiseChange.objects.exists()


def test_moving_and_keeping_say_something(promise):
    with pytest.raises(ReasonMissingError):
        move_promise(promise=promise, to_date=LAST_DAY, reason=" ", by=promise.owner, at=noon(DUE))
    with pytest.raises(ReasonMissingError):
        keep_promise(promise=promise, said=" \n", by=promise.owner, at=noon(DUE))


def test_keeping_it_tells_who_follows_and_keeps_what_was_said_and_when(promise):
    follower = FollowerFactory(
        dialogue=promise.dialogue, state=FollowerState.CONFIRMED, confirmed_at=NOW
    )
    FollowerFactory(dialogue=promise.dialogue)
    keep_promise(promise=promise, said="Vi gjorde så här.", by=promise.owner, at=noon(DUE))
    promise.refresh_from_db()
    assert (promise.state, promise.kept_with) == (PromiseState.KEPT, "Vi gjorde så här.")
    assert promise.kept_at == noon(DUE)
    assert [message.recipient for message in Message.objects.all()] == [follower.email]
    assert AuditRow.objects.filter(action="promise.keep", by=promise.owner).exists()
    with pytest.raises(AlreadyKeptError):
        keep_promise(promise=promise, said="Igen.", by=promise.owner, at=noon(DUE))


def test_the_promise_of_the_mandate_is_the_first_when_the_dialogue_is_published(db):
    draft = dialogue_in(state=DialogueState.DRAFT)
    publish_as_dialogue(dialogue=draft, by=UserFactory(), at=NOW)
    promise = FeedbackPromise.objects.get()
    mandate = draft.mandate
    assert (promise.text, promise.due_on, promise.owner) == (
        mandate.feedback_promise,
        mandate.feedback_on,
        mandate.feedback_owner,
    )
    registry.published(draft, UserFactory(), NOW)
    assert FeedbackPromise.objects.count() == 1
    [fact] = TOOL.facts(draft, mandate.feedback_on)
    assert fact.value == mandate.feedback_promise


def test_the_dialogue_page_tells_the_promise_with_its_present_date_only(client, db):
    draft = dialogue_in(state=DialogueState.DRAFT)
    leader = UserFactory()
    publish_as_dialogue(dialogue=draft, by=leader, at=NOW)
    [promise] = FeedbackPromise.objects.all()
    move_promise(
        promise=promise, to_date=date(2027, 2, 1), reason="Mötet flyttades.", by=leader, at=NOW
    )
    draft.refresh_from_db()
    text = client.get(draft.get_absolute_url()).content.decode()
    assert text.count("Du får svar senast") == 0
    assert "Utlovat senast den 1 februari 2027" in text
    assert "Mötet flyttades." in text


def test_what_was_promised_ends_where_a_dialogue_is_broken_off(db):
    promise = FeedbackPromiseFactory(
        dialogue=dialogue_in(StepKind.DECISION, DialogueState.CANCELLED), due_on=DUE
    )
    late = LAST_DAY + timedelta(days=30)
    assert send_reminders(at=noon(DUE)) == send_reminders(at=noon(late)) == 0
    assert titles_for(promise.owner, DUE) == []
    [fact] = TOOL.facts(promise.dialogue, late)
    assert not fact.is_overdue


def test_a_promise_sent_twice_is_given_once(promise):
    given = [
        give_promise(
            dialogue=promise.dialogue,
            text="Vi berättar i maj.",
            owner=promise.owner,
            due_on=DUE,
            by=promise.owner,
            at=NOW,
            client_key="click",
        )
        for _ in range(2)
    ]
    assert given[0] == given[1]
    assert FeedbackPromise.objects.count() == 2
