"""All that one participant has answered, for them to take along."""

from brygga.dialogues.models import Participant
from brygga.tools.perspectives.models import VoteEvent


def answers_of(participant: Participant) -> dict[str, object]:
    events = (
        VoteEvent.objects.filter(participant=participant)
        .select_related("statement")
        .order_by("at", "pk")
    )
    return {
        "votes": [
            {
                "statement": event.statement.text,
                "value": event.value,
                "important": event.is_important,
                "at": event.at.isoformat(),
            }
            for event in events
        ]
    }
