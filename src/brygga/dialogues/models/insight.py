from django.conf import settings
from django.db import models
from django.db.models import Q

from brygga.core.http.public_ids import new_public_id
from brygga.dialogues.enums import InsightState
from brygga.dialogues.models.dialogue import Dialogue
from brygga.dialogues.models.voice import Contribution, Perspective


class PublishedResult(models.Model):
    """What a tool found, frozen so that it can be cited: numbers, method and time."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="results")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    tool = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    method = models.CharField(max_length=60)
    method_version = models.CharField(max_length=20)
    numbers = models.JSONField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["dialogue", "-published_at"], name="result_of_dialogue")]

    def __str__(self) -> str:
        return self.title


class Insight(models.Model):
    """What we have heard (slutsats): one claim, and what it rests on."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="insights")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    text = models.CharField(max_length=400)
    explanation = models.TextField(max_length=4_000, blank=True)
    is_minority_view = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=InsightState, default=InsightState.DRAFT)
    state_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    results = models.ManyToManyField(PublishedResult, related_name="insights", blank=True)
    perspectives = models.ManyToManyField(Perspective, related_name="insights", blank=True)
    contributions = models.ManyToManyField(Contribution, related_name="insights", blank=True)
    client_key = models.CharField(max_length=64, null=True, blank=True, unique=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=InsightState.PUBLISHED) | Q(published_at__isnull=False),
                name="insight_published_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=InsightState.WITHDRAWN) | ~Q(state_reason=""),
                name="insight_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.text
