"""All that one participant has answered and stated, for them to take along."""

from brygga.dialogues.models import Participant
from brygga.tools.perspectives.models import OpinionMap, Statement, VoteEvent


def answers_of(participant: Participant) -> dict[str, object]:
    events = (
        VoteEvent.objects.filter(participant=participant)
        .select_related("statement")
        .order_by("at", "pk")
    )
    own = Statement.objects.filter(contribution__participant=participant).order_by("pk")
    maps = OpinionMap.objects.filter(
        round__dialogue=participant.dialogue_id, positions__contains=[[participant.pk]]
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
        ],
        "statements": [
            {
                "text": statement.text,
                "state": str(statement.get_state_display()),
                "reason": statement.state_reason,
            }
            for statement in own
        ],
        "places_on_maps": [
            {"map": found.public_id, "x": row[1], "y": row[2], "group": row[3]}
            for found in maps.order_by("computed_at", "pk")
            for row in found.positions
            if row[0] == participant.pk
        ],
    }
