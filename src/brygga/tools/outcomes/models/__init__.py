"""What came of it: proposals, measures and commitments, decisions, promises and follow-up."""

from brygga.tools.outcomes.models.action import Action, ActionUpdate
from brygga.tools.outcomes.models.decision import Decision, DecisionAmendment, ProposalVerdict
from brygga.tools.outcomes.models.promise import FeedbackPromise, PromiseChange
from brygga.tools.outcomes.models.proposal import Proposal

__all__ = [
    "Action",
    "ActionUpdate",
    "Decision",
    "DecisionAmendment",
    "FeedbackPromise",
    "PromiseChange",
    "Proposal",
    "ProposalVerdict",
]
