from django.conf import settings
from django.db import models
from django.db.models import Q

from brygga.accounts.models import Body
from brygga.core.http.public_ids import new_public_id
from brygga.dialogues.models import Dialogue
from brygga.tools.register.enums import PaperKind, Scope


class Delivery(models.Model):
    """What was given to one body's register at one time; made once and never changed."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="deliveries")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="deliveries")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    number = models.PositiveIntegerField()
    scope = models.CharField(max_length=3, choices=Scope)
    left_out = models.JSONField(default=list)  # codes of parts that were not chosen
    language = models.CharField(max_length=12, default="sv")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    client_key = models.CharField(max_length=64, null=True, blank=True)
    erasures = models.PositiveIntegerField(default=0)  # of people, before the files were made
    made_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict)  # part → how many
    digests = models.JSONField(default=list)  # of what it holds, to tell what is new next time
    sent_to = models.EmailField(blank=True)
    has_files_in_letter = models.BooleanField(default=False)
    dnr = models.CharField(max_length=60, blank=True)
    dnr_at = models.DateTimeField(null=True, blank=True)
    dnr_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(
                fields=["body", "asked_at"], condition=Q(dnr=""), name="delivery_without_number"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "number"], name="delivery_number_once"),
            models.UniqueConstraint(fields=["dialogue", "client_key"], name="delivery_asked_once"),
            models.CheckConstraint(
                condition=Q(dnr="") | Q(dnr_at__isnull=False, made_at__isnull=False),
                name="delivery_registered_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dialogue} {self.number}"


class Paper(models.Model):
    """One file of a delivery. A trigger keeps it as it was made; disposal may empty it."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=4, choices=PaperKind)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    is_disposed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "kind"], name="paper_once"),
            models.CheckConstraint(
                condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="paper_has_its_hash"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class NumberChange(models.Model):
    """A register number that was entered wrongly, and what it was changed to."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="changes")
    before = models.CharField(max_length=60)
    after = models.CharField(max_length=60)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="number_change_has_reason")
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
