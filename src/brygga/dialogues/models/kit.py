from django.conf import settings
from django.db import models
from django.db.models import Q

from brygga.dialogues.enums import KitText
from brygga.dialogues.models.dialogue import Dialogue


class InvitationText(models.Model):
    """A text of the invitation kit that the team has written itself, in one language."""

    dialogue = models.ForeignKey(
        Dialogue, on_delete=models.CASCADE, related_name="invitation_texts"
    )
    kind = models.CharField(max_length=8, choices=KitText)
    language = models.CharField(max_length=12)
    heading = models.CharField(max_length=140)
    text = models.TextField(max_length=4_000)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dialogue", "kind", "language"], name="invitation_text_once"
            ),
            models.CheckConstraint(
                condition=~Q(heading="") & ~Q(text=""), name="invitation_text_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language}): {self.heading}"
