from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from brygga.core.files.enums import Kind
from brygga.core.files.types import media_type
from brygga.core.http import new_public_id


class StoredFile(models.Model):
    """What somebody handed in. Whose it is, and who may read it, its owner's app knows.

    The owner holds the key to the file. A file without an owner is an orphan, and is cleared away.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    owner_kind = models.CharField(max_length=40)  # names who answers for the rights
    kind = models.CharField(max_length=10, choices=Kind)
    media_type = models.CharField(max_length=100)  # as its content tells
    name = models.CharField(max_length=120)  # as it was called; shown, never used as a path
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    alternative = models.CharField(max_length=300, blank=True)
    is_decorative = models.BooleanField(default=False)
    stored_as = models.CharField(max_length=100, unique=True)
    thumbnail_stored_as = models.CharField(max_length=100, null=True, blank=True, unique=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["added_at"], name="file_added")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=Kind.PICTURE) | ~Q(alternative="") | Q(is_decorative=True),
                name="file_picture_has_alternative",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.PICTURE) | Q(width__isnull=False, height__isnull=False),
                name="file_picture_has_size",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("files:file", args=[self.public_id])

    @property
    def is_picture(self) -> bool:
        return self.kind == Kind.PICTURE

    @property
    def type_label(self) -> str:
        return str(media_type(self.media_type).label)
