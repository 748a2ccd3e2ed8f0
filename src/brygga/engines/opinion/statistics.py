"""What the counts of votes say: per group and statement, and across groups.

Formulas as in Small et al. 2021 and the production code of Polis, with A votes of a side (agree or
disagree), S votes in all, and a stroke for everybody outside the group:
p = (A+1)/(S+2)                                      how probable the side is
z = 2 sqrt(S+1) ((A+1)/(S+1) - 1/2)                  how surely it is above one half
R = p / p'                                           how much more probable than outside
zR = (a - a') / sqrt(q (1-q) (1/(S+1) + 1/(S'+1)))   how surely it is, with a = (A+1)/(S+1),
     q = (A+A'+2)/(S+S'+2), and 0 if q is 1
"""

from dataclasses import dataclass

import numpy as np

from brygga.engines.opinion.votes import Floats, Ints

SIDES = ("agree", "disagree")  # the last axis of every statistic, in the order of the counts


@dataclass(frozen=True, eq=False)
class Support:
    """Statistics of one set of participants: counts of a side, votes, p and z, each (..., S, 2)."""

    successes: Ints
    trials: Ints
    probability: Floats
    certainty: Floats


@dataclass(frozen=True, eq=False)
class GroupStatistics:
    """Per group: its own support, and how it differs from everybody outside, (k, S, 2) each."""

    support: Support
    ratio: Floats
    ratio_certainty: Floats

    @property
    def weight(self) -> Floats:
        """R * zR * p * z, by which representative statements are ordered."""
        own = self.support
        weight: Floats = self.ratio * self.ratio_certainty * own.probability * own.certainty
        return weight


def support(counts: Ints) -> Support:
    """Summarise counts (..., S, 3) of agree, disagree and pass."""
    trials = np.repeat(counts.sum(axis=-1)[..., None], len(SIDES), axis=-1)
    successes = counts[..., : len(SIDES)]
    probability = (successes + 1) / (trials + 2)
    certainty = 2 * np.sqrt(trials + 1) * ((successes + 1) / (trials + 1) - 0.5)
    return Support(successes, trials, probability, certainty)


def group_statistics(counts: Ints) -> GroupStatistics:
    """Compare each group with all others, from counts (k, S, 3)."""
    inside, outside = support(counts), support(counts.sum(axis=0) - counts)
    share = (inside.successes + 1) / (inside.trials + 1)
    share_outside = (outside.successes + 1) / (outside.trials + 1)
    pooled = (inside.successes + outside.successes + 2) / (inside.trials + outside.trials + 2)
    spread = pooled * (1 - pooled) * (1 / (inside.trials + 1) + 1 / (outside.trials + 1))
    varied = pooled < 1
    certainty = np.divide(
        share - share_outside, np.sqrt(spread), out=np.zeros_like(spread), where=varied
    )
    return GroupStatistics(inside, inside.probability / outside.probability, certainty)


def group_informed_consensus(counts: Ints) -> Floats:
    """Multiply over the groups how probable agreement is, from counts (k, S, 3) to (S,)."""
    product: Floats = support(counts).probability[..., 0].prod(axis=0)
    return product


def division(counts: Ints) -> Floats:
    """Half the widest gap between two groups' (A - D)/(S + 2), from counts (k, S, 3) to (S,).

    0 where all groups lean alike or nobody voted, towards 1 where one agrees and one disagrees.
    Ours: the reference method has no such measure.
    """
    leaning = (counts[..., 0] - counts[..., 1]) / (counts.sum(axis=-1) + 2)
    half_gap: Floats = (leaning.max(axis=0) - leaning.min(axis=0)) / 2
    return half_gap
