"""Fictional participants: latent groups that lean to a side, and a seed that decides the rest."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

PASSES = 0.1  # of the answers to a statement that one has seen
IMPORTANT = 0.12


@dataclass(frozen=True)
class Answer:
    """What one participant answered to one statement, both counted from zero."""

    person: int
    statement: int
    value: int
    is_important: bool


def answers(
    *, seed: int, groups: Sequence[int], seen: float, leanings: Sequence[Sequence[float]]
) -> list[Answer]:
    """Draw the answers of `groups` (how many people each), in the order in which they came.

    `leanings` holds, per statement and group, from -1 (all disagree) to 1 (all agree). The same
    seed gives the same answers on every machine: only uniform numbers are drawn.
    """
    dice = np.random.default_rng(seed)
    group_of = [group for group, size in enumerate(groups) for _ in range(size)]
    drawn = []
    for person, group in enumerate(group_of):
        for statement, leaning in enumerate(leanings):
            sees, opinion, importance = dice.random(3)
            if sees < seen:
                value = _value(leaning[group], opinion)
                drawn.append(Answer(person, statement, value, bool(importance < IMPORTANT)))
    return drawn


def _value(leaning: float, opinion: float) -> int:
    if opinion < PASSES:
        return 0
    agrees = (1 + leaning) / 2
    return 1 if opinion - PASSES < agrees * (1 - PASSES) else -1
