from django.db import models
from django.db.models import F, Q

from brygga.core.http.public_ids import new_public_id
from brygga.dialogues.enums import ContributionState
from brygga.dialogues.models import Contribution, Dialogue, Step
from brygga.tools.perspectives.enums import Moderation, ResultVisibility, StatementState


class StatementRound(models.Model):
    """A period in which residents answer statements on one question."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="rounds")
    step = models.ForeignKey(
        Step, null=True, blank=True, on_delete=models.SET_NULL, related_name="rounds"
    )
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    question = models.CharField(max_length=200)
    introduction = models.TextField(max_length=2_000, blank=True)
    language = models.CharField(max_length=12, default="sv")
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    moderation = models.CharField(max_length=6, choices=Moderation, default=Moderation.BEFORE)
    asks_importance = models.BooleanField(default=False)
    residents_may_add = models.BooleanField(default=True)
    results_shown = models.CharField(
        max_length=12, choices=ResultVisibility, default=ResultVisibility.AFTER_ENOUGH
    )
    answers_needed = models.PositiveSmallIntegerField(default=7)
    groups_opened_at = models.DateTimeField(null=True, blank=True)
    missing_voices = models.TextField(max_length=1_000, blank=True)
    attribution = models.TextField(max_length=600, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                name="round_closes_after_it_opens",
            )
        ]

    def __str__(self) -> str:
        return self.question


class StatementQuerySet(models.QuerySet["Statement"]):
    def visible(self) -> "StatementQuerySet":
        """Keep those that residents see: published, and not withdrawn by whoever said them."""
        return self.filter(
            Q(contribution=None) | Q(contribution__state=ContributionState.PUBLISHED),
            state=StatementState.PUBLISHED,
        )


class Statement(models.Model):
    """One idea that others can agree or disagree with. A seed statement has no voice behind it."""

    round = models.ForeignKey(StatementRound, on_delete=models.PROTECT, related_name="statements")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=1_200)
    language = models.CharField(max_length=12, default="sv")
    contribution = models.OneToOneField(
        Contribution, null=True, blank=True, on_delete=models.PROTECT, related_name="statement"
    )
    state = models.CharField(max_length=10, choices=StatementState, default=StatementState.WAITING)
    state_reason = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()

    answers: int  # not stored: queries.statements.with_answers tells it

    objects = StatementQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["round", "state", "number"], name="statement_listed")]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="statement_number_once"),
            models.CheckConstraint(
                condition=~Q(state=StatementState.HIDDEN) | ~Q(state_reason=""),
                name="statement_hidden_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def waits(self) -> bool:
        return self.state == StatementState.WAITING
