from django.conf import settings
from django.db import models
from django.db.models import F, Q

from brygga.core.http.public_ids import new_public_id
from brygga.dialogues.enums import HandoverState
from brygga.dialogues.models.dialogue import Dialogue


class Handover(models.Model):
    """A process leader leaves a dialogue to somebody who says yes to it."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="handovers")
    leaver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(max_length=8_000)
    state = models.CharField(max_length=10, choices=HandoverState, default=HandoverState.WAITING)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dialogue", "leaver"],
                condition=Q(state=HandoverState.WAITING),
                name="handover_one_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(leaver=F("successor")), name="handover_to_another"),
            models.CheckConstraint(
                condition=Q(state=HandoverState.WAITING) | Q(answered_at__isnull=False),
                name="handover_answered_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dialogue}: {self.leaver} → {self.successor}"
