from django.conf import settings
from django.db import models
from django.db.models import Q

from brygga.core.http.public_ids import new_public_id
from brygga.core.spelling import text_indexes
from brygga.dialogues.enums import Channel, ContributionState
from brygga.dialogues.models.dialogue import Dialogue
from brygga.dialogues.models.people import Participant


class Contribution(models.Model):
    """One voice in its own words (inspel), whichever way it reached us."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="contributions")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="contributions"
    )
    channel = models.CharField(max_length=10, choices=Channel)
    tool = models.CharField(max_length=30, blank=True)
    language = models.CharField(max_length=12, default="sv")
    text = models.TextField(max_length=10_000, blank=True)
    state = models.CharField(
        max_length=10, choices=ContributionState, default=ContributionState.PUBLISHED
    )
    state_reason = models.CharField(max_length=500, blank=True)
    received_at = models.DateTimeField()
    said_on = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=120, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    client_key = models.CharField(max_length=64, null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["dialogue", "state", "-received_at"], name="contribution_listed"),
            models.Index(fields=["participant", "received_at"], name="contribution_of_person"),
            *text_indexes("text", "contribution"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dialogue", "client_key"],
                condition=Q(client_key__isnull=False),
                name="contribution_sent_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=ContributionState.HIDDEN) | ~Q(state_reason=""),
                name="contribution_hidden_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=ContributionState.ERASED) | Q(text=""),
                name="contribution_erased_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Perspective(models.Model):
    """A standpoint, feeling or idea on the issue; many share it, one person may hold several."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="perspectives")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    title = models.CharField(max_length=140)
    text = models.TextField(max_length=4_000, blank=True)
    contributions = models.ManyToManyField(Contribution, related_name="perspectives", blank=True)
    is_public = models.BooleanField(default=False)
    client_key = models.CharField(max_length=64, null=True, blank=True, unique=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return self.title
