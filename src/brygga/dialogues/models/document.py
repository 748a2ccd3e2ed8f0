from django.db import models

from brygga.core.files.models import StoredFile
from brygga.core.http.public_ids import new_public_id
from brygga.dialogues.enums import DocumentKind
from brygga.dialogues.models.dialogue import Dialogue

OWNER_KIND = "dialogues.document"


class Document(models.Model):
    """A file that belongs to a dialogue: for everybody who may read it, or for the team only."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="documents")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="document")
    title = models.CharField(max_length=140)
    kind = models.CharField(max_length=16, choices=DocumentKind)
    language = models.CharField(max_length=12, default="sv")
    is_public = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    client_key = models.CharField(max_length=72, null=True, blank=True, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["dialogue", "-added_at", "id"], name="document_of_dialogue")
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="document_has_title")
        ]

    def __str__(self) -> str:
        return self.title
