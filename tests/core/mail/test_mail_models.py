"""What the database itself refuses, whatever the code above it does."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from brygga.core.mail.enums import State, SuppressionReason
from brygga.core.mail.models import EMPTY, Message, Suppression
from tests.core.mail.ledger import AT, ask, carry

pytestmark = pytest.mark.django_db

SECRET = {"is_secret": True, "expires_at": AT + timedelta(minutes=15)}
SENT = {"state": State.SENT, "rendered_at": AT, "queued_at": AT, "sent_at": AT}


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("mail_state_is_known", {"state": "lost", "rendered_at": AT}),
        ("mail_has_key", {"key": ""}),
        ("mail_headers_are_one_line", {"recipient": "a@example.test\nBcc: b@example.test"}),
        ("mail_headers_are_one_line", {"subject": "Hi\rBcc: b@example.test"}),
        ("mail_headers_are_one_line", {"unsubscribe_url": "https://example.test/\n"}),
        ("mail_headers_are_one_line", {"message_id": "<a@b>\n"}),
        ("mail_has_recipient", {"recipient": ""}),
        ("mail_rendered_at_a_time", {"state": State.RENDERED}),
        ("mail_queued_at_a_time", SENT | {"queued_at": None}),
        ("mail_claim_is_whole", {"claim": uuid4()}),
        ("mail_claim_is_whole", {"claimed_at": AT}),
        ("mail_claim_is_whole", {"claim": uuid4(), "claimed_at": AT}),
        ("mail_handed_over_by_a_claimant", {"handed_over_at": AT}),
        ("mail_sent_at_a_time", {"sent_at": AT}),
        ("mail_sent_at_a_time", SENT | {"sent_at": None}),
        ("mail_emptied_is_empty", SENT | {"emptied_at": AT}),
        ("mail_waiting_has_content", EMPTY | {"emptied_at": AT}),
        ("mail_secret_is_short_lived", SECRET | {"expires_at": None}),
        ("mail_secret_is_short_lived", SECRET | SENT),
        ("mail_expires_after_creation", SECRET | {"expires_at": AT}),
    ],
)
def test_the_ledger_refuses_what_cannot_be(constraint, changes):
    message = ask()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(**changes)
    assert carry(message).state == State.SENT


@pytest.mark.parametrize("field", ["key", "message_id"])
def test_two_letters_share_neither_key_nor_message_id(field):
    first, second = ask(), ask(key="trial:2")
    with pytest.raises(IntegrityError, match=field), transaction.atomic():
        Message.objects.filter(pk=second.pk).update(**{field: getattr(first, field)})


@pytest.mark.parametrize(
    ("constraint", "row"),
    [
        ("suppression_is_a_hash", {"address_hash": "amina@example.test", "reason": "refused"}),
        ("suppression_reason_is_known", {"address_hash": "0" * 64, "reason": "bored"}),
        ("suppression_once", {"address_hash": "1" * 64, "reason": "refused"}),
    ],
)
def test_the_list_of_suppressed_addresses_refuses_what_cannot_be(constraint, row):
    Suppression.objects.create(address_hash="1" * 64, reason=SuppressionReason.REFUSED, since=AT)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Suppression.objects.create(**row, since=AT)
