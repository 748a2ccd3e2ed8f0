"""What a page hands to the archipelago."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """A group of opinion; `points` are its participants in the map's plane, in any unit."""

    letter: str
    size: int
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Crossing:
    """A statement that bridges or divides two groups; shares are whole percents who agree."""

    label: str
    a: str
    b: str
    share_a: int
    share_b: int


@dataclass(frozen=True)
class You:
    """Where the reader is: the group's letter and the place in the map's plane."""

    letter: str
    x: float
    y: float
