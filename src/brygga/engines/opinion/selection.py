"""Which statements speak for a group, and which for everybody.

The rules are those of Polis (Small et al. 2021, section 2.7 of its production code), with ties
going to the lower statement id.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from brygga.engines.opinion.statistics import SIDES, GroupStatistics, Support
from brygga.engines.opinion.votes import Ints, Mask

SURE = 1.2815515655446004  # the standard normal's 90th percentile
MOST = 5  # statements per group, and consensus statements per side


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement and the side taken on it, with its counts and statistics.

    ratio and ratio_certainty compare a group with all others; a consensus of everybody has none.
    """

    statement: int
    side: str
    successes: int
    trials: int
    probability: float
    certainty: float
    ratio: float | None = None
    ratio_certainty: float | None = None


@dataclass(frozen=True, slots=True)
class Consensus:
    agree: tuple[Finding, ...]
    disagree: tuple[Finding, ...]


def consensus(ids: Ints, everybody: Support, eligible: Mask) -> Consensus:
    """Pick what all participants agree and disagree on, most first.

    A statement counts if p > 1/2 and z is sure, and is ordered by p * z.
    """

    def most(side: int) -> tuple[Finding, ...]:
        p, z = everybody.probability[:, side], everybody.certainty[:, side]
        places = np.flatnonzero(eligible & (p > 0.5) & (z > SURE))
        first = places[np.argsort(-(p * z)[places], kind="stable")][:MOST]
        return tuple(_finding(ids, everybody, int(place), side) for place in first)

    return Consensus(most(0), most(1))


def representative(
    ids: Ints, statistics: GroupStatistics, group: int, eligible: Mask
) -> tuple[Finding, ...]:
    """Pick at most five statements that tell a group (its index) from the others.

    The best agreement comes first, then by weight those that are surely both held and held more
    than outside; if there is neither, the one that differs most surely. Agreements are then
    listed before disagreements.
    """
    places = np.flatnonzero(eligible)
    certainty = statistics.ratio_certainty[group]
    sides = np.where(certainty[:, 0] > certainty[:, 1], 0, 1)
    sure = (certainty > SURE) & (statistics.support.certainty[group] > SURE)
    chosen = places[sure[places].any(axis=1)]
    weight = statistics.weight[group][chosen, sides[chosen]]
    ordered: list[int] = chosen[np.argsort(-weight, kind="stable")].tolist()
    best = _best_agreement(statistics, group, places.tolist())
    if best is not None:
        ordered = [best, *(place for place in ordered if place != best)]
    elif not ordered and len(places):
        ordered = [int(places[np.argmax(certainty[places].max(axis=1))])]
    listed = sorted(ordered[:MOST], key=lambda place: sides[place])
    return tuple(_difference(ids, statistics, group, place, int(sides[place])) for place in listed)


def _best_agreement(statistics: GroupStatistics, group: int, places: Iterable[int]) -> int | None:
    """Go through the statements in order, keeping the one that the group agrees on best.

    The first one must be surely or probably held; what beats it depends on whether it is held more
    than outside: then by weight, else by p * z alone.
    """
    own = statistics.support
    voted = own.successes[group].sum(axis=1) > 0
    p, z = own.probability[group, :, 0], own.certainty[group, :, 0]
    ratio, weight = statistics.ratio[group, :, 0], statistics.weight[group, :, 0]
    strength = p * z
    welcome = (z > SURE) | ((ratio > 1) & (p > 0.5))
    best: int | None = None
    for place in places:
        if not voted[place]:
            continue
        if best is None:
            best = place if welcome[place] else None
        else:
            measure = weight if ratio[best] > 1 else strength
            best = place if measure[place] > measure[best] else best
    return best


def _finding(ids: Ints, of: Support, place: int, side: int) -> Finding:
    return Finding(
        statement=int(ids[place]),
        side=SIDES[side],
        successes=int(of.successes[place, side]),
        trials=int(of.trials[place, side]),
        probability=float(of.probability[place, side]),
        certainty=float(of.certainty[place, side]),
    )


def _difference(
    ids: Ints, statistics: GroupStatistics, group: int, place: int, side: int
) -> Finding:
    own, at = statistics.support, (group, place, side)
    return Finding(
        statement=int(ids[place]),
        side=SIDES[side],
        successes=int(own.successes[at]),
        trials=int(own.trials[at]),
        probability=float(own.probability[at]),
        certainty=float(own.certainty[at]),
        ratio=float(statistics.ratio[at]),
        ratio_certainty=float(statistics.ratio_certainty[at]),
    )
