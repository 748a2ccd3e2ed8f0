from django.conf import settings
from django.db import models
from django.db.models import Q

from brygga.accounts.models import Body
from brygga.dialogues.enums import RetentionClass
from brygga.dialogues.models import Dialogue


class RetentionPlan(models.Model):
    """By which decision a dialogue's records are kept or disposed of, and what has stopped it."""

    dialogue = models.OneToOneField(
        Dialogue, on_delete=models.CASCADE, related_name="retention_plan"
    )
    rule = models.CharField(max_length=12, choices=RetentionClass)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()
    dnr = models.CharField(max_length=60)
    held_reason = models.CharField(max_length=500, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    carried_out_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(dnr=""), name="retention_has_decision"),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True) | ~Q(held_reason=""),
                name="retention_held_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(carried_out_at__isnull=True) | ~Q(rule=RetentionClass.KEEP),
                name="retention_kept_is_never_carried_out",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} ({self.dnr})"


class RetentionLog(models.Model):
    """That a disposal was carried out: how many rows of what, by which decision. No content."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="disposals")
    rule = models.CharField(max_length=12, choices=RetentionClass)
    decision = models.CharField(max_length=300)
    counts = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dialogue"],
                condition=Q(finished_at__isnull=True),
                name="disposal_under_way_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dialogue} {self.rule}"
