"""How well groups are set apart: the mean silhouette width (Rousseeuw 1987).

Every distance between two points is computed once, for all labellings and both directions: points
are sorted into cells of equal labels, and distances are summed per cell. Memory grows with n, time
with n squared.
"""

from collections.abc import Sequence

import numpy as np
from scipy.spatial.distance import cdist

from brygga.engines.opinion.votes import Floats, Ints

BLOCK = 64  # rows of distances held at once


def silhouettes(points: Floats, labellings: Sequence[Ints]) -> list[float]:
    """Return the mean silhouette of points (n, 2) under each labelling (n,), labels from 0.

    Distances are Euclidean. With a the mean distance to the others of one's group and b the
    smallest mean distance to another group, a point's width is (b - a) / max(a, b), and 0 for a
    point alone in its group. Every label has a point, and there are two labels at least.
    """
    cells, cell = np.unique(np.column_stack(labellings), axis=0, return_inverse=True)
    order = np.argsort(cell, kind="stable")
    starts = np.searchsorted(cell[order], np.arange(len(cells)))
    sums = _distances_to_cells(points[order], starts)
    return [
        _mean_width(_to_groups(sums, groups), labels[order])
        for labels, groups in zip(labellings, cells.T, strict=True)
    ]


def _distances_to_cells(points: Floats, starts: Ints) -> Floats:
    """Sum the distances from each point to each cell (n, cells); cells lie one after another."""
    ends = np.append(starts[1:], len(points))
    sums = np.zeros((len(points), len(starts)))
    for cell, end in enumerate(ends):
        for first in range(starts[cell], end, BLOCK):
            beyond = min(first + BLOCK, end)
            distances = cdist(points[first:beyond], points[first:])
            onward = np.maximum(starts[cell:] - first, 0)
            sums[first:beyond, cell:] += np.add.reduceat(distances, onward, axis=1)
            sums[beyond:, cell] += distances[:, beyond - first :].sum(axis=0)
    return sums


def _to_groups(sums: Floats, groups: Ints) -> Floats:
    """Add up the columns of the cells that lie in the same group."""
    return np.column_stack(
        [sums[:, groups == group].sum(axis=1) for group in range(groups.max() + 1)]
    )


def _mean_width(sums: Floats, labels: Ints) -> float:
    """Turn the summed distances from each point to each group (n, k) into the mean width."""
    own = np.arange(len(labels)), labels
    sizes = np.bincount(labels)
    inside = sums[own] / np.maximum(1, sizes[labels] - 1)
    outside = sums / sizes
    outside[own] = np.inf
    nearest = outside.min(axis=1)
    longest = np.maximum(inside, nearest)
    width = np.divide(nearest - inside, longest, out=np.zeros(len(labels)), where=longest > 0)
    return float(np.where(sizes[labels] > 1, width, 0.0).mean())
