"""Asking for letters: once per key, in the asker's transaction, to one plain address."""

from datetime import timedelta

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from brygga.core.mail import operations
from brygga.core.mail.enums import State
from tests.core.mail.ledger import AT, all_messages, ask, carry, jobs_of

pytestmark = pytest.mark.django_db


def test_a_letter_and_its_job_are_in_line_from_the_start():
    message = ask(due_at=AT + timedelta(hours=1))
    assert message.state == State.DUE
    assert message.message_id.endswith("@localhost>")
    assert jobs_of(message) == [("todo", AT + timedelta(hours=1))]


def test_asking_again_with_the_same_key_adds_nothing():
    message = ask()
    again = ask(context={"title": "Something else"}, due_at=AT + timedelta(days=1))
    assert again == message
    assert [each.context for each in all_messages()] == [{"title": "Skolan i Ås"}]
    assert len(jobs_of(message)) == 1


def test_asking_again_after_the_letter_was_sent_and_emptied_adds_nothing():
    message = carry(ask())
    operations.empty_old_messages(at=AT + timedelta(days=365))
    assert ask() == message
    assert [each.state for each in all_messages()] == [State.SENT]


def test_a_key_cannot_be_used_for_somebody_else():
    ask()
    with pytest.raises(operations.KeyInUseError):
        ask(recipient="bo@example.test")
    assert len(all_messages()) == 1


def test_what_is_rolled_back_leaves_neither_letter_nor_job():
    with transaction.atomic():
        message = ask()
        assert jobs_of(message)
        transaction.set_rollback(True)
    assert all_messages() == []
    assert jobs_of(message) == []


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("amina@example.test", "amina@example.test"),
        ("  amina@example.test ", "amina@example.test"),
        ("åsa.öberg@example.test", None),
        ("asa@räksmörgås.example", "asa@xn--rksmrgs-5wao1o.example"),
        ("Amina <amina@example.test>", None),
        ("amina@example.test\r\nBcc: all@example.test", None),
        ("amina@example.test\nBcc: all@example.test", None),
        ("amina@example.test,bo@example.test", None),
        ("amina@example.test bo@example.test", None),
        ("amina\x00@example.test", None),
        ("amina@example.test>", None),
        ("@example.test", None),
        ("amina", None),
        ("", None),
        ("amina@" + "a" * 250 + ".test", None),
    ],
)
def test_only_one_plain_address_is_a_recipient(given, stored):
    if stored is None:
        with pytest.raises(operations.InvalidRecipientError):
            ask(recipient=given)
        assert all_messages() == []
    else:
        assert ask(recipient=given).recipient == stored


@pytest.mark.parametrize(
    "context",
    [
        {"title": "nul\x00byte"},
        {"title": "\ud800"},
        {"title": float("nan")},
        {"title": object()},
        {"title": {"deep": ["\x00"]}},
    ],
)
def test_a_context_that_cannot_be_kept_is_refused_before_it_breaks_the_transaction(context):
    with pytest.raises(operations.UnstorableContextError):
        ask(context=context)
    assert all_messages() == []


def test_a_context_may_speak_of_moments_and_of_backslashes():
    message = ask(context={"due": AT, "path": r"C:\u0000"})
    message.refresh_from_db()
    assert message.context == {"due": DjangoJSONEncoder().default(AT), "path": r"C:\u0000"}


@pytest.mark.parametrize(
    "url",
    [
        "https://example.test/av/1>\r\nBcc: all@example.test",
        "https://example.test/av/1>, <https://evil.test/",
        "https://example.test/av 1",
        "javascript:alert(1)",
        "/av/1",
    ],
)
def test_an_address_for_unsubscribing_is_one_whole_web_address(url):
    with pytest.raises(operations.InvalidUnsubscribeUrlError):
        ask(unsubscribe_url=url)
    assert ask(unsubscribe_url="https://example.test/av/1").pk
