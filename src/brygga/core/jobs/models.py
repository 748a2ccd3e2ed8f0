"""A long job as people see it; the worker's own row is Procrastinate's."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from brygga.core.http.public_ids import new_public_id
from brygga.core.jobs.enums import UNDER_WAY, JobState


class Job(models.Model):
    """Something that takes its time, how far it has come, and what came of it."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=60, blank=True)  # the public id of what it is about
    key = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=12, default="sv")  # of title and message
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=500, blank=True)
    back_url = models.CharField(max_length=300, blank=True)
    result_url = models.CharField(max_length=300, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    queue_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    cancel_asked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "subject", "-created_at"], name="job_of_subject"),
            models.Index(fields=["ended_at"], name="job_ended"),
            models.Index(fields=["queue_id"], name="job_in_queue"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(state=JobState.WAITING) & ~Q(key=""),
                name="job_waits_once",
            ),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="job_done_within_total"),
            models.CheckConstraint(
                condition=Q(state__in=UNDER_WAY, ended_at=None)
                | (~Q(state__in=UNDER_WAY) & Q(ended_at__isnull=False)),
                name="job_ended_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.FAILED) | ~Q(message=""), name="job_failed_with_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}: {self.state}"

    @property
    def topic(self) -> str:
        return f"job {self.public_id}"

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY
