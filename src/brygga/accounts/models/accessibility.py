"""What an organisation says of the accessibility of its pages, and what people report to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from brygga.accounts.enums import ComplianceLevel, ReportState, ShortcomingReason
from brygga.accounts.models.organisation import Organisation
from brygga.core.http import new_public_id


class AccessibilityStatement(models.Model):
    """Without a row an organisation has the default text, which is that of the installation."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="accessibility_statement"
    )
    level = models.CharField(max_length=10, choices=ComplianceLevel)
    tested_how = models.TextField(max_length=2_000, blank=True)
    tested_on = models.DateField(null=True, blank=True)
    contact_email = models.EmailField(max_length=254, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    reviewed_on = models.DateField()
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"The statement of {self.organisation}"


class AccessibilityShortcoming(models.Model):
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="shortcomings"
    )
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    what = models.CharField(max_length=300)
    reason = models.CharField(max_length=10, choices=ShortcomingReason)
    why = models.TextField(max_length=1_000, blank=True)
    instead = models.TextField(max_length=1_000, blank=True)
    mended_by = models.DateField(null=True, blank=True)
    mended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("mended_by", "pk")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "what"], name="shortcoming_once"),
            models.CheckConstraint(
                condition=~Q(reason=ShortcomingReason.NOT_YET) | Q(mended_by__isnull=False),
                name="shortcoming_not_yet_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(reason=ShortcomingReason.NOT_YET) | ~Q(why=""),
                name="shortcoming_exempt_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class AccessibilityReport(models.Model):
    """Something that somebody could not use. Their address goes a while after the answer."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="accessibility_reports"
    )
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    text = models.TextField(max_length=4_000)
    page = models.CharField(max_length=500, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=12, default="sv")
    received_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=ReportState, default=ReportState.OPEN)
    answer = models.TextField(max_length=4_000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    client_key = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "state", "due_on"], name="accessibility_report_listed"
            ),
            models.Index(
                fields=["answered_at"], condition=~Q(email=""), name="report_address_to_forget"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ReportState.OPEN)
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="accessibility_report_answered_with_something",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
