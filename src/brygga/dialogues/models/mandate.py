from django.conf import settings
from django.db import models

from brygga.accounts.models import Body
from brygga.dialogues.enums import FeedsKind, LadderLevel, LegalGround, RetentionClass
from brygga.dialogues.models.dialogue import Dialogue


class Mandate(models.Model):
    """What the deciders have asked for and promised, before anybody else is asked anything.

    Every field may be empty while it is being written; the start check says what is missing.
    """

    dialogue = models.OneToOneField(Dialogue, on_delete=models.CASCADE, related_name="mandate")
    commissioner = models.CharField(max_length=160, blank=True)
    steering_group = models.TextField(max_length=2_000, blank=True)
    fixed_by_law = models.TextField(max_length=2_000, blank=True)
    fixed_by_money = models.TextField(max_length=2_000, blank=True)
    fixed_by_decisions = models.TextField(max_length=2_000, blank=True)
    resources = models.TextField(max_length=2_000, blank=True)
    open_to_influence = models.TextField(max_length=2_000, blank=True)
    issue_is_open = models.BooleanField(null=True, blank=True)
    deciders_are_open = models.BooleanField(null=True, blank=True)
    ladder_level = models.PositiveSmallIntegerField(choices=LadderLevel, null=True, blank=True)
    feeds = models.CharField(max_length=10, choices=FeedsKind, blank=True)
    feeds_what = models.CharField(max_length=300, blank=True)
    feeds_body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    feeds_manager = models.CharField(max_length=160, blank=True)
    feeds_on = models.DateField(null=True, blank=True)
    feedback_promise = models.TextField(max_length=1_000, blank=True)
    feedback_on = models.DateField(null=True, blank=True)
    feedback_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    start_body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    start_on = models.DateField(null=True, blank=True)
    start_dnr = models.CharField(max_length=60, blank=True)
    children_concerned = models.BooleanField(null=True, blank=True)
    children_heard = models.TextField(max_length=2_000, blank=True)
    information_text = models.TextField(max_length=6_000, blank=True)
    assessment_reference = models.CharField(max_length=120, blank=True)
    no_assessment_reason = models.TextField(max_length=1_000, blank=True)
    legal_ground = models.CharField(max_length=12, choices=LegalGround, blank=True)
    retention_class = models.CharField(max_length=12, choices=RetentionClass, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"Mandate of {self.dialogue}"
