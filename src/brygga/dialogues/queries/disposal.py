"""How much of a dialogue a disposal would take."""

from django.db.models import QuerySet

from brygga.dialogues.enums import ContributionState, InsightState
from brygga.dialogues.models import Dialogue, Document, Participant
from brygga.dialogues.models.actors import ActorContact

GONE = "erased-"  # before a participant's public id, in place of the secret's hash


def to_dispose(dialogue: Dialogue) -> dict[str, int]:
    return {
        "contributions": dialogue.contributions.exclude(state=ContributionState.ERASED).count(),
        "participants": dialogue.participants.exclude(secret_hash__startswith=GONE).count(),
        "followers": dialogue.followers.count(),
        "documents": internal_documents(dialogue).count(),
        "contacts": ActorContact.objects.filter(actor__dialogue=dialogue).count(),
        "drafts": dialogue.insights.filter(state=InsightState.DRAFT).count(),
    }


def internal_documents(dialogue: Dialogue) -> QuerySet[Document]:
    """List the papers that only the team has seen."""
    return Document.objects.filter(dialogue=dialogue, is_public=False)


def is_forgotten(participant: Participant) -> bool:
    """Tell whether somebody has been erased, so that no receipt leads to them."""
    return participant.secret_hash.startswith(GONE)
