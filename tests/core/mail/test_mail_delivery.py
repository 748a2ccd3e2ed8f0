"""One letter against a real mail server, well-behaved and not."""

from datetime import timedelta

import pytest

from brygga.core.mail import operations
from brygga.core.mail.enums import State, SuppressionReason
from tests.core.mail.ledger import AT, ask, carry, forget_jobs, jobs_of
from tests.core.mail.office import DROP, SILENCE

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def test_a_letter_that_is_accepted_is_sent_once(office):
    message = carry(ask())
    operations.deliver(pk=message.pk, at=AT + MINUTE)

    [letter] = office.letters
    [envelope] = office.received
    assert message.state == State.SENT
    assert (message.sent_at, message.attempts, message.last_error) == (AT, 1, "")
    assert letter["Message-ID"] == message.message_id
    assert letter["Subject"] == "Ja: Skolan i Ås"
    assert envelope.rcpt_tos == ["amina@example.test"]
    assert "Skolan i Ås" in letter.get_body(["plain"]).get_content()
    assert "<h1>Skolan i Ås</h1>" in letter.get_body(["html"]).get_content()


def test_a_letter_is_not_sent_before_it_is_due(office):
    message = carry(ask(due_at=AT + timedelta(days=2)))
    assert message.state == State.DUE
    assert office.received == []

    assert carry(message, AT + timedelta(days=2)).state == State.SENT
    assert len(office.received) == 1


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "END"])
def test_a_letter_that_is_refused_for_now_is_tried_again(office, step):
    office.answer(step, "451 4.3.0 Come back later")
    message = ask()
    forget_jobs()

    carry(message)

    assert message.state == State.QUEUED
    assert (message.claim, message.handed_over_at) == (None, None)
    assert message.last_error == "451 4.3.0 Come back later"
    assert message.next_attempt_at == AT + MINUTE
    assert jobs_of(message) == [("todo", AT + MINUTE)]

    operations.deliver(pk=message.pk, at=AT + MINUTE / 2)
    assert office.received == []
    operations.deliver(pk=message.pk, at=AT + MINUTE)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.SENT, 2)
    assert office.times_received == {message.message_id: 1}


def test_waits_grow_until_the_letter_is_given_up(office):
    office.answer("RCPT", *["450 4.2.1 Mailbox busy"] * 200)
    message = carry(ask())
    waits = []
    at = AT
    while message.state == State.QUEUED:
        waits.append((message.next_attempt_at - at) / MINUTE)
        at = message.next_attempt_at
        carry(message, at)

    assert waits[:8] == [1, 2, 5, 15, 30, 60, 60, 60]
    assert message.state == State.FAILED
    assert timedelta(days=5) <= at - AT <= timedelta(days=5, hours=1)
    assert office.received == []


@pytest.mark.parametrize("step", ["RCPT", "DATA", "END"])
def test_a_letter_that_is_refused_for_good_has_bounced_and_names_nobody(office, step):
    office.answer(step, "550 5.1.1 <amina@example.test>: amina is unknown here")

    message = carry(ask())
    carry(message, AT + timedelta(hours=3))

    assert message.state == State.BOUNCED
    assert message.last_error == "550 5.1.1 <…>: … is unknown here"
    assert message.attempts == 1
    assert office.received == []


def test_a_refused_sender_is_our_fault_and_not_the_recipients(office):
    office.answer("MAIL", "550 5.7.1 You may not send")
    message = carry(ask())
    assert (message.state, message.last_error) == (State.FAILED, "550 5.7.1 You may not send")


def test_a_letter_waits_while_the_server_is_away(closed_office):
    message = carry(ask())
    assert message.state == State.QUEUED
    assert "ConnectionRefusedError" in message.last_error

    later = AT + timedelta(days=30)
    assert carry(message, later).state == State.QUEUED
    assert message.next_attempt_at > later


@pytest.mark.parametrize("step", ["MAIL", "RCPT"])
@pytest.mark.parametrize("fault", [DROP, SILENCE])
def test_a_connection_lost_before_the_hand_over_is_tried_again(office, settings, step, fault):
    settings.MAIL_ANSWER_WITHIN = 0.5
    office.answer(step, fault)

    message = carry(ask())
    assert (message.state, message.handed_over_at) == (State.QUEUED, None)

    carry(message, AT + MINUTE)
    assert message.state == State.SENT
    assert office.times_received == {message.message_id: 1}


def test_a_connection_lost_in_the_middle_of_the_text_is_tried_again(office):
    office.answer("TEXT", DROP)

    message = carry(ask(template="trial/plain", context={"title": ("x" * 900 + "\n") * 5_000}))
    assert (message.state, message.handed_over_at) == (State.QUEUED, None)

    carry(message, AT + MINUTE)
    assert message.state == State.SENT
    assert office.times_received == {message.message_id: 1}


@pytest.mark.parametrize("fault", [DROP, SILENCE])
def test_a_connection_lost_after_the_hand_over_leaves_the_letter_uncertain(office, settings, fault):
    settings.MAIL_VERDICT_WITHIN = 0.5
    office.answer("END", fault)

    message = carry(ask())
    assert message.state == State.UNCERTAIN
    assert message.handed_over_at == AT

    operations.recover_abandoned(at=AT + timedelta(days=1))
    operations.defer_neglected(at=AT + timedelta(days=1))
    carry(message, AT + timedelta(days=1))
    assert message.state == State.UNCERTAIN
    assert office.received == []


def test_an_answer_that_nobody_understands_leaves_the_letter_uncertain(office):
    office.answer("END", "350 Maybe")
    assert carry(ask()).state == State.UNCERTAIN


def test_a_letter_to_somebody_who_wants_none_never_leaves(office):
    early, late = ask(), ask(key="trial:2")
    operations.render(pk=late.pk, at=AT)
    operations.enqueue(pk=late.pk, at=AT)
    operations.suppress(address="Amina@Example.test", reason=SuppressionReason.REFUSED, at=AT)

    assert carry(early).state == State.SUPPRESSED
    assert carry(late).state == State.SUPPRESSED
    assert carry(ask(key="trial:3", recipient="bo@example.test")).state == State.SENT
    assert len(office.received) == 1


def test_who_has_unsubscribed_still_gets_what_cannot_be_unsubscribed_from(office):
    operations.suppress(address="amina@example.test", reason=SuppressionReason.UNSUBSCRIBED, at=AT)
    newsletter = ask(unsubscribe_url="https://example.test/av/1")
    receipt = ask(key="trial:2")

    assert carry(newsletter).state == State.SUPPRESSED
    assert carry(receipt).state == State.SENT

    operations.lift_suppression(
        address="amina@example.test", reason=SuppressionReason.UNSUBSCRIBED, at=AT
    )
    again = ask(key="trial:3", unsubscribe_url="https://example.test/av/1")
    assert carry(again).state == State.SENT
