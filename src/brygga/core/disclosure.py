"""What may be told of counts of people: no cell of one to four, and none that gives one away.

See docs/adr/0009. A cell that alone is left out of a column can be had back by subtracting the rest
from the total, and so can cells that must all be one or all be four; others go with them.
"""

from collections.abc import Mapping
from typing import TypeVar

SMALLEST = 5
Key = TypeVar("Key")


def is_small(count: int, smallest: int = SMALLEST) -> bool:
    return 0 < count < smallest


def without_small(counts: Mapping[Key, int], smallest: int = SMALLEST) -> dict[Key, int | None]:
    """Leave out small cells of a column whose total may be known; None is what is left out.

    The total itself must not be told where it is small.
    """
    hidden = [key for key, count in counts.items() if is_small(count, smallest)]
    others = sorted(
        (key for key in counts if key not in hidden),
        key=lambda key: (counts[key] == 0, counts[key]),
    )
    while hidden and others and _can_be_had_back([counts[key] for key in hidden], smallest):
        hidden.append(others.pop(0))
    return {key: None if key in hidden else count for key, count in counts.items()}


def _can_be_had_back(cells: list[int], smallest: int) -> bool:
    total, number = sum(cells), len(cells)
    return number == 1 or total in (number, number * (smallest - 1))
