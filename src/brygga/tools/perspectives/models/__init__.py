"""Statements that residents answer, and the map of opinion that comes of it."""

from brygga.tools.perspectives.models.map import OpinionMap, PackageGrant
from brygga.tools.perspectives.models.statement import Statement, StatementRound
from brygga.tools.perspectives.models.vote import CurrentVote, ImportedVoter, VoteEvent, VoteImport

__all__ = [
    "CurrentVote",
    "ImportedVoter",
    "OpinionMap",
    "PackageGrant",
    "Statement",
    "StatementRound",
    "VoteEvent",
    "VoteImport",
]
