import secrets

from django.db import models

from brygga.dialogues.models.dialogue import Dialogue


def draw_salt() -> str:
    return secrets.token_hex(16)


class IdentityDemand(models.Model):
    """That residents show by e-ID who they are before they take part. The rule is our own."""

    dialogue = models.OneToOneField(
        Dialogue, on_delete=models.CASCADE, related_name="identity_demand"
    )
    is_on = models.BooleanField(default=True)
    reason = models.TextField(max_length=1_000)
    legal_ground = models.CharField(max_length=300)
    salt = models.CharField(max_length=32, default=draw_salt)  # keeps dialogues apart

    def __str__(self) -> str:
        return f"identity in {self.dialogue}"
