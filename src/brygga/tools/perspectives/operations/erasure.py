"""Erasing one participant's answers by a decided rule: the only way a vote leaves the log."""

from datetime import datetime

from django.db import connection, transaction

from brygga.core.audit.operations import record
from brygga.dialogues.models import Participant
from brygga.tools.perspectives.models import CurrentVote, VoteEvent


@transaction.atomic
def erase_votes(*, participant: Participant, at: datetime) -> int:
    """Remove a participant's votes and tell how many were current."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL brygga.erasing = 'on'")
        VoteEvent.objects.filter(participant=participant).delete()
        cursor.execute("SET LOCAL brygga.erasing = 'off'")
    count, _ = CurrentVote.objects.filter(participant=participant).delete()
    record(action="perspectives.votes_erased", subject=participant, by=None, at=at)
    return count
