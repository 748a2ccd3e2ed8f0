from django.conf import settings
from django.db import models
from django.db.models import Q

from brygga.accounts.models import Organisation
from brygga.core.http.public_ids import new_public_id
from brygga.dialogues.models import Participant
from brygga.tools.register.enums import RequestKind, RequestState


class DataRequest(models.Model):
    """Somebody asks for their data or wants them erased; answered within a month."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="data_requests"
    )
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    kind = models.CharField(max_length=6, choices=RequestKind)
    email = models.EmailField(max_length=254, blank=True)  # emptied when an erasure is decided
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="data_requests"
    )
    received_at = models.DateTimeField()
    due_on = models.DateField()
    identity_note = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=7, choices=RequestState, default=RequestState.OPEN)
    reason = models.TextField(max_length=2_000, blank=True)
    counts = models.JSONField(default=dict)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    client_key = models.CharField(max_length=64, null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "state", "due_on"], name="data_request_listed")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "client_key"], name="data_request_once"
            ),
            models.UniqueConstraint(
                fields=["participant", "kind"],
                condition=Q(state=RequestState.OPEN, participant__isnull=False),
                name="data_request_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN) | Q(decided_at__isnull=False),
                name="data_request_decided_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RequestState.PARTLY, RequestState.REFUSED]) | ~Q(reason=""),
                name="data_request_refused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
