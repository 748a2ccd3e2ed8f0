"""What somebody is writing: drafts of long forms, and who has a form open right now."""

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """What one person has typed into a form and not sent; nobody else ever sees it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    typed = models.JSONField()
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "form", "subject"], name="draft_once")
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.subject}"


class Presence(models.Model):
    """Somebody has a form open; a row that is not renewed counts for nothing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=120)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["place", "-seen_at"], name="presence_at_place")]
        constraints = [models.UniqueConstraint(fields=["user", "place"], name="presence_once")]

    def __str__(self) -> str:
        return self.place
