"""The formulas of the classic method once more: dense, slow and plain, to compare with."""

import math

import numpy as np

KIND = {1: 0, -1: 1, 0: 2}


def dense(votes, participants, statements):
    """Return a table of votes with NaN where there is none."""
    table = np.full((len(participants), len(statements)), np.nan)
    for (participant, statement), vote in votes.items():
        table[participants.index(participant), statements.index(statement)] = vote
    return table


def counts(table, labels, groups):
    found = np.zeros((groups, table.shape[1], 3), dtype=int)
    for row, label in enumerate(labels):
        for column in range(table.shape[1]):
            if label >= 0 and not math.isnan(table[row, column]):
                found[label, column, KIND[int(table[row, column])]] += 1
    return found


def positions(table, zeroed):
    """Return positions of participants and statements by a full singular decomposition."""
    table = table.copy()
    table[:, zeroed] = 0
    means = np.nanmean(table, axis=0)
    centred = np.where(np.isnan(table), means, table) - means
    _, strengths, axes = np.linalg.svd(centred, full_matrices=False)
    strengths = np.append(strengths, [0, 0, 0])[:3]
    axes = np.vstack([axes, np.zeros((2, len(means)))])[:2].T.copy()
    for axis in range(2):
        if axes[np.argmax(np.abs(axes[:, axis])), axis] < 0:
            axes[:, axis] *= -1
    seen = (~np.isnan(table)).sum(axis=1)
    scale = np.sqrt(table.shape[1] / np.maximum(1, seen))
    own = np.sqrt(table.shape[1]) * (1 - means)[:, None] * axes
    return (centred @ axes) * scale[:, None], own, strengths


def silhouette(points, labels):
    widths = []
    for i, point in enumerate(points):
        distances = [math.dist(point, other) for other in points]
        means = {}
        for label in set(labels):
            others = [d for j, d in enumerate(distances) if labels[j] == label and j != i]
            means[label] = sum(others) / len(others) if others else None
        inside = means.pop(labels[i])
        outside = min(means.values())
        longest = 0 if inside is None else max(inside, outside)
        widths.append((outside - inside) / longest if longest else 0)
    return sum(widths) / len(widths)


def probability(successes, trials):
    return (successes + 1) / (trials + 2)


def certainty(successes, trials):
    return 2 * math.sqrt(trials + 1) * ((successes + 1) / (trials + 1) - 0.5)


def ratio_certainty(successes, trials, successes_outside, trials_outside):
    inside = (successes + 1) / (trials + 1)
    outside = (successes_outside + 1) / (trials_outside + 1)
    pooled = (successes + successes_outside + 2) / (trials + trials_outside + 2)
    if pooled == 1:
        return 0
    spread = pooled * (1 - pooled) * (1 / (trials + 1) + 1 / (trials_outside + 1))
    return (inside - outside) / math.sqrt(spread)


def priority(counts_of_one, extremity):
    agree, _disagree, passes = counts_of_one
    votes = sum(counts_of_one)
    importance = (1 - probability(passes, votes)) * (extremity + 1) * probability(agree, votes)
    return (importance * (1 + 8 * 2 ** (-votes / 5))) ** 2
