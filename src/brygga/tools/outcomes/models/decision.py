from django.conf import settings
from django.db import models
from django.db.models import Q

from brygga.accounts.models import Body
from brygga.core.http.public_ids import new_public_id
from brygga.dialogues.models import Dialogue
from brygga.tools.outcomes.enums import MinutesState, Verdict
from brygga.tools.outcomes.models.proposal import Proposal


class Decision(models.Model):
    """What a body decided, with reasons that residents can read."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="decisions")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    manager = models.CharField(max_length=160, blank=True)  # of an internal dialogue
    decided_on = models.DateField()
    dnr = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=160)
    reasons = models.TextField(max_length=10_000)
    minutes = models.CharField(max_length=8, choices=MinutesState, default=MinutesState.NOT_YET)
    appeal = models.TextField(max_length=2_000, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["dialogue", "-decided_on"], name="decision_of_dialogue")]
        constraints = [
            models.UniqueConstraint(
                fields=["dialogue", "body", "dnr", "decided_on", "title"],
                name="decision_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(body__isnull=False) | ~Q(manager=""), name="decision_has_a_decider"
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="decision_has_reasons"),
        ]

    def __str__(self) -> str:
        return self.title


class ProposalVerdict(models.Model):
    """What the decision says of one proposal, and why."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="verdicts")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="verdicts")
    verdict = models.CharField(max_length=14, choices=Verdict)
    reasons = models.TextField(max_length=4_000)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "proposal"], name="verdict_once"),
            models.CheckConstraint(condition=~Q(reasons=""), name="verdict_has_reasons"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict}: {self.proposal}"
