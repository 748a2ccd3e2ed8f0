"""The spine: a dialogue, its steps, its mandate, and the voices that it hears."""

from brygga.dialogues.models.actors import Actor, ActorContact, Obstacle, SetAsideGroup
from brygga.dialogues.models.dialogue import Dialogue, DialogueLink, Theme
from brygga.dialogues.models.document import Document
from brygga.dialogues.models.handover import Handover
from brygga.dialogues.models.identity import IdentityDemand
from brygga.dialogues.models.insight import Insight, PublishedResult
from brygga.dialogues.models.joint import JointInvitation
from brygga.dialogues.models.kit import InvitationText
from brygga.dialogues.models.mandate import Mandate
from brygga.dialogues.models.moderation import (
    ContributionMerge,
    ModerationCase,
    ModerationEvent,
    OriginalText,
)
from brygga.dialogues.models.people import Follower, Participant, TeamMember
from brygga.dialogues.models.period import MandateConfirmation, MandatePeriod
from brygga.dialogues.models.plan import Activity, PlanMove, PlannedMessage
from brygga.dialogues.models.starter import DialogueTemplate
from brygga.dialogues.models.step import ChecklistItem, ProcessLogEntry, Step
from brygga.dialogues.models.voice import Contribution, Perspective
from brygga.dialogues.models.year_plan import PlannedDialogue, YearPlan

__all__ = [
    "Activity",
    "Actor",
    "ActorContact",
    "ChecklistItem",
    "Contribution",
    "ContributionMerge",
    "Dialogue",
    "DialogueLink",
    "DialogueTemplate",
    "Document",
    "Follower",
    "Handover",
    "IdentityDemand",
    "Insight",
    "InvitationText",
    "JointInvitation",
    "Mandate",
    "MandateConfirmation",
    "MandatePeriod",
    "ModerationCase",
    "ModerationEvent",
    "Obstacle",
    "OriginalText",
    "Participant",
    "Perspective",
    "PlanMove",
    "PlannedDialogue",
    "PlannedMessage",
    "ProcessLogEntry",
    "PublishedResult",
    "SetAsideGroup",
    "Step",
    "TeamMember",
    "Theme",
    "YearPlan",
]
