from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, transaction

from brygga.core.audit.operations import record
from brygga.core.mail.enums import WAITING, State, SuppressionReason
from brygga.core.mail.files import remove_letter
from brygga.core.mail.letters import clean_recipient
from brygga.core.mail.models import (
    EMPTY,
    Attachment,
    Message,
    MessageQuerySet,
    Suppression,
    address_hash,
)
from brygga.core.mail.operations.delivery import lock_name
from brygga.core.mail.operations.jobs import defer_sending
from brygga.core.mail.operations.rendering import render
from brygga.core.mail.operations.settling import note_fault, settle

# Longer than any conversation: after this, even a claimant that we cannot see dead is taken so.
CLAIM_LIVES_FOR = timedelta(minutes=15)
NEGLECTED_AFTER = timedelta(minutes=2)
AT_ONCE = 500
AFTER_RESTORE = "Restored from a backup: it may have left after the backup was taken."


def recover_abandoned(*, at: datetime) -> int:
    """Take back the claims of processes that have died.

    What they had not handed over goes on as if nothing had happened. What they had is uncertain.
    """
    claimed = Message.objects.filter(state=State.QUEUED, claim__isnull=False)
    pks = list(claimed.order_by("pk").values_list("pk", flat=True))
    return sum(_recover(pk, at=at) for pk in pks)


@transaction.atomic
def _recover(pk: int, *, at: datetime) -> bool:
    message = (
        Message.objects.select_for_update(skip_locked=True)
        .filter(pk=pk, state=State.QUEUED, claimed_at__isnull=False)
        .first()
    )
    if message is None or message.claimed_at is None:
        return False
    if message.claimed_at > at - CLAIM_LIVES_FOR and _claimant_lives(pk):
        return False
    if message.handed_over_at is not None:
        settle(message, State.UNCERTAIN, at=at, error="The process stopped in the hand-over.")
        return True
    message.claim = message.claimed_at = None
    message.next_attempt_at = at
    note_fault(message, "The process stopped before the hand-over.", at=at)
    message.save()
    defer_sending(message)
    return True


def _claimant_lives(pk: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [lock_name(pk)])
        (is_free,) = cursor.fetchone() or (False,)
    return not is_free


def defer_neglected(*, at: datetime) -> int:
    """Put letters in line again whose job was lost; a letter is never lost with its job."""
    neglected = Message.objects.waiting_since(at - NEGLECTED_AFTER).order_by(
        "next_attempt_at", "pk"
    )
    return sum(defer_sending(message) for message in neglected[:AT_ONCE])


@transaction.atomic
def suppress(
    *, address: str, reason: SuppressionReason, at: datetime, by: AbstractBaseUser | None = None
) -> Suppression:
    """Write no more to this address; letters already asked for are stopped before they leave."""
    row, is_new = Suppression.objects.get_or_create(
        address_hash=address_hash(clean_recipient(address)),
        reason=reason,
        defaults={"since": at},
    )
    if is_new:
        record(action="mail.suppress", subject=row, by=by, at=at, fields=["reason"])
    return row


@transaction.atomic
def lift_suppression(
    *, address: str, reason: SuppressionReason, at: datetime, by: AbstractBaseUser | None = None
) -> None:
    """Write to this address again, because its owner has asked for it."""
    hashed = address_hash(clean_recipient(address))
    for row in Suppression.objects.filter(address_hash=hashed, reason=reason):
        record(action="mail.lift_suppression", subject=row, by=by, at=at, fields=["reason"])
        row.delete()


def empty_old_messages(*, at: datetime) -> int:
    """Empty what has been kept long enough; the row stays and tells that a letter was sent."""
    return empty_now(Message.objects.filter(empty_after__lte=at, emptied_at__isnull=True), at=at)


@transaction.atomic
def forget_letters(
    *, address: str, unsubscribe_url: str = "", with_waiting: bool = True, at: datetime
) -> int:
    """Empty the letters to an address, or those of one following; what still waits is not sent.

    A letter that is being handed over just now is let go of and emptied with time.
    """
    letters = Message.objects.filter(recipient__iexact=address)
    if unsubscribe_url:
        letters = letters.filter(unsubscribe_url=unsubscribe_url)
    return _forget(letters, with_waiting=with_waiting, at=at)


@transaction.atomic
def forget_letters_named(*, keys: Collection[str], at: datetime) -> int:
    """Empty the letters asked for under these keys, in the same way."""
    return _forget(Message.objects.filter(key__in=keys), with_waiting=True, at=at)


def _forget(letters: MessageQuerySet, *, with_waiting: bool, at: datetime) -> int:
    letters = letters.filter(emptied_at__isnull=True)
    letters = letters.exclude(state=State.QUEUED, claim__isnull=False)
    waiting = letters.filter(state__in=WAITING)
    if with_waiting:
        for message in waiting.select_for_update():
            settle(message, State.SUPPRESSED, at=at)
    return empty_now(letters.exclude(state__in=WAITING), at=at)


def empty_now(letters: MessageQuerySet, *, at: datetime) -> int:
    pks = list(letters.values_list("pk", flat=True))
    for message_id in letters.values_list("message_id", flat=True):
        remove_letter(settings.BRYGGA_DATA / "mail", message_id)
    Attachment.objects.filter(message__in=pks).delete()
    return Message.objects.filter(pk__in=pks).update(**EMPTY, emptied_at=at)


def hold_after_restore(*, at: datetime) -> int:
    """Call uncertain what a restored backup would send now: it may have left after the backup.

    Sign-in codes and other secrets have long been used or are asked for anew: they are dropped.
    """
    due = Message.objects.filter(state__in=WAITING, next_attempt_at__lte=at).order_by("pk")
    held = 0
    for pk in list(due.values_list("pk", flat=True)):
        render(pk=pk, at=at)  # so that a person may send it as it was meant
        held += _hold(pk, at=at)
    return held


@transaction.atomic
def _hold(pk: int, *, at: datetime) -> bool:
    message = Message.objects.select_for_update().filter(pk=pk, state__in=WAITING).first()
    if message is None:
        return False
    message.queued_at = message.queued_at or at
    state = State.FAILED if message.is_secret else State.UNCERTAIN
    settle(message, state, at=at, error=AFTER_RESTORE)
    return True
