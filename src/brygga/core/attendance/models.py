from django.db import models
from django.db.models import F, Q

from brygga.core.http.public_ids import new_public_id


class Gathering(models.Model):
    """Where people come together: a meeting, a walk, a lesson. Who owns it is told in two words."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    owner_kind = models.CharField(max_length=40)
    owner_id = models.CharField(max_length=40)
    title = models.CharField(max_length=140)
    secret_hash = models.CharField(max_length=64, unique=True)  # of the code that the host shows
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)  # by the host, before or after the end
    counted = models.PositiveIntegerField(default=0)  # heads counted by hand, in nobody's name
    asks_age = models.BooleanField(default=False)
    ages = models.JSONField(default=dict, blank=True)  # how many of each band, tied to nobody

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner_kind", "owner_id"], name="gathering_once"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="gathering_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class CheckIn(models.Model):
    """One head that has come, or is expected: a device or a personal code, never a name.

    Both are hashes. The retention job empties the list a month after the gathering and keeps the
    number in `counted`.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="check_ins")
    key_hash = models.CharField(max_length=64)
    is_expected = models.BooleanField(default=False)
    came_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "key_hash"], name="check_in_once"),
            models.CheckConstraint(
                condition=Q(is_expected=True) | Q(came_at__isnull=False),
                name="check_in_came_or_expected",
            ),
        ]

    def __str__(self) -> str:
        return f"check-in {self.pk}"


class HandCount(models.Model):
    """A press on the host's button, so that one that is sent twice counts once."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="hand_counts")
    key_hash = models.CharField(max_length=64)
    change = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "key_hash"], name="hand_count_once"),
            models.CheckConstraint(condition=~Q(change=0), name="hand_count_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.change:+}"
