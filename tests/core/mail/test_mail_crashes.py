"""Letters among several workers, some of which are killed: real threads, processes, connections."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Event
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings as django_settings
from django.db import connection

from brygga.core.mail import operations
from brygga.core.mail.enums import State
from brygga.core.mail.models import Message
from tests.core.mail.ledger import AT, all_messages, ask, carry, forget_jobs, jobs_of

pytestmark = pytest.mark.usefixtures("committed")

ROOT = Path(__file__).parents[3]
SOON = AT + timedelta(seconds=1)
LATER = AT + timedelta(minutes=20)


def in_thread(work, *arguments, **named):
    """Run with a database connection of its own, closed at the end."""

    def run():
        try:
            return work(*arguments, **named)
        finally:
            connection.close()

    return run


def address_of_test_database():
    at = connection.settings_dict
    place = urlencode({name: at[name.upper()] for name in ("host", "port") if at[name.upper()]})
    return f"postgresql://{quote(at['USER'])}:{quote(at['PASSWORD'])}@/{at['NAME']}?{place}"


def start_worker(message):
    port = str(django_settings.MAIL_SERVER.port)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.core.mail.carry_one", str(message.pk), port],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "brygga.config.settings",
            "DATABASE_URL": address_of_test_database(),
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        },
    )


def kill(worker):
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    with connection.cursor() as cursor:  # PostgreSQL notices in its own time
        for _ in range(1_000):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.01)
    raise AssertionError("The killed worker's lock is still held.")


def test_two_workers_with_the_same_letters_send_each_once(office):
    messages = [ask(key=f"trial:{number}") for number in range(30)]

    def work():
        for message in messages:
            carry(Message.objects.get(pk=message.pk))

    with ThreadPoolExecutor(2) as workers:
        for result in [workers.submit(in_thread(work)) for _ in range(2)]:
            result.result()

    assert office.times_received == Counter(message.message_id for message in messages)
    assert {message.state for message in all_messages()} == {State.SENT}
    assert {message.attempts for message in all_messages()} == {1}


def test_a_worker_killed_in_the_hand_over_leaves_the_letter_uncertain(office):
    open_again = Event()
    office.answer("END", open_again)
    message = ask()
    worker = start_worker(message)
    assert office.reached["END"].wait(30)
    kill(worker)
    open_again.set()

    assert operations.recover_abandoned(at=SOON) == 1
    message.refresh_from_db()
    assert message.state == State.UNCERTAIN
    assert message.last_error == "The process stopped in the hand-over."

    operations.recover_abandoned(at=LATER)
    operations.defer_neglected(at=LATER)
    assert carry(message, LATER).state == State.UNCERTAIN
    assert len(office.received) <= 1


@pytest.mark.parametrize("step", ["MAIL", "RCPT"])
def test_a_worker_killed_before_the_hand_over_costs_nothing(office, step):
    open_again = Event()
    office.answer(step, open_again)
    message = ask()
    worker = start_worker(message)
    assert office.reached[step].wait(30)
    kill(worker)
    open_again.set()
    forget_jobs()

    assert operations.recover_abandoned(at=SOON) == 1
    assert jobs_of(message) == [("todo", SOON)]
    assert carry(message, SOON).state == State.SENT
    assert office.times_received == {message.message_id: 1}


def test_a_worker_that_lives_keeps_its_letter(office):
    go_on = Event()
    office.answer("RCPT", go_on)
    message = ask()
    with ThreadPoolExecutor(1) as workers:
        result = workers.submit(in_thread(carry, message))
        assert office.reached["RCPT"].wait(30)
        assert operations.recover_abandoned(at=SOON) == 0
        go_on.set()
        result.result()

    assert message.state == State.SENT
    assert office.times_received == {message.message_id: 1}


def test_a_worker_that_wakes_after_it_was_taken_for_dead_sends_nothing(office):
    wake_up = Event()
    office.answer("RCPT", wake_up)
    message = ask()
    with ThreadPoolExecutor(1) as workers:
        sleeper = workers.submit(in_thread(carry, Message.objects.get(pk=message.pk)))
        assert office.reached["RCPT"].wait(30)
        assert operations.recover_abandoned(at=LATER) == 1
        wake_up.set()
        sleeper.result()
    message.refresh_from_db()
    assert (message.state, message.handed_over_at) == (State.QUEUED, None)
    assert office.received == []

    assert carry(message, LATER).state == State.SENT
    assert office.times_received == {message.message_id: 1}


def test_a_slow_answer_after_the_letter_was_called_uncertain_still_counts(office):
    answer = Event()
    office.answer("END", answer)
    message = ask()
    with ThreadPoolExecutor(1) as workers:
        patient = workers.submit(in_thread(carry, Message.objects.get(pk=message.pk)))
        assert office.reached["END"].wait(30)
        assert operations.recover_abandoned(at=LATER) == 1
        message.refresh_from_db()
        assert message.state == State.UNCERTAIN
        answer.set()
        patient.result()
    message.refresh_from_db()
    assert message.state == State.SENT
    assert office.times_received == {message.message_id: 1}


def test_two_requests_with_the_same_key_at_once_make_one_letter():
    with ThreadPoolExecutor(4) as workers:
        asked = [workers.submit(in_thread(ask)) for _ in range(8)]
        found = {each.result().pk for each in asked}
    [message] = all_messages()
    assert found == {message.pk}
    assert len(jobs_of(message)) == 1
