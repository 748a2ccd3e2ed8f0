"""An election in the middle of a dialogue: day by day over the end of the body's period."""

from datetime import UTC, date, datetime

import pytest

from brygga.accounts.enums import Role
from brygga.core.mail.models import Message
from brygga.dialogues.enums import DialogueState, LogKind, StepKind
from brygga.dialogues.models import Dialogue, Mandate
from brygga.dialogues.operations.periods import (
    NothingToConfirmError,
    TooEarlyError,
    confirm_mandate,
    end_mandate,
    remind_of_periods,
    set_period,
)
from brygga.dialogues.queries.access import reader_permissions
from brygga.dialogues.queries.periods import is_unconfirmed, standing_of_mandate
from brygga.dialogues.registry import registry
from brygga.dialogues.rules import Permission
from brygga.tools.outcomes import rules
from brygga.tools.outcomes.enums import Standing
from brygga.tools.outcomes.models import FeedbackPromise
from brygga.tools.outcomes.operations.promises import promise_of_mandate, send_reminders
from tests.factories.accounts import UserFactory, person_with
from tests.factories.dialogues import NOW, dialogue_in

pytestmark = pytest.mark.django_db
LAST_DAY, PROMISED = date(2026, 12, 31), date(2027, 2, 15)
UNCONFIRMED = "Den nya nämnden har ännu inte bekräftat uppdraget"


def noon(year, month, day):
    return datetime(year, month, day, 11, tzinfo=UTC)


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def dialogue(owner):
    """A dialogue in flight: people take part, and are promised an answer after the election."""
    dialogue = dialogue_in(StepKind.PERSPECTIVES)
    person_with(Role.OWNER, dialogue.organisation)
    Mandate.objects.filter(dialogue=dialogue).update(feedback_on=PROMISED, feedback_owner=owner)
    dialogue = Dialogue.objects.select_related("mandate").get(pk=dialogue.pk)
    promise_of_mandate(dialogue=dialogue, by=owner, at=NOW)
    set_period(body=dialogue.mandate.start_body, last_day=LAST_DAY, by=owner, at=NOW)
    return dialogue


def read(client, dialogue, at, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    return client.get(dialogue.get_absolute_url()).content.decode()


def decided(dialogue, decide, at, **more):
    body = dialogue.mandate.start_body
    given = {"body": body, "decided_on": at.date(), "dnr": "BUN 2027/3", "by": UserFactory()}
    return decide(dialogue=dialogue, at=at, **given | more)


def letters_to(owner):
    return Message.objects.filter(recipient=owner.email).count()


def test_what_was_promised_holds_until_and_after_the_new_body_confirms(
    client, dialogue, owner, monkeypatch
):
    assert remind_of_periods(at=noon(2026, 11, 1)) == 0
    with pytest.raises(NothingToConfirmError):
        decided(dialogue, confirm_mandate, noon(2026, 11, 1))
    for day in (2, 3, 20):
        assert remind_of_periods(at=noon(2026, 11, day)) == 1
    assert Message.objects.filter(key__startswith="period:").count() == 1
    with pytest.raises(TooEarlyError):  # the old body does not speak for the new one
        decided(dialogue, confirm_mandate, noon(2026, 12, 31))
    assert UNCONFIRMED not in read(client, dialogue, noon(2026, 12, 31), monkeypatch)

    text = read(client, dialogue, noon(2027, 1, 1), monkeypatch)
    assert UNCONFIRMED in text
    assert "15 februari 2027" in text  # nobody has moved what residents were promised
    assert Permission.SPEAK in reader_permissions(dialogue, UserFactory())
    assert send_reminders(at=noon(2027, 2, 1)) == 1
    assert letters_to(owner) == 1

    decided(dialogue, confirm_mandate, noon(2027, 2, 3))

    text = read(client, dialogue, noon(2027, 2, 4), monkeypatch)
    assert UNCONFIRMED not in text
    assert "15 februari 2027" in text
    promise = FeedbackPromise.objects.get()
    assert (promise.due_on, promise.owner) == (PROMISED, owner)
    assert rules.standing(promise, on=date(2027, 3, 5)) == Standing.BROKEN  # an answer is owed
    assert "BUN 2027/3" in dialogue.log.get(kind=LogKind.MANDATE_CONFIRMED).text


def test_when_the_new_body_ends_it_people_are_answered_at_once_and_the_promise_is_not_hidden(
    client, dialogue, owner, monkeypatch
):
    at = noon(2027, 1, 20)
    why = {"reason": "Ny majoritet.", "feedback": "Era inspel lämnas till den nya nämnden."}
    decided(dialogue, end_mandate, at, **why)

    text = read(client, dialogue, noon(2027, 1, 21), monkeypatch)
    assert "Era inspel lämnas till den nya nämnden." in text
    assert "Ny majoritet." in text
    ended = Dialogue.objects.get(pk=dialogue.pk)
    assert ended.state == DialogueState.CANCELLED
    assert Permission.SPEAK not in reader_permissions(ended, UserFactory())
    promise = FeedbackPromise.objects.select_related("dialogue").get()
    assert rules.standing(promise, on=date(2027, 3, 5)) == Standing.ENDED
    told = [fact for fact in registry.facts(ended, date(2027, 3, 5)) if fact.is_promise]
    assert len(told) == 1
    assert send_reminders(at=noon(2027, 2, 1)) == 0
    assert letters_to(owner) == 0


def test_each_period_asks_anew_and_a_body_that_ends_asks_too(dialogue, owner):
    body = dialogue.mandate.start_body
    decided(dialogue, confirm_mandate, noon(2027, 1, 20))
    set_period(body=body, last_day=date(2030, 12, 31), by=owner, at=NOW)
    assert not is_unconfirmed(dialogue, on=date(2030, 12, 31))
    assert is_unconfirmed(dialogue, on=date(2031, 1, 1))
    assert standing_of_mandate(dialogue, on=date(2030, 11, 5)).last_day == date(2030, 12, 31)
    body.last_day = date(2028, 6, 30)
    body.save()

    found = standing_of_mandate(dialogue, on=date(2031, 1, 1))
    assert (found.body, found.last_day) == (body, date(2028, 6, 30))  # the earliest comes first
    assert is_unconfirmed(dialogue, on=date(2028, 7, 1))
    assert not is_unconfirmed(dialogue, on=date(2028, 6, 30))
