"""Whether residents have to show who they are, and through whom they may."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from brygga.accounts.models import EidBroker
from brygga.accounts.queries.brokers import brokers_of
from brygga.dialogues.models import Dialogue, IdentityDemand, Participant
from brygga.dialogues.queries.disposal import GONE


def demand_of(dialogue: Dialogue) -> IdentityDemand | None:
    """Give the demand that is in force."""
    return IdentityDemand.objects.filter(dialogue=dialogue, is_on=True).first()


def must_identify(participant: Participant) -> bool:
    """Tell whether a rule of the dialogue asks who this is, and we do not know that it is one."""
    demand = IdentityDemand.objects.filter(dialogue=participant.dialogue_id, is_on=True)
    return not participant.person_mark and demand.exists()


def has_unidentified(dialogue: Dialogue) -> bool:
    """Tell whether somebody takes part already without having shown who it is."""
    known = Participant.objects.filter(dialogue=dialogue, person_mark="")
    return known.exclude(secret_hash__startswith=GONE).exists()


def brokers_to_choose(dialogue: Dialogue) -> QuerySet[EidBroker]:
    return brokers_of(dialogue.organisation).filter(is_on=True)


def get_broker_for(dialogue: Dialogue, public_id: str) -> EidBroker:
    return get_object_or_404(brokers_to_choose(dialogue), public_id=public_id)
