"""How well groups are set apart: the mean silhouette width (Rousseeuw 1987)."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from scipy.spatial.distance import cdist

from brygga.engines.opinion.votes import Floats, Ints

BLOCK = 256  # rows of distances held at once, so that memory grows with n and not with n squared


def silhouettes(points: Floats, labellings: Sequence[Ints]) -> list[float]:
    """Return the mean silhouette of points (n, 2) under each labelling (n,), labels from 0.

    Distances are Euclidean and computed once for all labellings. With a the mean distance to the
    others of one's group and b the smallest mean distance to another group, a point's width is
    (b - a) / max(a, b), and 0 for a point alone in its group. Every label has a point.
    """
    members = [np.eye(labels.max() + 1)[labels] for labels in labellings]
    stacked = np.hstack(members)
    bounds = np.cumsum([0, *(part.shape[1] for part in members)])
    sums = np.empty_like(stacked)
    for start in range(0, len(points), BLOCK):
        sums[start : start + BLOCK] = cdist(points[start : start + BLOCK], points) @ stacked
    parts = [sums[:, low:high] for low, high in pairwise(bounds)]
    return [_mean_width(part, labels) for part, labels in zip(parts, labellings, strict=True)]


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
