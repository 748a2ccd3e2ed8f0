"""What happens to letters with time, and what only a person decides."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app

from brygga.core.audit.queries import trail
from brygga.core.mail import operations, tasks
from brygga.core.mail.enums import State, SuppressionReason
from brygga.core.mail.models import EMPTY, Message, Suppression
from tests.core.mail.ledger import AT, ask, carry, forget_jobs, jobs_of
from tests.core.mail.office import DROP
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def uncertain(office):
    office.answer("END", DROP)
    return carry(ask())


def content_of(message):
    message.refresh_from_db()
    return {name: getattr(message, name) for name in EMPTY}


def test_a_sent_letter_is_emptied_when_its_time_has_come_and_the_row_stays(office):
    message = carry(ask(unsubscribe_url="https://example.test/av/hemlig"))
    other = ask(key="trial:2", due_at=AT + timedelta(days=90))

    assert operations.empty_old_messages(at=AT + timedelta(days=30, seconds=-1)) == 0
    assert content_of(message)["recipient"] == "amina@example.test"
    assert operations.empty_old_messages(at=AT + timedelta(days=30)) == 1
    assert operations.empty_old_messages(at=AT + timedelta(days=31)) == 0

    assert content_of(message) == EMPTY
    assert (message.state, message.sent_at, message.kind) == (State.SENT, AT, "trial")
    assert content_of(other)["recipient"] == "amina@example.test"


@pytest.mark.parametrize("reply", ["550 No", DROP])
def test_letters_that_did_not_arrive_are_emptied_too(office, reply):
    office.answer("END", reply)
    message = carry(ask())
    assert operations.empty_old_messages(at=AT + timedelta(days=30)) == 1
    assert content_of(message) == EMPTY


def test_an_uncertain_letter_is_sent_again_by_a_person_under_the_same_message_id(
    office, uncertain, person
):
    forget_jobs()
    operations.send_again(message_id=uncertain.message_id, by=person, at=AT)
    assert jobs_of(uncertain) == [("todo", AT)]
    carry(uncertain)

    [letter], [row] = office.letters, trail(uncertain)
    assert (uncertain.state, uncertain.attempts) == (State.SENT, 2)
    assert letter["Message-ID"] == uncertain.message_id
    assert (row.action, row.by, row.at) == ("mail.send_uncertain_again", person, AT)


def test_a_failed_letter_is_tried_anew_by_a_person(office, person):
    office.answer("MAIL", "550 You may not send")
    message = carry(ask())
    operations.send_again(message_id=message.message_id, by=person, at=AT)
    assert carry(message).state == State.SENT
    assert [row.action for row in trail(message)] == ["mail.send_failed_again"]


def test_a_letter_that_failed_before_it_was_written_is_written_anew(office, person):
    message = carry(ask(template="trial/none"))
    type(message).objects.update(template="trial/news")
    operations.send_again(message_id=message.message_id, by=person, at=AT)
    message.refresh_from_db()
    assert message.state == State.DUE
    assert carry(message).state == State.SENT


def test_a_letter_that_is_let_be_keeps_its_state_and_loses_its_content(office, uncertain, person):
    operations.let_be(message_id=uncertain.message_id, by=person, at=AT)
    assert content_of(uncertain) == EMPTY
    assert uncertain.state == State.UNCERTAIN
    assert [row.action for row in trail(uncertain)] == ["mail.let_uncertain_be"]
    with pytest.raises(operations.AlreadyDecidedError):
        operations.send_again(message_id=uncertain.message_id, by=person, at=AT)
    assert office.received == []


@pytest.mark.parametrize("decide", [operations.send_again, operations.let_be])
def test_nobody_decides_on_a_letter_that_does_not_wait_for_a_person(office, person, decide):
    sent, waiting = carry(ask()), ask(key="trial:2", due_at=AT + timedelta(days=1))
    for message_id in (sent.message_id, waiting.message_id, "<none@localhost>"):
        with pytest.raises(operations.AlreadyDecidedError):
            decide(message_id=message_id, by=person, at=AT)
    assert list(trail(sent)) + list(trail(waiting)) == []
    assert len(office.received) == 1


def test_a_letter_whose_job_is_lost_gets_a_new_one(office):
    message = ask()
    assert operations.defer_neglected(at=AT + timedelta(minutes=3)) == 0
    forget_jobs()
    assert operations.defer_neglected(at=AT + timedelta(minutes=1)) == 0
    assert operations.defer_neglected(at=AT + timedelta(minutes=3)) == 1
    assert jobs_of(message) == [("todo", AT)]


def test_letters_at_their_end_or_in_the_future_get_no_new_job(office):
    carry(ask())
    ask(key="trial:2", due_at=AT + timedelta(days=1))
    forget_jobs()
    assert operations.defer_neglected(at=AT + timedelta(minutes=3)) == 0


def test_a_suppressed_address_is_kept_as_a_hash_and_once():
    for _ in range(2):
        operations.suppress(
            address="amina@example.test", reason=SuppressionReason.UNREACHABLE, at=AT
        )
    [row] = Suppression.objects.all()
    assert "amina" not in repr(row.__dict__)
    assert [audit.action for audit in trail(row)] == ["mail.suppress"]


def test_the_sweep_and_the_emptying_run_by_themselves(office):
    lost, abandoned, old = ask(), ask(key="trial:2"), carry(ask(key="trial:3"))
    forget_jobs()
    in_hand = {"state": State.QUEUED, "rendered_at": AT, "queued_at": AT}
    Message.objects.filter(pk=abandoned.pk).update(
        **in_hand, claim=uuid4(), claimed_at=AT, handed_over_at=AT
    )

    assert {task.task.name for task in app.periodic_registry.periodic_tasks.values()} >= {
        "mail.sweep",
        "mail.empty",
    }
    tasks.sweep(0)
    tasks.empty(0)

    abandoned.refresh_from_db()
    assert [status for status, _ in jobs_of(lost)] == ["todo"]
    assert abandoned.state == State.UNCERTAIN
    assert content_of(old) == EMPTY


@pytest.mark.usefixtures("committed")
def test_the_worker_sends_what_is_in_line_and_tries_again_what_was_refused(office):
    office.answer("RCPT", "451 Later")
    now = timezone.now()
    refused = ask(key="trial:1", due_at=now, at=now)
    accepted = ask(key="trial:2", due_at=now, at=now)
    future = ask(key="trial:3", due_at=now + timedelta(days=1), at=now)

    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(
            wait=False, concurrency=1, install_signal_handlers=False, listen_notify=False
        )

    for message in (refused, accepted, future):
        message.refresh_from_db()
    assert [refused.state, accepted.state, future.state] == [State.QUEUED, State.SENT, State.DUE]
    assert jobs_of(refused) == [("todo", refused.next_attempt_at)]
    assert jobs_of(accepted) == []
    assert jobs_of(future) == [("todo", now + timedelta(days=1))]
    assert office.times_received == {accepted.message_id: 1}


def test_what_a_restored_backup_would_send_now_waits_for_a_person_and_is_sent_as_meant(
    office, person
):
    message = ask()
    later = ask(key="trial:2", due_at=AT + timedelta(days=90))

    assert operations.hold_after_restore(at=AT) == 1
    assert carry(message).state == State.UNCERTAIN
    assert "backup" in message.last_error
    assert carry(later).state == State.DUE
    assert office.received == []

    operations.send_again(message_id=message.message_id, by=person, at=AT)
    assert carry(message).state == State.SENT
    assert office.letters[0]["Subject"] == message.subject


def test_a_sign_in_code_from_a_restored_backup_is_dropped_with_its_content(office):
    secret = operations.queue_rendered_secret(
        kind="trial",
        recipient="amina@example.test",
        language="sv",
        subject="Din kod",
        body_text="ABC123",
        body_html="",
        at=AT,
    )

    assert operations.hold_after_restore(at=AT) == 1
    assert carry(secret).state == State.FAILED
    assert content_of(secret) == EMPTY
    assert office.received == []
