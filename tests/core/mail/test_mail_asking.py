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


def wanted(number, **changes):
    parts = {
        "key": f"trial:{number}",
        "kind": "trial",
        "recipient": f"person{number}@example.test",
        "language": "sv",
        "template": "trial/news",
        "context": {"title": "Skolan"},
        "due_at": AT,
    }
    return operations.Wanted(**parts | changes)


def test_many_letters_are_asked_for_at_once_and_only_the_new_ones_get_a_job(monkeypatch):
    first = ask(key="trial:1", recipient="person1@example.test")
    asked = [wanted(number) for number in (1, 2, 3, 4, 2)]

    with monkeypatch.context() as small:
        small.setattr("brygga.core.mail.operations.asking.AT_ONCE", 2)
        assert operations.queue_messages(iter(asked), at=AT) == 3

    messages = all_messages()
    assert [message.key for message in messages] == ["trial:1", "trial:2", "trial:3", "trial:4"]
    assert messages[0].message_id == first.message_id
    assert [jobs_of(message) for message in messages] == [[("todo", AT)]] * 4
    assert operations.queue_messages(asked, at=AT) == 0
    assert operations.queue_messages([], at=AT) == 0


def test_many_letters_cost_no_more_questions_than_one(django_assert_num_queries):
    with django_assert_num_queries(5):
        operations.queue_messages([wanted(1)], at=AT)
    with django_assert_num_queries(5):
        operations.queue_messages([wanted(number) for number in range(2, 300)], at=AT)


def test_one_bad_address_among_many_letters_is_told_before_anything_is_written():
    with pytest.raises(operations.InvalidRecipientError):
        operations.queue_messages([wanted(1), wanted(2, recipient="no address")], at=AT)
    assert all_messages() == []
