from django.db import models
from django.db.models import Q

from brygga.core.http.public_ids import new_public_id
from brygga.dialogues.models import Dialogue, Insight
from brygga.tools.outcomes.enums import ProposalState


class Proposal(models.Model):
    """Something that could be done, resting on what was heard."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="proposals")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    title = models.CharField(max_length=160)
    text = models.TextField(max_length=6_000, blank=True)
    insights = models.ManyToManyField(Insight, related_name="proposals", blank=True)
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.DRAFT)
    state_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    client_key = models.CharField(max_length=64, null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["dialogue", "state"], name="proposal_of_dialogue")]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "client_key"], name="proposal_sent_once"),
            models.CheckConstraint(
                condition=Q(state=ProposalState.DRAFT) | Q(published_at__isnull=False),
                name="proposal_published_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.WITHDRAWN) | ~Q(state_reason=""),
                name="proposal_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title
