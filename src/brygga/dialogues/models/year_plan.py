from django.db import models
from django.db.models import F, Q

from brygga.accounts.models import Body, Organisation
from brygga.core.http.public_ids import new_public_id
from brygga.dialogues.enums import DialogueForm, LadderLevel
from brygga.dialogues.models.dialogue import Dialogue


class YearPlan(models.Model):
    """The dialogues that an organisation plans for a year; a draft until it is published."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="year_plans"
    )
    year = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="year_plan_once"),
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100), name="year_plan_has_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.year}"


class PlannedDialogue(models.Model):
    """One dialogue of the plan, from one quarter to another; linked once it has been opened."""

    plan = models.ForeignKey(YearPlan, on_delete=models.CASCADE, related_name="planned")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    issue = models.CharField(max_length=140)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=LadderLevel)
    form = models.CharField(max_length=10, choices=DialogueForm)
    first_quarter = models.PositiveSmallIntegerField()
    last_quarter = models.PositiveSmallIntegerField()
    note = models.TextField(max_length=600, blank=True)
    dialogue = models.ForeignKey(
        Dialogue, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True, blank=True)  # gone the night after

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "issue"],
                condition=Q(removed_at__isnull=True),
                name="planned_issue_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    first_quarter__gte=1,
                    last_quarter__lte=4,
                    last_quarter__gte=F("first_quarter"),
                ),
                name="planned_in_quarters_of_the_year",
            ),
        ]

    def __str__(self) -> str:
        return self.issue
