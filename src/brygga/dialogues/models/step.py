from django.conf import settings
from django.db import models
from django.db.models import F, Q

from brygga.dialogues.enums import LadderLevel, LogKind, StepKind, StepState, TeamRole
from brygga.dialogues.models.dialogue import Dialogue


class Step(models.Model):
    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=16, choices=StepKind)
    position = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=StepState, default=StepState.COMING)
    starts_on = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    ladder_level = models.PositiveSmallIntegerField(choices=LadderLevel, null=True, blank=True)
    residents_take_part = models.BooleanField(default=False)
    exit_criteria = models.TextField(max_length=2_000, blank=True)
    public_text = models.TextField(max_length=4_000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dialogue", "round", "position"], name="step_once_per_round"
            ),
            models.UniqueConstraint(
                fields=["dialogue"], condition=Q(state=StepState.CURRENT), name="step_one_current"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(last_day__isnull=True)
                | Q(last_day__gte=F("starts_on")),
                name="step_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.round})"


class ChecklistItem(models.Model):
    """Something to have thought of in a step, for one role. The lists are our own."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="checklist")
    code = models.SlugField(max_length=60)
    role = models.CharField(max_length=16, choices=TeamRole)
    is_exit_criterion = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "code"], name="checklist_item_once")]

    def __str__(self) -> str:
        return self.code


class ProcessLogEntry(models.Model):
    """The process diary: a choice and its reason, never rewritten."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="log")
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=16, choices=LogKind)
    text = models.CharField(max_length=300)
    reason = models.TextField(max_length=2_000, blank=True)
    is_public = models.BooleanField(default=False)
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    step = models.ForeignKey(
        Step, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    actor = models.ForeignKey(
        "dialogues.Actor", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    activity = models.ForeignKey(
        "dialogues.Activity", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    tool_subject = models.CharField(
        max_length=80, blank=True
    )  # a thing of a tool, such as a decision
    client_key = models.CharField(max_length=64, null=True, blank=True, unique=True)

    class Meta:
        verbose_name_plural = "process log entries"
        indexes = [models.Index(fields=["dialogue", "-at"], name="log_of_dialogue")]
        constraints = [
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
                name="log_corrects_another",
            )
        ]

    def __str__(self) -> str:
        return self.text
