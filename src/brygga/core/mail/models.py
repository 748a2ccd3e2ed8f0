"""The mail ledger: one row for each letter to each recipient, and where it has got to."""

import hashlib
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from brygga.core.mail.enums import WAITING, State, SuppressionReason
from brygga.core.mail.kinds import label_of

LINE_BREAK = "[\r\n]"
EMPTY = {
    "recipient": "",
    "subject": "",
    "body_text": "",
    "body_html": "",
    "context": {},
    "unsubscribe_url": "",
}


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting_since(self, at: datetime) -> "MessageQuerySet":
        """Give those whose turn has come at `at` and whom nobody has claimed."""
        return self.filter(state__in=WAITING, claim__isnull=True, next_attempt_at__lte=at)


class Message(models.Model):
    """A letter. Its key makes asking twice harmless; its message id stays through every attempt."""

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    message_id = models.CharField(max_length=255, unique=True)
    recipient = models.CharField(max_length=254)
    language = models.CharField(max_length=12)
    template = models.CharField(max_length=120, blank=True)
    context = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    unsubscribe_url = models.CharField(max_length=500, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    body_text = models.TextField(blank=True)
    body_html = models.TextField(blank=True)

    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    rendered_at = models.DateTimeField(null=True)
    queued_at = models.DateTimeField(null=True)
    claim = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    last_error = models.CharField(max_length=300, blank=True)
    last_error_at = models.DateTimeField(null=True)

    is_secret = models.BooleanField(default=False)
    expires_at = models.DateTimeField(null=True)
    empty_after = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"],
                condition=Q(state__in=WAITING),
                name="mail_waiting",
            ),
            models.Index(
                fields=["empty_after"],
                condition=Q(emptied_at__isnull=True),
                name="mail_to_empty",
            ),
            models.Index(fields=["kind", "state"], name="mail_kind_state"),
            models.Index(
                fields=["-last_error_at"],
                condition=Q(last_error_at__isnull=False),
                name="mail_latest_fault",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="mail_state_is_known"),
            models.CheckConstraint(condition=~Q(key=""), name="mail_has_key"),
            models.CheckConstraint(
                condition=~Q(recipient__regex=LINE_BREAK)
                & ~Q(subject__regex=LINE_BREAK)
                & ~Q(unsubscribe_url__regex=LINE_BREAK)
                & ~Q(message_id__regex=LINE_BREAK),
                name="mail_headers_are_one_line",
            ),
            models.CheckConstraint(
                condition=~Q(recipient="") | Q(emptied_at__isnull=False),
                name="mail_has_recipient",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.DUE, State.FAILED, State.SUPPRESSED])
                | Q(rendered_at__isnull=False),
                name="mail_rendered_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.QUEUED, State.SENT, State.BOUNCED, State.UNCERTAIN])
                | Q(queued_at__isnull=False),
                name="mail_queued_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(claim__isnull=True, claimed_at__isnull=True)
                | Q(claim__isnull=False, claimed_at__isnull=False, state=State.QUEUED)
                | Q(claim__isnull=False, claimed_at__isnull=False, state=State.UNCERTAIN),
                name="mail_claim_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(handed_over_at__isnull=True)
                | Q(claim__isnull=False)
                | Q(state=State.SENT),
                name="mail_handed_over_by_a_claimant",
            ),
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False)
                | (~Q(state=State.SENT) & Q(sent_at__isnull=True)),
                name="mail_sent_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(emptied_at__isnull=True) | Q(**EMPTY), name="mail_emptied_is_empty"
            ),
            models.CheckConstraint(
                condition=Q(emptied_at__isnull=True) | ~Q(state__in=WAITING),
                name="mail_waiting_has_content",
            ),
            models.CheckConstraint(
                condition=Q(is_secret=False)
                | Q(expires_at__isnull=False, state__in=WAITING)
                | Q(expires_at__isnull=False, emptied_at__isnull=False),
                name="mail_secret_is_short_lived",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("created_at")),
                name="mail_expires_after_creation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.message_id}"

    @property
    def domain(self) -> str:
        """Give the part of the address that tells where a fault lies, but not whose it is."""
        return self.recipient.rpartition("@")[2]

    @property
    def kind_label(self) -> str:
        return label_of(self.kind)


class Attachment(models.Model):
    """A file that travels with a letter; it goes when the letter's content does."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=120)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "name"], name="mail_attachment_once"),
            models.CheckConstraint(
                condition=~Q(name__regex=LINE_BREAK) & ~Q(media_type__regex=LINE_BREAK),
                name="mail_attachment_headers_are_one_line",
            ),
        ]

    def __str__(self) -> str:
        return self.name


def address_hash(address: str) -> str:
    return hashlib.sha256(address.strip().casefold().encode()).hexdigest()


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def covering(self, message: Message) -> "SuppressionQuerySet":
        """Give what forbids this letter. A sign-in code always goes: its reader has just asked."""
        if message.is_secret:
            return self.none()
        found = self.filter(address_hash=address_hash(message.recipient))
        if message.unsubscribe_url:
            return found
        return found.exclude(reason=SuppressionReason.UNSUBSCRIBED)


class Suppression(models.Model):
    """An address that is not to be written to, kept as a hash only."""

    address_hash = models.CharField(max_length=64)
    reason = models.CharField(max_length=12, choices=SuppressionReason)
    since = models.DateTimeField()

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address_hash", "reason"], name="suppression_once"),
            models.CheckConstraint(
                condition=Q(reason__in=SuppressionReason.values), name="suppression_reason_is_known"
            ),
            models.CheckConstraint(
                condition=Q(address_hash__regex="^[0-9a-f]{64}$"), name="suppression_is_a_hash"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.address_hash[:8]}"
