"""Which statement a participant is asked about next.

Statements that people engage in, that shape the map and that few have seen yet come up more often;
none is ever shut out. (Small et al. 2021.)
"""

from collections.abc import Collection, Mapping

import numpy as np

from brygga.engines.opinion.votes import Floats, Ints, Mask

META = 7.0  # the importance of a statement about the conversation itself
UNKNOWN = 1.0  # the priority of a statement that no map has seen yet


def priorities(counts: Ints, extremity: Floats, meta: Mask) -> Floats:
    """Weigh statements (S,) for the draw, from counts (S, 3) and their distance from the origin.

    importance = (1 - (P+1)/(S+2)) * (E+1) * (A+1)/(S+2), with A agreeing, P passing of S votes;
    priority = (importance * (1 + 8 * 2^(-S/5)))^2, and 49 for a statement marked as meta.
    """
    votes = counts.sum(axis=1)
    engaged = 1 - (counts[:, 2] + 1) / (votes + 2)
    importance = engaged * (extremity + 1) * (counts[:, 0] + 1) / (votes + 2)
    return np.square(np.where(meta, META, importance * (1 + 8 * np.exp2(-votes / 5))))


def draw_statement(
    candidates: Collection[int], priority: Mapping[int, float], chance: float
) -> int | None:
    """Draw one of the candidate ids with probability proportional to its priority.

    chance in [0, 1) is the caller's random value; the same value draws the same statement in
    whatever order the candidates come. None if there are no candidates.
    """
    if not 0 <= chance < 1:
        raise ValueError("chance lies in [0, 1)")
    ordered = sorted(set(candidates))
    if not ordered:
        return None
    reached = np.cumsum([priority.get(statement, UNKNOWN) for statement in ordered])
    place = int(np.searchsorted(reached, chance * reached[-1], side="right"))
    return ordered[min(place, len(ordered) - 1)]
