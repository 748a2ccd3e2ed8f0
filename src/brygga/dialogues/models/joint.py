from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from brygga.accounts.models import Body
from brygga.core.http.public_ids import new_public_id
from brygga.dialogues.enums import JointState
from brygga.dialogues.models.dialogue import Dialogue


class JointInvitation(models.Model):
    """A body of another organisation is asked to own a dialogue too; it owns nothing before yes."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="invitations")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+")
    word = models.TextField(max_length=2_000)
    state = models.CharField(max_length=10, choices=JointState, default=JointState.WAITING)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    expires_at = models.DateTimeField()
    answer = models.TextField(max_length=2_000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["body", "state"], name="joint_invitation_of_body")]
        constraints = [
            models.UniqueConstraint(
                fields=["dialogue", "body"],
                condition=Q(state=JointState.WAITING),
                name="joint_invitation_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state=JointState.WAITING) | Q(answered_at__isnull=False),
                name="joint_invitation_settled_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at")), name="joint_invitation_lives"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dialogue} → {self.body}"

    def is_open_at(self, at: datetime) -> bool:
        return self.state == JointState.WAITING and at < self.expires_at
