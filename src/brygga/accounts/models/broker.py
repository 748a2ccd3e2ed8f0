from django.db import models

from brygga.accounts.models.organisation import Organisation
from brygga.core.http import new_public_id

# Swedish OpenID Connect profile, claims and scopes: oidc.se/specifications
PERSON_CLAIM = "https://id.oidc.se/claim/personalIdentityNumber"


class EidBroker(models.Model):
    """Through whom residents may show by e-ID who they are, where a dialogue demands it."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="eid_brokers"
    )
    name = models.CharField(max_length=80)
    text = models.CharField(max_length=200, blank=True)
    issuer = models.CharField(max_length=300)
    client_id = models.CharField(max_length=191)
    secret_kept = models.TextField(blank=True)  # encrypted, and never shown
    person_claim = models.CharField(max_length=120, default=PERSON_CLAIM)
    is_on = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="broker_name_once"),
            models.UniqueConstraint(fields=["organisation", "issuer"], name="broker_issuer_once"),
        ]

    def __str__(self) -> str:
        return self.name
