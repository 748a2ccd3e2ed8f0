"""The opinion map: from votes to groups of opinion, and to what bridges and divides them.

Numbers in, numbers out: nothing here reads a clock, draws at random or knows where votes are kept.
The command and the web product call `opinion_map` alike, so their maps are equal. README.md tells
a citizen how it works.
"""

from collections.abc import Callable, Collection, Mapping

import numpy as np

from brygga.engines.opinion.classic import classic_map
from brygga.engines.opinion.result import (
    UNGROUPED,
    Group,
    OpinionMap,
    Participants,
    Shortage,
    Statements,
)
from brygga.engines.opinion.routing import draw_statement
from brygga.engines.opinion.selection import Consensus, Finding
from brygga.engines.opinion.votes import KINDS, Marks, VoteMatrix, vote_matrix

Method = Callable[[VoteMatrix, Marks], OpinionMap]
METHODS: Mapping[str, Method] = {"classic": classic_map}

__all__ = [
    "KINDS",
    "METHODS",
    "UNGROUPED",
    "Consensus",
    "Finding",
    "Group",
    "OpinionMap",
    "Participants",
    "Shortage",
    "Statements",
    "VoteMatrix",
    "draw_statement",
    "opinion_map",
    "vote_matrix",
]


def opinion_map(
    votes: VoteMatrix,
    *,
    moderated_out: Collection[int] = (),
    meta: Collection[int] = (),
    method: str = "classic",
) -> OpinionMap:
    """Compute the map of votes (from `vote_matrix`) by a method named in METHODS.

    moderated_out and meta are ids of statements that shape nothing and are never singled out.
    Any number of votes gives a result; where there are too few, `shortage` says what is missing.
    Raises ValueError for a method that does not exist.
    """
    if method not in METHODS:
        raise ValueError(f"no method {method!r}; there is {', '.join(METHODS)}")
    outside = np.isin(votes.statements, list(moderated_out))
    about = np.isin(votes.statements, list(meta))
    return METHODS[method](votes, Marks(outside, about))
