"""Groups of participants: k-means for each k, the k with the best silhouette is kept.

Nothing is drawn at random: the initial centres are the k lexicographically smallest distinct
points, and points are compared on a grain far finer than any result shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from brygga.engines.opinion.silhouette import silhouettes
from brygga.engines.opinion.votes import Floats, Ints

MOST_GROUPS = 5
MOST_STEPS = 300
TOLERANCE = 1e-4  # of the mean variance: centres that together move less stand still
GRAIN = 10  # decimals of a coordinate that count, so that rounding noise decides nothing


@dataclass(frozen=True, eq=False)
class Grouping:
    """labels (n,) from 0, centres (k, 2), and the silhouette of every k that was tried."""

    labels: Ints
    centres: Floats
    silhouettes: Mapping[int, float]


def find_groups(points: Floats) -> Grouping | None:
    """Group points (n, 2); None if they lie in fewer than two places or are fewer than three."""
    order = np.lexsort((points[:, 1].round(GRAIN), points[:, 0].round(GRAIN)))
    canonical = points[order].round(GRAIN) + 0.0
    distinct = np.unique(canonical, axis=0)
    most = min(MOST_GROUPS, len(distinct), len(points) - 1)
    if most < 2:
        return None
    tried = {k: k_means(canonical, distinct[:k]) for k in range(2, most + 1)}
    found = {k: labels for k, labels in tried.items() if np.bincount(labels, minlength=k).all()}
    scores = dict(zip(found, silhouettes(canonical, list(found.values())), strict=True))
    best = max(scores, key=lambda k: (scores[k], -k))
    labels = np.empty(len(points), dtype=np.int64)
    labels[order] = found[best]
    return Grouping(labels, _centres(canonical, found[best], best), scores)


def k_means(points: Floats, start: Floats) -> Ints:
    """Lloyd's steps from the start centres (k, 2) until labels or centres stand still."""
    tolerance = TOLERANCE * points.var(axis=0).mean()
    centres = start
    before = np.full(len(points), -1)
    for _ in range(MOST_STEPS):
        labels = _nearest(points, centres)
        moved = _centres(points, _without_empty(points, centres, labels), len(centres))
        shift = np.square(moved - centres).sum()
        centres = moved
        if np.array_equal(labels, before):
            return labels
        if shift <= tolerance:
            break
        before = labels
    return _nearest(points, centres)


def _nearest(points: Floats, centres: Floats) -> Ints:
    across = np.square(points[:, :1] - centres[:, 0])
    nearest: Ints = np.argmin(across + np.square(points[:, 1:] - centres[:, 1]), axis=1)
    return nearest


def _centres(points: Floats, labels: Ints, groups: int) -> Floats:
    members = np.bincount(labels, minlength=groups)
    sums = [np.bincount(labels, weights=axis, minlength=groups) for axis in points.T]
    return np.column_stack(sums) / members[:, None]


def _without_empty(points: Floats, centres: Floats, labels: Ints) -> Ints:
    """Give each empty group the point farthest from its centre among groups of two or more."""
    members = np.bincount(labels, minlength=len(centres))
    if members.all():
        return labels
    filled = labels.copy()
    distances = np.square(points - centres[labels]).sum(axis=1)
    for empty in np.flatnonzero(members == 0):
        shared = np.bincount(filled, minlength=len(centres))[filled] > 1
        filled[np.argmax(np.where(shared, distances, -1.0))] = empty
    return filled
