from django.conf import settings
from django.db import models

from brygga.accounts.models.organisation import Organisation


class CalendarLink(models.Model):
    """A person's secret address for reading one organisation's dates; only its hash is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_links"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="calendar_link_once")
        ]

    def __str__(self) -> str:
        return f"calendar link {self.pk}"
