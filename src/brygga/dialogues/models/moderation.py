from django.conf import settings
from django.db import models
from django.db.models import F, Q

from brygga.core.http.public_ids import new_public_id
from brygga.dialogues.enums import CaseCause, ContributionState, ModerationStep
from brygga.dialogues.models.dialogue import Dialogue
from brygga.dialogues.models.voice import Contribution

OPEN = Q(closed_at__isnull=True)


class ModerationCase(models.Model):
    """Why somebody of the team has to read a contribution, and who takes it on."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="cases")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="cases")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    cause = models.CharField(max_length=16, choices=CaseCause)
    opened_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # A new assessment: which decision it is asked of, and who made that one.
    contests = models.OneToOneField(
        "ModerationEvent", null=True, blank=True, on_delete=models.PROTECT, related_name="contested"
    )
    first_decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["dialogue", "opened_at"], condition=OPEN, name="case_open"),
            models.Index(fields=["dialogue", "-closed_at"], name="case_closed"),
            models.Index(fields=["assigned_to"], condition=OPEN, name="case_of_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution"], condition=OPEN, name="case_open_once_per_voice"
            ),
            models.CheckConstraint(
                condition=~Q(cause=CaseCause.NEW_ASSESSMENT)
                | Q(contests__isnull=False, due_on__isnull=False),
                name="case_new_assessment_of_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(first_decided_by__isnull=True)
                | Q(closed_by__isnull=True)
                | ~Q(closed_by=F("first_decided_by")),
                name="case_assessed_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cause} {self.public_id}"


class ModerationEvent(models.Model):
    """A step in the moderation of a contribution. Rows are only added; a trigger holds that."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="moderation"
    )
    case = models.ForeignKey(
        ModerationCase, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    kind = models.CharField(max_length=12, choices=ModerationStep)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    from_state = models.CharField(max_length=10, choices=ContributionState, blank=True)
    to_state = models.CharField(max_length=10, choices=ContributionState, blank=True)
    ground = models.SlugField(max_length=40, blank=True)
    words = models.TextField(max_length=2_000, blank=True)  # told to the author, or theirs to us
    note = models.TextField(max_length=2_000, blank=True)  # for the team
    masks = models.PositiveSmallIntegerField(default=0)
    client_key = models.CharField(max_length=64, null=True, blank=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["contribution", "id"], name="moderation_of_voice")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=ModerationStep.DECIDED)
                | ~Q(to_state=ContributionState.HIDDEN)
                | ~Q(ground=""),
                name="moderation_hides_on_a_ground",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ModerationStep.DECIDED) | Q(by__isnull=False),
                name="moderation_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.contribution_id}"


class OriginalText(models.Model):
    """What somebody wrote before words in it were masked. For the team and the record."""

    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, related_name="original"
    )
    text = models.TextField(max_length=10_000, blank=True)
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.contribution)


class ContributionMerge(models.Model):
    """A voice that stands in another which says the same. Both keep their words and receipt."""

    merged = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="merges")
    kept = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="stands_for")
    state_before = models.CharField(max_length=10, choices=ContributionState)
    perspectives_added = models.JSONField(default=list)  # keys that the kept one got by the merge
    insights_added = models.JSONField(default=list)
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True), name="merge_once"
            ),
            models.CheckConstraint(condition=~Q(merged=F("kept")), name="merge_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} in {self.kept_id}"
