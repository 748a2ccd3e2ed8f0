from django.conf import settings
from django.db import models
from django.db.models import Q

from brygga.accounts.models import Organisation
from brygga.core.http.public_ids import new_public_id
from brygga.dialogues.enums import DialogueForm
from brygga.dialogues.models.dialogue import Dialogue


class DialogueTemplate(models.Model):
    """What an organisation begins its dialogues with (mall), version by version."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="dialogue_templates"
    )
    name = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1)
    form = models.CharField(max_length=10, choices=DialogueForm)
    content = models.JSONField()
    from_dialogue = models.ForeignKey(
        Dialogue, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name", "version"], name="template_version_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(retired_at__isnull=True),
                name="template_one_in_use",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"
