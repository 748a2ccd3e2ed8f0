from django.conf import settings
from django.db import models
from django.db.models import Q

from brygga.core.http.public_ids import new_public_id
from brygga.dialogues.models import PublishedResult
from brygga.tools.perspectives.enums import MapState, PackageAccess
from brygga.tools.perspectives.models.statement import StatementRound


class OpinionMap(models.Model):
    """One computed map of a round, with the method and the votes that it was made from."""

    round = models.ForeignKey(StatementRound, on_delete=models.PROTECT, related_name="maps")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    state = models.CharField(max_length=8, choices=MapState)
    method = models.CharField(max_length=20)
    method_version = models.CharField(max_length=20)
    computed_at = models.DateTimeField()
    last_event_id = models.BigIntegerField()  # the newest vote event that it knows of
    participants = models.PositiveIntegerField()
    votes = models.PositiveIntegerField()
    more_needed = models.PositiveIntegerField(default=0)
    summary = models.JSONField(default=dict)  # the content of map.json; pages suppress small cells
    priorities = models.JSONField(default=dict)  # statement number → weight in the next draw
    positions = models.JSONField(default=list)  # [participant id, x, y, group or null]
    result = models.OneToOneField(
        PublishedResult, null=True, blank=True, on_delete=models.PROTECT, related_name="opinion_map"
    )

    class Meta:
        indexes = [models.Index(fields=["round", "-computed_at"], name="map_of_round")]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "method", "method_version", "last_event_id"],
                condition=Q(result__isnull=True),
                name="map_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.method_version}"


class PackageGrant(models.Model):
    """Who may fetch the row-level package, and by which decision."""

    round = models.ForeignKey(StatementRound, on_delete=models.PROTECT, related_name="grants")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    access = models.CharField(max_length=8, choices=PackageAccess)
    reviewer_name = models.CharField(max_length=120, blank=True)
    secret_hash = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    decision_dnr = models.CharField(max_length=60, blank=True)
    check_note = models.TextField(max_length=2_000, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(access=PackageAccess.PUBLIC) & ~Q(decision_dnr="") & ~Q(check_note=""))
                | (Q(access=PackageAccess.REVIEWER) & ~Q(reviewer_name="") & ~Q(secret_hash="")),
                name="package_has_its_ground",
            )
        ]

    def __str__(self) -> str:
        return f"{self.access} {self.public_id}"
