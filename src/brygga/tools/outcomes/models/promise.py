from django.conf import settings
from django.db import models
from django.db.models import F, Q

from brygga.accounts.models import Body
from brygga.core.http.public_ids import new_public_id
from brygga.dialogues.models import Dialogue
from brygga.tools.outcomes.enums import PromiseState


class FeedbackPromise(models.Model):
    """When, by whom and about what those who took part will hear from us (återkopplingslöfte)."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="promises")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    text = models.TextField(max_length=1_000)
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="promises"
    )
    due_on = models.DateField()
    state = models.CharField(max_length=6, choices=PromiseState, default=PromiseState.OPEN)
    kept_at = models.DateTimeField(null=True, blank=True)
    kept_with = models.TextField(max_length=4_000, blank=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_of_mandate = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    client_key = models.CharField(max_length=64, null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_on"], name="promise_due"),
            models.Index(fields=["owner", "state"], name="promise_of_owner"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "client_key"], name="promise_sent_once"),
            models.UniqueConstraint(
                fields=["dialogue"],
                condition=Q(is_of_mandate=True),
                name="promise_of_mandate_once",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="promise_says_something"),
            models.CheckConstraint(
                condition=Q(state=PromiseState.OPEN)
                | (Q(kept_at__isnull=False) & ~Q(kept_with="")),
                name="promise_kept_with_something",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class PromiseChange(models.Model):
    """A new date for a promise, with the reason that everybody can read."""

    promise = models.ForeignKey(FeedbackPromise, on_delete=models.PROTECT, related_name="changes")
    from_date = models.DateField()
    to_date = models.DateField()
    reason = models.TextField(max_length=1_000)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["promise", "at"], name="change_of_promise")]
        constraints = [
            models.UniqueConstraint(
                fields=["promise", "from_date"], name="promise_moves_once_from_a_date"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="promise_change_has_reason"),
            models.CheckConstraint(
                condition=Q(to_date__gt=F("from_date")), name="promise_moves_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_date} → {self.to_date}"
