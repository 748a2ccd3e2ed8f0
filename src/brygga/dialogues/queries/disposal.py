"""How much of a dialogue a disposal would take."""

from brygga.dialogues.enums import ContributionState, InsightState
from brygga.dialogues.models import Dialogue

GONE = "erased-"  # before a participant's public id, in place of the secret's hash


def to_dispose(dialogue: Dialogue) -> dict[str, int]:
    return {
        "contributions": dialogue.contributions.exclude(state=ContributionState.ERASED).count(),
        "participants": dialogue.participants.exclude(secret_hash__startswith=GONE).count(),
        "followers": dialogue.followers.count(),
        "drafts": dialogue.insights.filter(state=InsightState.DRAFT).count(),
    }
