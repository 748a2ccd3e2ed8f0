"""The plan: what is done when, and who is told what."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from brygga.core.http.public_ids import new_public_id
from brygga.dialogues.enums import LANGUAGES, ActivityKind, ActivityState, MessageChannel
from brygga.dialogues.models.actors import Actor
from brygga.dialogues.models.dialogue import Dialogue
from brygga.dialogues.models.step import Step


class Activity(models.Model):
    """Something that the team does at a time, for instance a meeting."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="activities")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    title = models.CharField(max_length=140)
    kind = models.CharField(max_length=12, choices=ActivityKind)
    purpose = models.TextField(max_length=1_000, blank=True)
    step = models.ForeignKey(
        Step, null=True, blank=True, on_delete=models.SET_NULL, related_name="activities"
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=160, blank=True)
    actors = models.ManyToManyField(Actor, blank=True, related_name="activities")
    languages = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    has_interpreter = models.BooleanField(default=False)
    accessibility = models.TextField(max_length=600, blank=True)
    cost = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ActivityState, default=ActivityState.PLANNED)
    state_reason = models.CharField(max_length=500, blank=True)
    attended = models.PositiveIntegerField(null=True, blank=True)
    is_public = models.BooleanField(default=False)
    is_fixed = models.BooleanField(default=False)
    starter_code = models.SlugField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)
    client_key = models.CharField(max_length=64, null=True, blank=True, unique=True)

    class Meta:
        verbose_name_plural = "activities"
        indexes = [models.Index(fields=["dialogue", "starts_at"], name="activity_of_dialogue")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="activity_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(state=ActivityState.CANCELLED) | ~Q(state_reason=""),
                name="activity_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(attended__isnull=True) | Q(state=ActivityState.DONE),
                name="activity_attended_when_done",
            ),
            models.UniqueConstraint(
                fields=["dialogue", "starter_code"],
                condition=~Q(starter_code=""),
                name="activity_once_from_the_starter_plan",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def language_names(self) -> list[str]:
        names = dict(LANGUAGES)
        return [names.get(code, code) for code in self.languages]


class PlannedMessage(models.Model):
    """A line of the communication plan: what to whom, through which channel, and when."""

    dialogue = models.ForeignKey(
        Dialogue, on_delete=models.CASCADE, related_name="planned_messages"
    )
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    to_whom = models.CharField(max_length=200)
    text = models.TextField(max_length=1_000)
    channel = models.CharField(max_length=10, choices=MessageChannel)
    due_on = models.DateField()
    step = models.ForeignKey(
        Step, null=True, blank=True, on_delete=models.SET_NULL, related_name="planned_messages"
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    done_on = models.DateField(null=True, blank=True)
    is_fixed = models.BooleanField(default=False)
    starter_code = models.SlugField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)
    client_key = models.CharField(max_length=64, null=True, blank=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["dialogue", "due_on"], name="message_of_dialogue")]
        constraints = [
            models.UniqueConstraint(
                fields=["dialogue", "starter_code"],
                condition=~Q(starter_code=""),
                name="message_once_from_the_starter_plan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to_whom}: {self.text[:40]}"


class PlanMove(models.Model):
    """The plan moved by some days, kept so that it can be undone."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="plan_moves")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    days = models.IntegerField()
    moved = models.JSONField()  # what each thing held before and after, by kind and public id
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["dialogue", "-at"], name="plan_move_of_dialogue")]
        constraints = [models.CheckConstraint(condition=~Q(days=0), name="plan_moved_by_some_days")]

    def __str__(self) -> str:
        return f"{self.days:+} days"
