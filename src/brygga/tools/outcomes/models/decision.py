from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from brygga.accounts.models import Body
from brygga.core.http.public_ids import new_public_id
from brygga.dialogues.models import Dialogue
from brygga.tools.outcomes.enums import AmendmentKind, MinutesState, Verdict
from brygga.tools.outcomes.models.proposal import Proposal


class Decision(models.Model):
    """What a body decided, or a named manager within an organisation, with reasons for all."""

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
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    client_key = models.CharField(max_length=64, null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["dialogue", "-decided_on"], name="decision_of_dialogue")]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "client_key"], name="decision_sent_once"),
            models.UniqueConstraint(
                fields=["dialogue", "body", "manager", "dnr", "decided_on", "title"],
                name="decision_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=(Q(body__isnull=False) & Q(manager=""))
                | (Q(body__isnull=True) & ~Q(manager="")),
                name="decision_has_one_decider",
            ),
            models.CheckConstraint(
                condition=Q(body__isnull=True) | ~Q(dnr=""), name="decision_of_body_has_dnr"
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="decision_has_reasons"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        dialogue = self.dialogue
        return reverse(
            "outcomes:decision", args=[dialogue.slug, dialogue.public_id, self.public_id]
        )

    @property
    def decider(self) -> str:
        return self.body.name if self.body else self.manager


class ProposalVerdict(models.Model):
    """What the decision says of one proposal, and why."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="verdicts")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="verdicts")
    verdict = models.CharField(max_length=14, choices=Verdict)
    before_appeal = models.CharField(max_length=14, choices=Verdict, blank=True)
    reasons = models.TextField(max_length=4_000)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "proposal"], name="verdict_once"),
            models.CheckConstraint(condition=~Q(reasons=""), name="verdict_has_reasons"),
            models.CheckConstraint(
                condition=Q(before_appeal="") | Q(verdict=Verdict.OVERTURNED),
                name="verdict_before_appeal_is_overturned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict}: {self.proposal}"


class DecisionAmendment(models.Model):
    """What happened to a decision once published; its page keeps them all."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="amendments")
    kind = models.CharField(max_length=16, choices=AmendmentKind)
    text = models.TextField(max_length=4_000, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "kind"],
                condition=~Q(kind=AmendmentKind.CORRECTED),
                name="amendment_happens_once",
            ),
            models.CheckConstraint(
                condition=Q(kind=AmendmentKind.MINUTES_APPROVED) | ~Q(text=""),
                name="amendment_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.decision}"
