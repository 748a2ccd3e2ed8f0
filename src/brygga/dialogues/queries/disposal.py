"""What of a dialogue a disposal would take."""

from typing import Any

from django.db.models import QuerySet

from brygga.dialogues.enums import ContributionState, InsightState
from brygga.dialogues.models import Dialogue, Document, Participant
from brygga.dialogues.models.actors import ActorContact

GONE = "erased-"  # before a participant's public id, in place of the secret's hash


def to_dispose(dialogue: Dialogue) -> dict[str, QuerySet[Any]]:
    return {
        "contributions": dialogue.contributions.exclude(state=ContributionState.ERASED),
        "participants": dialogue.participants.exclude(secret_hash__startswith=GONE),
        "followers": dialogue.followers.all(),
        "documents": internal_documents(dialogue),
        "contacts": ActorContact.objects.filter(actor__dialogue=dialogue),
        "drafts": dialogue.insights.filter(state=InsightState.DRAFT),
    }


def internal_documents(dialogue: Dialogue) -> QuerySet[Document]:
    """List the papers that only the team has seen."""
    return Document.objects.filter(dialogue=dialogue, is_public=False)


def is_forgotten(participant: Participant) -> bool:
    """Tell whether somebody has been erased, so that no receipt leads to them."""
    return participant.secret_hash.startswith(GONE)
