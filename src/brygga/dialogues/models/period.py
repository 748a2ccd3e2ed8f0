from django.conf import settings
from django.db import models
from django.db.models import Q

from brygga.accounts.models import Body
from brygga.dialogues.enums import MandateVerdict
from brygga.dialogues.models.dialogue import Dialogue


class MandatePeriod(models.Model):
    """The last day on which a body sits as it was elected; our own reading, set per body."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="mandate_periods")
    last_day = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "last_day"], name="mandate_period_once")
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.last_day}"


class MandateConfirmation(models.Model):
    """What a new body said of a mandate that the former one had given."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="confirmations")
    period_last_day = models.DateField()
    verdict = models.CharField(max_length=10, choices=MandateVerdict)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()
    dnr = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dialogue", "period_last_day"], name="mandate_confirmed_once"
            ),
            models.CheckConstraint(condition=~Q(dnr=""), name="mandate_confirmed_with_dnr"),
        ]

    def __str__(self) -> str:
        return f"{self.dialogue}: {self.verdict}"
