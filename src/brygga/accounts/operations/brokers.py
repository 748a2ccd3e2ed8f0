"""The brokers of e-IDs that an organisation lets residents choose between."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from brygga.accounts.models import Organisation, User
from brygga.accounts.models.broker import EidBroker
from brygga.accounts.models.secrets import encrypt
from brygga.accounts.operations.errors import RefusalError
from brygga.core.audit.operations import record

FIELDS = ("name", "text", "issuer", "client_id", "person_claim", "is_on")


class BrokerTakenError(RefusalError):
    reason = _("There is already a broker with that name or issuer.")
    field = "name"


@dataclass(frozen=True)
class BrokerFacts:
    name: str
    text: str
    issuer: str
    client_id: str
    person_claim: str
    is_on: bool
    secret: str = ""  # empty keeps the one that is there


@transaction.atomic
def save_broker(
    *,
    organisation: Organisation,
    broker: EidBroker | None,
    facts: BrokerFacts,
    by: User,
    at: datetime,
) -> EidBroker:
    broker = broker or EidBroker(organisation=organisation)
    for name in FIELDS:
        setattr(broker, name, getattr(facts, name))
    if facts.secret:
        broker.secret_kept = encrypt(facts.secret)
    try:
        with transaction.atomic():
            broker.save()
    except IntegrityError as error:
        raise BrokerTakenError from error
    record(action="eid_broker.saved", subject=organisation, by=by, at=at, fields=FIELDS)
    return broker
