"""Through whom residents may show by e-ID who they are."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from brygga.accounts.models import EidBroker, Organisation


def brokers_of(organisation: Organisation) -> QuerySet[EidBroker]:
    """List by name, so that nobody is put first."""
    return EidBroker.objects.filter(organisation=organisation).order_by("name", "pk")


def get_broker_of(organisation: Organisation, public_id: str) -> EidBroker:
    return get_object_or_404(EidBroker, organisation=organisation, public_id=public_id)
