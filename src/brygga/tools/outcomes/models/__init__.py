"""What came of it: proposals, measures and commitments, decisions, promises and follow-up."""

from brygga.tools.outcomes.models.decision import Decision, ProposalVerdict
from brygga.tools.outcomes.models.promise import FeedbackPromise, PromiseChange
from brygga.tools.outcomes.models.proposal import Action, ActionUpdate, Proposal

__all__ = [
    "Action",
    "ActionUpdate",
    "Decision",
    "FeedbackPromise",
    "PromiseChange",
    "Proposal",
    "ProposalVerdict",
]
