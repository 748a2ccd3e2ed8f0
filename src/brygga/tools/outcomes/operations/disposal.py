"""What goes by a decided rule: drafts that were never anybody else's. What was published stays."""

from django.db.models import QuerySet

from brygga.dialogues.models import Dialogue
from brygga.tools.outcomes.enums import ProposalState
from brygga.tools.outcomes.models import Proposal


def to_dispose(dialogue: Dialogue) -> dict[str, QuerySet[Proposal]]:
    return {"draft_proposals": _drafts(dialogue)}


def _drafts(dialogue: Dialogue) -> QuerySet[Proposal]:
    return Proposal.objects.filter(
        dialogue=dialogue, state=ProposalState.DRAFT, actions=None, verdicts=None
    )


def dispose(dialogue: Dialogue, most: int) -> dict[str, int]:
    some = list(_drafts(dialogue).order_by("pk")[:most])
    for draft in some:
        draft.delete()
    return {"draft_proposals": len(some)}
